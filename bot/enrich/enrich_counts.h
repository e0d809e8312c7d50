/*
 * enrich_counts.h - what each source of facts was asked today (UTC), what that
 * brought, and whether it fails.
 *
 * The store keeps it, so that restarts and the subcommands see the same.
 */
#ifndef BOT_ENRICH_COUNTS_H
#define BOT_ENRICH_COUNTS_H

#include "bot/base/error.h"
#include "bot/ports/store.h"

#include <stdint.h>

struct enrich_counts {
    int64_t requests; /* today, answered or not */
    int64_t asked;    /* papers today in answered questions */
    int64_t found;    /* those of them that something was told of */
    int64_t refused;  /* answers today that are of another paper */
    int64_t failing;  /* questions without an answer since the last one that
                       * had one, over the days */
};

/* Of a kind of source; nothing yet is zeros. */
bool enrich_counts_read(struct store *store, const char *kind, int64_t now_ms,
        struct enrich_counts *counts, struct error *err);

/* Adds to what is kept; any answered paper ends the failing. */
bool enrich_counts_add(struct store *store, const char *kind, int64_t now_ms,
        const struct enrich_counts *more, struct error *err);

#endif
