#include "store/sqlite_query.h"

_Static_assert(VOTE_UP == 1 && VOTE_DOWN == -1, "kept as numbers");

/* --- votes --- */

/* The vote there is.  No row: the channel or the paper is not known. */
static bool vote_before(struct sqlite_store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    const int64_t none = VOTE_UP + 1;
    int64_t found = none;

    if (!sqlite_query_number_of(store,
                "SELECT coalesce((SELECT value FROM votes WHERE channel_id = ?1"
                " AND person = ?2 AND paper_id = ?3), 0)"
                " FROM channels, papers"
                " WHERE channels.id = ?1 AND papers.id = ?3",
                BINDS(bind_number(channel_id), bind_text(vote->person),
                        bind_text(vote->paper_id)),
                &found, err))
        return false;
    if (found == none)
        return error_set(err, ERROR_STOP,
                "%s: vote in channel %lld for paper %s: there is no such "
                "channel or paper",
                store->path, (long long)channel_id, vote->paper_id);
    *before = (int)found;
    return true;
}

static bool vote_write(struct sqlite_store *store, int64_t channel_id,
        const struct vote *vote, struct error *err)
{
    if (vote->value == VOTE_NONE)
        return sqlite_query_run(store,
                "DELETE FROM votes WHERE channel_id = ?1 AND person = ?2"
                " AND paper_id = ?3",
                BINDS(bind_number(channel_id), bind_text(vote->person),
                        bind_text(vote->paper_id)),
                err);
    return sqlite_query_run(store,
            "INSERT INTO votes (channel_id, person, paper_id, value, voted_ms)"
            " VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (channel_id, person, paper_id) DO UPDATE SET"
            " value = excluded.value, voted_ms = excluded.voted_ms",
            BINDS(bind_number(channel_id), bind_text(vote->person),
                    bind_text(vote->paper_id), bind_number(vote->value),
                    bind_number(vote->voted_ms)),
            err);
}

bool sqlite_reader_vote_put(struct store *base, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    if (!sqlite_begin(store, &own, err))
        return false;
    bool done = vote_before(store, channel_id, vote, before, err) &&
            vote_write(store, channel_id, vote, err);
    return sqlite_end(store, own, done, err);
}

bool sqlite_reader_vote_list(struct store *base, int64_t channel_id,
        size_t limit, struct arena *arena, struct vote_list *votes,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT person, paper_id, value, voted_ms FROM votes"
            " WHERE channel_id = ?1 ORDER BY voted_ms DESC, person, paper_id"
            " LIMIT ?2",
            BINDS(bind_number(channel_id), bind_limit(limit)), err);
    size_t capacity = 0;

    *votes = (struct vote_list){0};
    while (sqlite_query_next(&query)) {
        votes->items = arena_grow(arena, votes->items, votes->count, &capacity,
                sizeof *votes->items);
        votes->items[votes->count++] = (struct vote){
                .person = sqlite_query_text(&query, 0, arena),
                .paper_id = sqlite_query_text(&query, 1, arena),
                .value = (int)sqlite_query_number(&query, 2),
                .voted_ms = sqlite_query_number(&query, 3),
        };
    }
    return sqlite_query_close(&query);
}

/* --- saved papers --- */

bool sqlite_reader_saved_put(struct store *base, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store,
                "INSERT INTO saved (account, person, paper_id, saved_ms)"
                " VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (account, person, paper_id) DO NOTHING",
                BINDS(bind_text(account), bind_text(person),
                        bind_text(saved->paper_id),
                        bind_number(saved->saved_ms)),
                err))
        return error_wrap(err, "paper %s", saved->paper_id);
    *added = sqlite_query_changes(store) > 0;
    return true;
}

bool sqlite_reader_saved_drop(struct store *base, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store,
                "DELETE FROM saved WHERE account = ?1 AND person = ?2"
                " AND paper_id = ?3",
                BINDS(bind_text(account), bind_text(person),
                        bind_text(paper_id)),
                err))
        return false;
    *dropped = sqlite_query_changes(store) > 0;
    return true;
}

bool sqlite_reader_saved_list(struct store *base, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT paper_id, saved_ms FROM saved"
            " WHERE account = ?1 AND person = ?2"
            " ORDER BY saved_ms DESC, paper_id",
            BINDS(bind_text(account), bind_text(person)), err);
    size_t capacity = 0;

    *saved = (struct saved_list){0};
    while (sqlite_query_next(&query)) {
        saved->items = arena_grow(arena, saved->items, saved->count, &capacity,
                sizeof *saved->items);
        saved->items[saved->count++] = (struct saved_paper){
                .paper_id = sqlite_query_text(&query, 0, arena),
                .saved_ms = sqlite_query_number(&query, 1),
        };
    }
    return sqlite_query_close(&query);
}

bool sqlite_reader_saved_people(struct store *base, struct arena *arena,
        struct person_list *people, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT DISTINCT account, person FROM saved ORDER BY 1, 2", NULL,
            err);
    size_t capacity = 0;

    *people = (struct person_list){0};
    while (sqlite_query_next(&query)) {
        people->items = arena_grow(arena, people->items, people->count,
                &capacity, sizeof *people->items);
        people->items[people->count++] = (struct person){
                .account = sqlite_query_text(&query, 0, arena),
                .id = sqlite_query_text(&query, 1, arena),
        };
    }
    return sqlite_query_close(&query);
}

/* --- bookmarks --- */

bool sqlite_reader_bookmark_put(struct store *base, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO bookmarks (channel_id, person, text, kept_ms)"
                   " VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (channel_id, person) DO UPDATE SET"
                   " text = excluded.text, kept_ms = excluded.kept_ms",
                   BINDS(bind_number(channel_id), bind_text(person),
                           bind_text(text), bind_number(now_ms)),
                   err) ||
            error_wrap(err, "channel %lld", (long long)channel_id);
}

bool sqlite_reader_bookmark_get(struct store *base, int64_t channel_id,
        const char *person, struct arena *arena, char **text, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT text FROM bookmarks WHERE channel_id = ?1 AND person = ?2",
            BINDS(bind_number(channel_id), bind_text(person)), err);

    *text = NULL;
    if (sqlite_query_next(&query))
        *text = arena_string(arena, sqlite_query_text(&query, 0, arena));
    return sqlite_query_close(&query);
}
