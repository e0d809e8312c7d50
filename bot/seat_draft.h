/*
 * seat_draft.h - when a channel's draft is made, ahead of its digest.
 *
 * At the time that the channel wishes; if there is no news then, as soon as some
 * comes.  News that come in a row (a category after the other) make one draft.
 */
#ifndef BOT_SEAT_DRAFT_H
#define BOT_SEAT_DRAFT_H

#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

#include <stdbool.h>
#include <stdint.h>

/* Of one due digest; zero at its beginning. */
struct seat_draft {
    int64_t look_ms; /* when to look again; 0: not looked yet */
    int64_t arrival; /* the newest paper at the last look */
    int64_t news_ms; /* papers came then that no draft was made of; 0: none */
    int64_t trouble_ms; /* the last wait after a failure; 0: none failed */
};

/* Whether the channel has drafts, and its account hears what becomes of them. */
bool seat_draft_is_wanted(const struct channel *channel,
        const struct account *account);

/* When to step next: INT64_MAX once it is too late for a draft. */
int64_t seat_draft_due_ms(const struct seat_draft *seat,
        const struct channel *channel, const struct due *due);

void seat_draft_step(struct seat_draft *seat, struct store *store,
        const struct channel *channel, const struct account *account,
        const struct due *due, int64_t now_ms);

#endif
