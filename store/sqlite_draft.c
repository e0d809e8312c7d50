#include "store/sqlite_query.h"

_Static_assert(DRAFT_TOP == 0 && DRAFT_ALSO == 1 && DRAFT_OUT == 2,
        "kept as numbers");

static bool add_curator(struct sqlite_store *store, const struct draft *draft,
        size_t position, struct error *err)
{
    return sqlite_query_run(store,
            "INSERT INTO draft_curators"
            " (channel_id, occasion, person, position)"
            " VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (channel_id, occasion, person) DO NOTHING",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion),
                    bind_text(draft->curators.items[position]),
                    bind_number((int64_t)position)),
            err);
}

static bool add_paper(struct sqlite_store *store, const struct draft *draft,
        size_t position, struct error *err)
{
    const struct draft_paper *paper = &draft->papers[position];

    return sqlite_query_run(store,
            "INSERT INTO draft_papers (channel_id, occasion, position,"
            " paper_id, tag, number, place, text)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion),
                    bind_number((int64_t)position), bind_text(paper->paper_id),
                    bind_text(paper->tag), bind_number(paper->number),
                    bind_number(paper->place), bind_text_of(paper->text)),
            err);
}

static bool add_covered(struct sqlite_store *store, const struct draft *draft,
        size_t position, struct error *err)
{
    const struct covered_batch *covered = &draft->covered.items[position];

    return sqlite_query_run(store,
            "INSERT INTO draft_covered (channel_id, occasion, position,"
            " category, date, arrival) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion),
                    bind_number((int64_t)position),
                    bind_text(covered->category), bind_date(covered->date),
                    bind_number(covered->arrival)),
            err);
}

/* What a draft consisted of goes with it. */
static bool add_draft(struct sqlite_store *store, const struct draft *draft,
        struct error *err)
{
    return sqlite_query_run(store,
                   "DELETE FROM drafts WHERE channel_id = ?1 AND occasion = ?2",
                   BINDS(bind_number(draft->channel_id),
                           bind_text(draft->occasion)),
                   err) &&
            sqlite_query_run(store,
                    "INSERT INTO drafts (channel_id, occasion, made_ms, due_ms,"
                    " touched, announced, new_count, cross_count)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    BINDS(bind_number(draft->channel_id),
                            bind_text(draft->occasion),
                            bind_number(draft->made_ms),
                            bind_number(draft->due_ms),
                            bind_number(draft->touched),
                            civil_date_is_set(draft->announced)
                                    ? bind_date(draft->announced)
                                    : bind_text(""),
                            bind_number(draft->new_count),
                            bind_number(draft->cross_count)),
                    err);
}

static bool put(struct sqlite_store *store, const struct draft *draft,
        struct error *err)
{
    bool done = true;

    for (size_t i = 0; done && i < draft->count; i++)
        done = sqlite_paper_known(store, draft->papers[i].paper_id, err);
    done = done && add_draft(store, draft, err);
    for (size_t i = 0; done && i < draft->curators.count; i++)
        done = add_curator(store, draft, i, err);
    for (size_t i = 0; done && i < draft->count; i++)
        done = add_paper(store, draft, i, err);
    for (size_t i = 0; done && i < draft->covered.count; i++)
        done = add_covered(store, draft, i, err);
    return done ||
            error_wrap(err, "draft of channel %lld, occasion %s",
                    (long long)draft->channel_id, draft->occasion);
}

bool sqlite_draft_put(struct store *base, const struct draft *draft,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, put(store, draft, err), err);
}

static bool read_curators(struct sqlite_store *store, struct draft *draft,
        struct arena *arena, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT person FROM draft_curators"
            " WHERE channel_id = ?1 AND occasion = ?2 ORDER BY position",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion)),
            err);
    size_t capacity = 0;

    while (sqlite_query_next(&query))
        string_list_add(&draft->curators, &capacity, arena,
                sqlite_query_text(&query, 0, arena));
    return sqlite_query_close(&query);
}

static bool read_papers(struct sqlite_store *store, struct draft *draft,
        struct arena *arena, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT paper_id, tag, number, place, text FROM draft_papers"
            " WHERE channel_id = ?1 AND occasion = ?2 ORDER BY position",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion)),
            err);
    size_t capacity = 0;

    while (sqlite_query_next(&query)) {
        draft->papers = arena_grow(arena, draft->papers, draft->count,
                &capacity, sizeof *draft->papers);
        draft->papers[draft->count++] = (struct draft_paper){
                .paper_id = sqlite_query_text(&query, 0, arena),
                .tag = sqlite_query_text(&query, 1, arena),
                .number = (unsigned)sqlite_query_number(&query, 2),
                .place = (enum draft_place)sqlite_query_number(&query, 3),
                .text = sqlite_query_text(&query, 4, arena),
        };
    }
    return sqlite_query_close(&query);
}

static bool read_covered(struct sqlite_store *store, struct draft *draft,
        struct arena *arena, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT category, date, arrival FROM draft_covered"
            " WHERE channel_id = ?1 AND occasion = ?2 ORDER BY position",
            BINDS(bind_number(draft->channel_id), bind_text(draft->occasion)),
            err);
    struct covered_list *covered = &draft->covered;
    size_t capacity = 0;

    while (sqlite_query_next(&query)) {
        covered->items = arena_grow(arena, covered->items, covered->count,
                &capacity, sizeof *covered->items);
        covered->items[covered->count++] = (struct covered_batch){
                .category = sqlite_query_text(&query, 0, arena),
                .date = sqlite_query_date(&query, 1),
                .arrival = sqlite_query_number(&query, 2),
        };
    }
    return sqlite_query_close(&query);
}

static bool read_draft(struct sqlite_store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT made_ms, due_ms, touched, announced, new_count, cross_count"
            " FROM drafts"
            " WHERE channel_id = ?1 AND occasion = ?2",
            BINDS(bind_number(channel_id), bind_text(occasion)), err);

    *draft = NULL;
    if (sqlite_query_next(&query)) {
        *draft = arena_new(arena, struct draft);
        **draft = (struct draft){
                .channel_id = channel_id,
                .occasion = arena_string(arena, occasion),
                .made_ms = sqlite_query_number(&query, 0),
                .due_ms = sqlite_query_number(&query, 1),
                .touched = sqlite_query_number(&query, 2) != 0,
                .announced = sqlite_query_date(&query, 3),
                .new_count = (unsigned)sqlite_query_number(&query, 4),
                .cross_count = (unsigned)sqlite_query_number(&query, 5),
        };
    }
    return sqlite_query_close(&query) &&
            (*draft == NULL ||
                    (read_curators(store, *draft, arena, err) &&
                            read_covered(store, *draft, arena, err) &&
                            read_papers(store, *draft, arena, err)));
}

/* One look, so that nobody changes it in between. */
bool sqlite_draft_get(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own = !store->inside;

    if (own && !sqlite_query_run(store, "BEGIN", NULL, err))
        return false;
    return sqlite_end(store, own,
            read_draft(store, channel_id, occasion, arena, draft, err), err);
}
