/*
 * enrich_wanted.h - of which papers it is worth asking who works where.
 *
 * What the next digests would show if they went out now, best first, and some
 * more, as votes may yet change that; then what was shown lately where a message
 * can be changed.  Those alone that name no affiliation.
 */
#ifndef BOT_ENRICH_WANTED_H
#define BOT_ENRICH_WANTED_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/ports/store.h"
#include "bot/seat.h"

#include <stddef.h>
#include <stdint.h>

enum {
    ENRICH_WANTED_MAX = 300, /* papers; the rest is found at a later look */
};

/* Ids in the arena, each once. */
bool enrich_wanted(struct store *store, const struct seat *seats, size_t count,
        int64_t now_ms, struct arena *arena, struct string_list *ids,
        struct error *err);

#endif
