/*
 * plan_items.h - which papers a digest shows, in which order and tier.
 */
#ifndef BOT_PLAN_ITEMS_H
#define BOT_PLAN_ITEMS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/digest.h"
#include "bot/model/channel.h"
#include "bot/model/draft.h"
#include "bot/ports/store.h"
#include "bot/selection.h"

#include <stddef.h>

struct plan_items {
    struct digest_item *items;
    size_t count;
};

/* Of a ranked list, as many as the channel wants. */
struct plan_items plan_items_choose(const struct scored_list *ranked,
        const struct channel *channel, struct arena *arena);

/* What a draft has in, without papers that were posted to the channel or
 * withdrawn meanwhile. */
bool plan_items_of_draft(struct store *store, const struct draft *draft,
        struct arena *arena, struct plan_items *items, struct error *err);

#endif
