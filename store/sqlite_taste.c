#include "store/sqlite_query.h"

static bool put_word(struct sqlite_store *store, int64_t channel_id,
        const struct taste_word *word, struct error *err)
{
    if (word->ups == 0 && word->downs == 0)
        return sqlite_query_run(store,
                "DELETE FROM tastes WHERE channel_id = ?1 AND word = ?2",
                BINDS(bind_number(channel_id), bind_text(word->word)), err);
    return sqlite_query_run(store,
            "INSERT INTO tastes (channel_id, word, ups, downs)"
            " VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (channel_id, word) DO UPDATE SET"
            " ups = excluded.ups, downs = excluded.downs",
            BINDS(bind_number(channel_id), bind_text(word->word),
                    bind_number(word->ups), bind_number(word->downs)),
            err);
}

static bool put(struct sqlite_store *store, int64_t channel_id,
        const struct taste *changed, struct error *err)
{
    for (size_t i = 0; i < changed->count; i++)
        if (!put_word(store, channel_id, &changed->items[i], err))
            return error_wrap(err, "channel %lld, words of votes",
                    (long long)channel_id);
    return true;
}

bool sqlite_taste_put(struct store *base, int64_t channel_id,
        const struct taste *changed, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, put(store, channel_id, changed, err), err);
}

bool sqlite_taste_get(struct store *base, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT word, ups, downs FROM tastes"
            " WHERE channel_id = ?1 ORDER BY word",
            BINDS(bind_number(channel_id)), err);
    size_t capacity = 0;

    *taste = (struct taste){0};
    while (sqlite_query_next(&query)) {
        taste->items = arena_grow(arena, taste->items, taste->count, &capacity,
                sizeof *taste->items);
        taste->items[taste->count++] =
                (struct taste_word){.word = sqlite_query_text(&query, 0, arena),
                        .ups = (int)sqlite_query_number(&query, 1),
                        .downs = (int)sqlite_query_number(&query, 2)};
    }
    return sqlite_query_close(&query);
}
