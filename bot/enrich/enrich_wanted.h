/*
 * enrich_wanted.h - of which papers it is worth asking who works where, and for
 * the links in their texts.
 *
 * What the next digests would show if they went out now, best first, and some
 * more, as votes may yet change that; then what was shown lately where a message
 * can be changed.  Those alone that name no affiliation, or have a place for a link.
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

/* Ids, each once. */
struct enrich_wishes {
    struct string_list places; /* who works where is not known */
    struct string_list links;  /* a text says "this https URL" */
};

/* In the arena. */
bool enrich_wanted(struct store *store, const struct seat *seats, size_t count,
        int64_t now_ms, struct arena *arena, struct enrich_wishes *wishes,
        struct error *err);

#endif
