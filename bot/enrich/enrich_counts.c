#include "bot/enrich/enrich_counts.h"

#include "bot/base/arena.h"

#include <inttypes.h>
#include <stdlib.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* --- what the store keeps: "20781 3 120 40 2 0", the first a day's number --- */

static const char *key_of(const char *kind, struct arena *arena)
{
    return arena_format(arena, "enrich/%s", kind);
}

static int64_t next_number(char **rest)
{
    int64_t number = strtoll(*rest, rest, 10);

    return number < 0 ? 0 : number;
}

/* A value that is none, or too short, counts as nothing. */
static struct enrich_counts parse(char *value, int64_t today)
{
    char *rest = value;
    int64_t day = next_number(&rest);
    struct enrich_counts counts = {0};

    counts.requests = next_number(&rest);
    counts.asked = next_number(&rest);
    counts.found = next_number(&rest);
    counts.refused = next_number(&rest);
    counts.failing = next_number(&rest);
    return day == today ? counts
                        : (struct enrich_counts){.failing = counts.failing};
}

bool enrich_counts_read(struct store *store, const char *kind, int64_t now_ms,
        struct enrich_counts *counts, struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store, key_of(kind, &arena), &arena, &value, err);

    *counts = (struct enrich_counts){0};
    if (ok && value != NULL)
        *counts = parse(value, now_ms / DAY_MS);
    arena_finish(&arena);
    return ok;
}

bool enrich_counts_add(struct store *store, const char *kind, int64_t now_ms,
        const struct enrich_counts *more, struct error *err)
{
    struct arena arena = {0};
    struct enrich_counts sum;

    if (!enrich_counts_read(store, kind, now_ms, &sum, err))
        return false;
    int64_t failing = more->asked > 0 ? 0 : sum.failing;
    bool ok = store_value_put(store, key_of(kind, &arena),
            arena_format(&arena,
                    "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                    " %" PRId64,
                    now_ms / DAY_MS, sum.requests + more->requests,
                    sum.asked + more->asked, sum.found + more->found,
                    sum.refused + more->refused, failing + more->failing),
            err);
    arena_finish(&arena);
    return ok;
}
