#include "store/sqlite_query.h"

_Static_assert(OUTCOME_NONE == 0 && OUTCOME_DIGEST == 1 && OUTCOME_QUIET == 2 &&
                OUTCOME_SILENT == 3 && OUTCOME_MISSED == 4,
        "kept as numbers");

/* Of a known channel, which so uses up no number; *known tells. */
static bool relabel(struct sqlite_store *store, const char *account,
        const char *room, const char *label, bool *known, struct error *err)
{
    if (!sqlite_query_run(store,
                "UPDATE channels SET label = ?3"
                " WHERE account = ?1 AND room = ?2",
                BINDS(bind_text(account), bind_text(room), bind_text(label)),
                err))
        return false;
    *known = sqlite_query_changes(store) > 0;
    return true;
}

static bool add(struct sqlite_store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, struct error *err)
{
    return sqlite_query_run(store,
                   "INSERT INTO channels"
                   " (account, room, label, created_ms, broken)"
                   " VALUES (?1, ?2, ?3, ?4, '')",
                   BINDS(bind_text(account), bind_text(room), bind_text(label),
                           bind_number(now_ms)),
                   err) &&
            sqlite_setting_revise(store, err);
}

static bool set_removed(struct sqlite_store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err)
{
    if (!sqlite_query_run(store,
                "UPDATE channels SET removed_ms = ?2"
                " WHERE id = ?1 AND removed_ms <> ?2",
                BINDS(bind_number(channel_id), bind_number(removed_ms)), err))
        return false;
    return sqlite_query_changes(store) == 0 ||
            sqlite_setting_revise(store, err);
}

static bool put(struct sqlite_store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err)
{
    bool known;

    return relabel(store, account, room, label, &known, err) &&
            (known || add(store, account, room, label, now_ms, err)) &&
            sqlite_query_number_of(store,
                    "SELECT id FROM channels WHERE account = ?1 AND room = ?2",
                    BINDS(bind_text(account), bind_text(room)), id, err) &&
            set_removed(store, *id, 0, err);
}

bool sqlite_channel_put(struct store *base, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own,
                    put(store, account, room, label, now_ms, id, err), err);
}

/* False with ERROR_STOP if there is no such channel. */
static bool channel_known(struct sqlite_store *store, int64_t channel_id,
        struct error *err)
{
    int64_t found = 0;

    return sqlite_query_number_of(store, "SELECT 1 FROM channels WHERE id = ?1",
                   BINDS(bind_number(channel_id)), &found, err) &&
            (found != 0 ||
                    error_set(err, ERROR_STOP,
                            "%s: channel %lld: there is none", store->path,
                            (long long)channel_id));
}

bool sqlite_channel_remove(struct store *base, int64_t channel_id,
        int64_t removed_ms, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    if (!sqlite_begin(store, &own, err))
        return false;
    bool done = channel_known(store, channel_id, err) &&
            set_removed(store, channel_id, removed_ms, err);
    return sqlite_end(store, own, done, err);
}

static bool move(struct sqlite_store *store, int64_t channel_id,
        const char *room, struct error *err)
{
    return channel_known(store, channel_id, err) &&
            (sqlite_query_run(store,
                     "UPDATE channels SET room = ?2 WHERE id = ?1",
                     BINDS(bind_number(channel_id), bind_text(room)), err) ||
                    error_wrap(err, "channel %lld, room %s",
                            (long long)channel_id, room)) &&
            sqlite_outbox_move(store, channel_id, room, err) &&
            sqlite_setting_revise(store, err);
}

bool sqlite_channel_move(struct store *base, int64_t channel_id,
        const char *room, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, move(store, channel_id, room, err), err);
}

bool sqlite_channel_list(struct store *base, struct arena *arena,
        struct known_channel_list *channels, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT id, account, room, label, created_ms, broken, removed_ms"
            " FROM channels ORDER BY id",
            NULL, err);
    size_t capacity = 0;

    *channels = (struct known_channel_list){0};
    while (sqlite_query_next(&query)) {
        channels->items = arena_grow(arena, channels->items, channels->count,
                &capacity, sizeof *channels->items);
        channels->items[channels->count++] = (struct known_channel){
                .id = sqlite_query_number(&query, 0),
                .account = sqlite_query_text(&query, 1, arena),
                .room = sqlite_query_text(&query, 2, arena),
                .label = sqlite_query_text(&query, 3, arena),
                .created_ms = sqlite_query_number(&query, 4),
                .broken = sqlite_query_text(&query, 5, arena),
                .removed_ms = sqlite_query_number(&query, 6),
        };
    }
    return sqlite_query_close(&query);
}

bool sqlite_channel_break(struct store *base, int64_t channel_id,
        const char *why, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store,
                "UPDATE channels SET broken = ?2 WHERE id = ?1",
                BINDS(bind_number(channel_id), bind_text(why)), err))
        return false;
    return sqlite_query_changes(store) > 0 ||
            error_set(err, ERROR_STOP, "%s: channel %lld: there is none",
                    store->path, (long long)channel_id);
}

/* --- covered and posted --- */

bool sqlite_channel_covered_put(struct store *base, int64_t channel_id,
        const struct covered_batch *covered, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO covered (channel_id, category, date, arrival)"
                   " VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (channel_id, category, date)"
                   " DO UPDATE SET arrival = excluded.arrival",
                   BINDS(bind_number(channel_id), bind_text(covered->category),
                           bind_date(covered->date),
                           bind_number(covered->arrival)),
                   err) ||
            error_wrap(err, "channel %lld", (long long)channel_id);
}

bool sqlite_channel_covered_list(struct store *base, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT category, date, arrival FROM covered"
            " WHERE channel_id = ?1 ORDER BY category, date DESC",
            BINDS(bind_number(channel_id)), err);
    size_t capacity = 0;

    *covered = (struct covered_list){0};
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

bool sqlite_channel_posted_add(struct store *base, int64_t channel_id,
        const struct posted_paper *posted, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO posted"
                   " (channel_id, paper_id, occasion, posted_ms)"
                   " VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (channel_id, paper_id) DO NOTHING",
                   BINDS(bind_number(channel_id), bind_text(posted->paper_id),
                           bind_text(posted->occasion),
                           bind_number(posted->posted_ms)),
                   err) ||
            error_wrap(err, "channel %lld, paper %s", (long long)channel_id,
                    posted->paper_id);
}

bool sqlite_channel_posted_get(struct store *base, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT occasion, posted_ms FROM posted"
            " WHERE channel_id = ?1 AND paper_id = ?2",
            BINDS(bind_number(channel_id), bind_text(paper_id)), err);

    *posted = NULL;
    if (sqlite_query_next(&query)) {
        *posted = arena_new(arena, struct posted_paper);
        **posted = (struct posted_paper){
                .paper_id = arena_string(arena, paper_id),
                .occasion = sqlite_query_text(&query, 0, arena),
                .posted_ms = sqlite_query_number(&query, 1),
        };
    }
    return sqlite_query_close(&query);
}

/* --- occasions --- */

bool sqlite_channel_occasion_record(struct store *base,
        const struct occasion *occasion, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO occasions"
                   " (channel_id, key, outcome, due_ms, recorded_ms)"
                   " VALUES (?1, ?2, ?3, ?4, ?5)",
                   BINDS(bind_number(occasion->channel_id),
                           bind_text(occasion->key),
                           bind_number(occasion->outcome),
                           bind_number(occasion->due_ms),
                           bind_number(occasion->recorded_ms)),
                   err) ||
            error_wrap(err, "channel %lld, occasion %s",
                    (long long)occasion->channel_id, occasion->key);
}

bool sqlite_channel_occasion_list(struct store *base, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT key, outcome, due_ms, recorded_ms FROM occasions"
            " WHERE channel_id = ?1 AND key >= ?2"
            " AND substr(key, 1, length(?2)) = ?2"
            " ORDER BY key DESC LIMIT ?3",
            BINDS(bind_number(channel_id), bind_text(prefix),
                    bind_limit(limit)),
            err);
    size_t capacity = 0;

    *occasions = (struct occasion_list){0};
    while (sqlite_query_next(&query)) {
        occasions->items = arena_grow(arena, occasions->items, occasions->count,
                &capacity, sizeof *occasions->items);
        occasions->items[occasions->count++] = (struct occasion){
                .channel_id = channel_id,
                .key = sqlite_query_text(&query, 0, arena),
                .outcome =
                        (enum occasion_outcome)sqlite_query_number(&query, 1),
                .due_ms = sqlite_query_number(&query, 2),
                .recorded_ms = sqlite_query_number(&query, 3),
        };
    }
    return sqlite_query_close(&query);
}
