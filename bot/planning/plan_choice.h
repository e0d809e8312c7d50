/*
 * plan_choice.h - what a channel's next digest is made of.
 *
 * Channels that want the same and have covered the same choose once, unless a
 * channel has votes of its own or was told of a chosen paper already: these
 * choose for themselves.
 */
#ifndef BOT_PLAN_CHOICE_H
#define BOT_PLAN_CHOICE_H

#include "bot/planning/plan_candidates.h"
#include "bot/planning/plan_items.h"
#include "bot/planning/plan_memo.h"

struct plan_choice {
    struct plan_candidates candidates; /* none on a day without news: what a
                                        * signal brings back makes no digest */
    struct scored_list ranked;
    struct plan_items items;
    bool shared; /* equal for equal wishes: the memo keeps it */
};

/* Of what the channel has not covered.  It lives in memo and arena, and is not
 * to be changed. */
bool plan_choice_uncovered(struct store *store, const struct channel *channel,
        struct plan_memo *memo, struct arena *arena,
        const struct plan_choice **choice, struct error *err);

#endif
