#include "store/sqlite_query.h"

/* --- the number of the newest change --- */

bool sqlite_setting_revision(struct store *base, int64_t *revision,
        struct error *err)
{
    *revision = 0;
    return sqlite_query_number_of(sqlite_of(base),
            "SELECT number FROM revision", NULL, revision, err);
}

bool sqlite_setting_revise(struct sqlite_store *store, struct error *err)
{
    return sqlite_query_run(store, "UPDATE revision SET number = number + 1",
            NULL, err);
}

/* --- settings --- */

static bool put(struct sqlite_store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err)
{
    return (sqlite_query_run(store,
                    "INSERT INTO settings"
                    " (channel_id, key, value, person, set_ms)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT (channel_id, key) DO UPDATE SET"
                    " value = excluded.value, person = excluded.person,"
                    " set_ms = excluded.set_ms",
                    BINDS(bind_number(channel_id), bind_text(setting->key),
                            bind_text(setting->value),
                            bind_text(setting->person),
                            bind_number(setting->set_ms)),
                    err) &&
                   sqlite_setting_revise(store, err)) ||
            error_wrap(err, "channel %lld, setting %s", (long long)channel_id,
                    setting->key);
}

bool sqlite_setting_put(struct store *base, int64_t channel_id,
        const struct channel_setting *setting, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, put(store, channel_id, setting, err), err);
}

static bool drop(struct sqlite_store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err)
{
    if (!sqlite_query_run(store,
                "DELETE FROM settings WHERE channel_id = ?1 AND key = ?2",
                BINDS(bind_number(channel_id), bind_text(key)), err))
        return false;
    *dropped = sqlite_query_changes(store) > 0;
    return !*dropped || sqlite_setting_revise(store, err);
}

bool sqlite_setting_drop(struct store *base, int64_t channel_id,
        const char *key, bool *dropped, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, drop(store, channel_id, key, dropped, err),
                    err);
}

bool sqlite_setting_list(struct store *base, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT key, value, person, set_ms FROM settings"
            " WHERE channel_id = ?1 ORDER BY key",
            BINDS(bind_number(channel_id)), err);
    size_t capacity = 0;

    *settings = (struct channel_setting_list){0};
    while (sqlite_query_next(&query)) {
        settings->items = arena_grow(arena, settings->items, settings->count,
                &capacity, sizeof *settings->items);
        settings->items[settings->count++] = (struct channel_setting){
                .key = sqlite_query_text(&query, 0, arena),
                .value = sqlite_query_text(&query, 1, arena),
                .person = sqlite_query_text(&query, 2, arena),
                .set_ms = sqlite_query_number(&query, 3),
        };
    }
    return sqlite_query_close(&query);
}

/* --- history --- */

bool sqlite_setting_change_add(struct store *base, int64_t channel_id,
        const struct channel_change *change, struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
                   "INSERT INTO changes (channel_id, changed_ms, person, what)"
                   " VALUES (?1, ?2, ?3, ?4)",
                   BINDS(bind_number(channel_id),
                           bind_number(change->changed_ms),
                           bind_text(change->person), bind_text(change->what)),
                   err) ||
            error_wrap(err, "channel %lld", (long long)channel_id);
}

bool sqlite_setting_change_list(struct store *base, int64_t channel_id,
        size_t limit, struct arena *arena, struct channel_change_list *changes,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT changed_ms, person, what FROM changes"
            " WHERE channel_id = ?1 ORDER BY changed_ms DESC, id DESC LIMIT ?2",
            BINDS(bind_number(channel_id), bind_limit(limit)), err);
    size_t capacity = 0;

    *changes = (struct channel_change_list){0};
    while (sqlite_query_next(&query)) {
        changes->items = arena_grow(arena, changes->items, changes->count,
                &capacity, sizeof *changes->items);
        changes->items[changes->count++] = (struct channel_change){
                .changed_ms = sqlite_query_number(&query, 0),
                .person = sqlite_query_text(&query, 1, arena),
                .what = sqlite_query_text(&query, 2, arena),
        };
    }
    return sqlite_query_close(&query);
}
