#include "store/sqlite_query.h"

_Static_assert(EDITION_VERSION == 1 && EDITION_WITHDRAWN == 2 &&
                EDITION_ACCEPTED == 4,
        "kept as numbers");

static struct sqlite_bind bind_day(struct civil_date date)
{
    return civil_date_is_set(date) ? bind_date(date) : bind_text("");
}

static bool add_paper(struct sqlite_store *store, const struct edition *edition,
        size_t position, struct error *err)
{
    const struct edition_paper *paper = &edition->papers[position];

    return sqlite_query_run(store,
                   "INSERT INTO edition_papers (channel_id, paper_id, occasion,"
                   " position, tag, top) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                   " ON CONFLICT (channel_id, paper_id) DO NOTHING",
                   BINDS(bind_number(edition->channel_id),
                           bind_text(paper->paper_id),
                           bind_text(edition->occasion),
                           bind_number((int64_t)position),
                           bind_text(paper->tag), bind_number(paper->top)),
                   err) ||
            error_wrap(err, "edition of channel %lld, paper %s",
                    (long long)edition->channel_id, paper->paper_id);
}

static bool put(struct sqlite_store *store, const struct edition *edition,
        struct error *err)
{
    for (size_t i = 0; i < edition->count; i++)
        if (!sqlite_paper_known(store, edition->papers[i].paper_id, err))
            return error_wrap(err, "edition of channel %lld",
                    (long long)edition->channel_id);
    if (!sqlite_query_run(store,
                "INSERT INTO editions (channel_id, occasion, date, announced,"
                " new_count, cross_count, week, posted_ms)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                " ON CONFLICT (channel_id, occasion) DO NOTHING",
                BINDS(bind_number(edition->channel_id),
                        bind_text(edition->occasion), bind_day(edition->date),
                        bind_day(edition->announced),
                        bind_number(edition->new_count),
                        bind_number(edition->cross_count),
                        bind_number(edition->week),
                        bind_number(edition->posted_ms)),
                err))
        return error_wrap(err, "edition of channel %lld",
                (long long)edition->channel_id);
    bool added = sqlite_query_changes(store) > 0;
    for (size_t i = 0; added && i < edition->count; i++)
        if (!add_paper(store, edition, i, err))
            return false;
    return true;
}

bool sqlite_edition_put(struct store *base, const struct edition *edition,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, put(store, edition, err), err);
}

static bool read_papers(struct sqlite_store *store, struct edition *edition,
        struct arena *arena, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT paper_id, tag, top, changes, version, venue"
            " FROM edition_papers WHERE channel_id = ?1 AND occasion = ?2"
            " ORDER BY position",
            BINDS(bind_number(edition->channel_id),
                    bind_text(edition->occasion)),
            err);
    size_t capacity = 0;

    while (sqlite_query_next(&query)) {
        edition->papers = arena_grow(arena, edition->papers, edition->count,
                &capacity, sizeof *edition->papers);
        edition->papers[edition->count++] = (struct edition_paper){
                .paper_id = sqlite_query_text(&query, 0, arena),
                .tag = sqlite_query_text(&query, 1, arena),
                .top = sqlite_query_bool(&query, 2),
                .news = {.changes = (unsigned)sqlite_query_number(&query, 3),
                        .version = (unsigned)sqlite_query_number(&query, 4),
                        .venue = sqlite_query_text(&query, 5, arena)},
        };
    }
    return sqlite_query_close(&query);
}

bool sqlite_edition_get(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT date, announced, new_count, cross_count, week, posted_ms"
            " FROM editions WHERE channel_id = ?1 AND occasion = ?2",
            BINDS(bind_number(channel_id), bind_text(occasion)), err);

    *edition = NULL;
    if (sqlite_query_next(&query)) {
        *edition = arena_new(arena, struct edition);
        **edition = (struct edition){
                .channel_id = channel_id,
                .occasion = arena_string(arena, occasion),
                .date = sqlite_query_date(&query, 0),
                .announced = sqlite_query_date(&query, 1),
                .new_count = (unsigned)sqlite_query_number(&query, 2),
                .cross_count = (unsigned)sqlite_query_number(&query, 3),
                .week = sqlite_query_bool(&query, 4),
                .posted_ms = sqlite_query_number(&query, 5),
        };
    }
    return sqlite_query_close(&query) &&
            (*edition == NULL || read_papers(store, *edition, arena, err));
}

bool sqlite_edition_holds(struct store *base, const char *paper_id, bool *holds,
        struct error *err)
{
    int64_t found = 0;

    if (!sqlite_query_number_of(sqlite_of(base),
                "SELECT EXISTS (SELECT 1 FROM edition_papers"
                " WHERE paper_id = ?1)",
                BINDS(bind_text(paper_id)), &found, err))
        return false;
    *holds = found != 0;
    return true;
}

static bool change(struct sqlite_store *store, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    return sqlite_query_run(store,
                   "UPDATE edition_papers SET changes = changes | ?2,"
                   " version = max(version, ?3),"
                   " venue = iif(?2 & 4, ?4, venue) WHERE paper_id = ?1",
                   BINDS(bind_text(paper_id), bind_number(news->changes),
                           bind_number(news->version), bind_text(news->venue)),
                   err) &&
            sqlite_query_run(store,
                    "UPDATE editions SET pending = 1"
                    " WHERE (channel_id, occasion) IN (SELECT channel_id,"
                    " occasion FROM edition_papers WHERE paper_id = ?1)",
                    BINDS(bind_text(paper_id)), err);
}

bool sqlite_edition_change(struct store *base, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, change(store, paper_id, news, err), err);
}

bool sqlite_edition_pending(struct store *base, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT occasion FROM editions WHERE pending = 1"
            " AND channel_id = ?1 ORDER BY occasion",
            BINDS(bind_number(channel_id)), err);
    size_t capacity = 0;

    *occasions = (struct string_list){0};
    while (sqlite_query_next(&query))
        string_list_add(occasions, &capacity, arena,
                sqlite_query_text(&query, 0, arena));
    return sqlite_query_close(&query);
}

bool sqlite_edition_settle(struct store *base, int64_t channel_id,
        const char *occasion, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "UPDATE editions SET pending = 0 WHERE channel_id = ?1"
            " AND occasion = ?2",
            BINDS(bind_number(channel_id), bind_text(occasion)), err);
}
