/*
 * seat.h - a channel's place in the bot: when its digest is due, and what becomes
 * of it then.
 */
#ifndef BOT_SEAT_H
#define BOT_SEAT_H

#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/base/retry.h"
#include "bot/collect.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"
#include "bot/seat_draft.h"

#include <stdbool.h>
#include <stdint.h>

struct seat {
    const struct channel *channel;
    const struct account *account;
    struct civil_zone *zone; /* NULL: no digests by itself */
    bool waits;              /* due is the next one */
    struct due due;
    struct seat_draft draft; /* of the digest that is due */
    int64_t noticed_ms;      /* a late one was found then; 0: not yet */
    bool awaits;      /* its announcement, until wait_for_batch is over */
    int64_t retry_ms; /* not before, after a plan that failed */
    struct retry retry;
};

/* What all seats are served with; borrowed. */
struct seat_tools {
    struct store *store;
    const struct random_source *chance;
    const struct collect *collect;
};

/* Finds out when the channel is due next; channel and account are borrowed. */
bool seat_open(struct seat *seat, const struct seat_tools *tools,
        const struct channel *channel, const struct account *account,
        int64_t now_ms, struct error *err);
void seat_close(struct seat *seat);

/*
 * The channel as it is in force now, in place of the one before.  Where its hour
 * is another, the next digest is the first after now that has no outcome: if
 * today's is posted, tomorrow's.  On failure it has no digests by itself.
 */
bool seat_serve(struct seat *seat, const struct seat_tools *tools,
        const struct channel *channel, const struct account *account,
        int64_t now_ms, struct error *err);

int64_t seat_due_ms(const struct seat_tools *tools, const struct seat *seat);
/* Whatever is due but the digest itself; true if that is to be planned now. */
bool seat_step(const struct seat_tools *tools, struct seat *seat,
        int64_t now_ms);
/* Plans what seat_step said so of, together: see plan_digests. */
void seat_plan(const struct seat_tools *tools, struct seat *const *seats,
        size_t count, int64_t now_ms);
/* The clock was put back. */
void seat_put_back(struct seat *seat);

#endif
