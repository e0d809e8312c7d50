#include "store/sqlite_query.h"

_Static_assert(EDITION_VERSION == 1 && EDITION_WITHDRAWN == 2 &&
                EDITION_ACCEPTED == 4 && EDITION_NOTES == 8 &&
                EDITION_DETAILS == 16,
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

/* Asked for before anything is written: a refused edition leaves nothing behind
 * in a transaction that goes on. */
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

/* The columns changes, version, venue, languages, noted_ms from there on. */
static struct edition_news news_of(struct sqlite_query *query, int column,
        struct arena *arena)
{
    return (struct edition_news){.changes = (unsigned)sqlite_query_number(query,
                                         column),
            .version = (unsigned)sqlite_query_number(query, column + 1),
            .venue = sqlite_query_text(query, column + 2, arena),
            .languages = sqlite_query_text(query, column + 3, arena),
            .noted_ms = sqlite_query_number(query, column + 4)};
}

static bool read_papers(struct sqlite_store *store, struct edition *edition,
        struct arena *arena, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT paper_id, tag, top, changes, version, venue, languages,"
            " noted_ms FROM edition_papers WHERE channel_id = ?1 AND occasion "
            "= ?2"
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
                .news = news_of(&query, 3, arena),
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

/* A channel's news of the paper; several channels may have it. */
struct known_news {
    int64_t channel_id;
    struct edition_news news;
};

static bool known_news(struct sqlite_store *store, const char *paper_id,
        struct arena *arena, struct known_news **known, size_t *count,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store,
            "SELECT channel_id, changes, version, venue, languages, noted_ms"
            " FROM edition_papers WHERE paper_id = ?1",
            BINDS(bind_text(paper_id)), err);
    size_t capacity = 0;

    *known = NULL;
    *count = 0;
    while (sqlite_query_next(&query)) {
        *known = arena_grow(arena, *known, *count, &capacity, sizeof **known);
        (*known)[(*count)++] =
                (struct known_news){.channel_id =
                                            sqlite_query_number(&query, 0),
                        .news = news_of(&query, 1, arena)};
    }
    return sqlite_query_close(&query);
}

static bool put_news(struct sqlite_store *store, const char *paper_id,
        const struct known_news *known, struct error *err)
{
    const struct edition_news *news = &known->news;

    return sqlite_query_run(store,
            "UPDATE edition_papers SET changes = ?3, version = ?4, venue = ?5,"
            " languages = ?6, noted_ms = ?7"
            " WHERE channel_id = ?1 AND paper_id = ?2",
            BINDS(bind_number(known->channel_id), bind_text(paper_id),
                    bind_number(news->changes), bind_number(news->version),
                    bind_text(news->venue), bind_text(news->languages),
                    bind_number(news->noted_ms)),
            err);
}

static bool join_news(struct sqlite_store *store, const char *paper_id,
        const struct edition_news *news, struct arena *arena, struct error *err)
{
    struct known_news *known;
    size_t count;

    if (!known_news(store, paper_id, arena, &known, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        known[i].news = edition_news_join(known[i].news, *news, arena);
        if (!put_news(store, paper_id, &known[i], err))
            return false;
    }
    return true;
}

static bool change(struct sqlite_store *store, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    struct arena arena = {0};
    bool ok = join_news(store, paper_id, news, &arena, err);

    arena_finish(&arena);
    return ok &&
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

static bool settle(struct sqlite_store *store, int64_t channel_id,
        const char *occasion, struct error *err)
{
    return sqlite_query_run(store,
                   "UPDATE editions SET pending = 0 WHERE channel_id = ?1"
                   " AND occasion = ?2",
                   BINDS(bind_number(channel_id), bind_text(occasion)), err) &&
            sqlite_query_run(store,
                    "UPDATE edition_papers SET changes = changes & ~24,"
                    " languages = '', noted_ms = 0 WHERE channel_id = ?1"
                    " AND occasion = ?2 AND changes & 24",
                    BINDS(bind_number(channel_id), bind_text(occasion)), err);
}

bool sqlite_edition_settle(struct store *base, int64_t channel_id,
        const char *occasion, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, settle(store, channel_id, occasion, err),
                    err);
}
