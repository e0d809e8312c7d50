#include "store/sqlite_query.h"

static bool next_arrival(struct sqlite_store *store, struct error *err)
{
    return sqlite_query_run(store,
            "UPDATE sqlite_sequence SET seq = seq + 1"
            " WHERE name = 'batch_papers'",
            NULL, err);
}

static bool write_rise(struct sqlite_store *store, const struct signal *signal,
        struct error *err)
{
    return next_arrival(store, err) &&
            sqlite_query_run(store,
                    "INSERT INTO signals (paper_id, kind, value, seen_ms, rose)"
                    " SELECT ?1, ?2, ?3, ?4, seq FROM sqlite_sequence"
                    " WHERE name = 'batch_papers'"
                    " ON CONFLICT (paper_id, kind) DO UPDATE SET"
                    " value = excluded.value, seen_ms = excluded.seen_ms,"
                    " rose = excluded.rose",
                    BINDS(bind_text(signal->paper_id), bind_text(signal->kind),
                            bind_number(signal->value),
                            bind_number(signal->seen_ms)),
                    err);
}

static bool put(struct sqlite_store *store, const struct signal *signal,
        bool *rose, struct error *err)
{
    int64_t known = -1;

    if (!sqlite_query_number_of(store,
                "SELECT coalesce((SELECT value FROM signals WHERE paper_id = ?1"
                " AND kind = ?2), 0) FROM papers WHERE id = ?1",
                BINDS(bind_text(signal->paper_id), bind_text(signal->kind)),
                &known, err))
        return false;
    if (known < 0)
        return error_set(err, ERROR_STOP, "signal of paper %s: no such paper",
                signal->paper_id);
    *rose = signal->value > known;
    return !*rose || write_rise(store, signal, err);
}

bool sqlite_signal_put(struct store *base, const struct signal *signal,
        bool *rose, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    bool own;

    return sqlite_begin(store, &own, err) &&
            sqlite_end(store, own, put(store, signal, rose, err), err);
}

bool sqlite_signal_list(struct store *base, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT kind, value, seen_ms FROM signals WHERE paper_id = ?1"
            " ORDER BY kind",
            BINDS(bind_text(paper_id)), err);
    const char *id = arena_string(arena, paper_id);
    size_t capacity = 0;

    *signals = (struct signal_list){0};
    while (sqlite_query_next(&query)) {
        signals->items = arena_grow(arena, signals->items, signals->count,
                &capacity, sizeof *signals->items);
        signals->items[signals->count++] = (struct signal){
                .paper_id = id,
                .kind = sqlite_query_text(&query, 0, arena),
                .value = sqlite_query_number(&query, 1),
                .seen_ms = sqlite_query_number(&query, 2),
        };
    }
    return sqlite_query_close(&query);
}
