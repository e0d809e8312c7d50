/*
 * plan_keep.h - what a planning leaves in the store beside its rows: what was
 * posted, what it was made from, and that it was.
 *
 * All within the caller's transaction.
 */
#ifndef BOT_PLAN_KEEP_H
#define BOT_PLAN_KEEP_H

#include "bot/digest.h"
#include "bot/model/occasion.h"
#include "bot/planning/plan_items.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

struct plan_keep {
    int64_t channel_id;
    const char *key; /* the occasion's */
    int64_t now_ms;
    struct arena *arena;
};

/* The papers are posted to the channel. */
bool plan_keep_posted(struct store *store, const struct plan_keep *keep,
        const struct plan_items *items, struct error *err);

/* So that the digest can be said again when one of the papers changes. */
bool plan_keep_edition(struct store *store, const struct plan_keep *keep,
        const struct digest_input *said, struct error *err);

bool plan_keep_covered(struct store *store, const struct plan_keep *keep,
        const struct covered_list *covered, struct error *err);

bool plan_keep_occasion(struct store *store, const struct plan_keep *keep,
        enum occasion_outcome outcome, int64_t due_ms, struct error *err);

#endif
