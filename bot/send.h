/*
 * send.h - due outbox rows become receipts, retries or parked rows.
 *
 * Rows are claimed under a lease, marked attempted, sent outside any
 * transaction and then settled.  A server's wait is obeyed, a host's pace kept;
 * failures that may pass back off with jitter; what will never be taken is
 * parked, and a channel that is closed to us is marked broken.
 */
#ifndef BOT_SEND_H
#define BOT_SEND_H

#include "bot/base/chance.h"
#include "bot/base/clock.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

struct send; /* opaque; heap */

/* All borrowed; owner names this process in leases ("pid 4711").  What is in the
 * list of channels may change, see send_serve. */
struct send *send_open(struct store *store, struct account *const *accounts,
        size_t account_count, const struct channel_list *channels,
        const struct clock *clock, const struct random_source *chance,
        const char *owner, struct error *err);
void send_close(struct send *send); /* cancels what is under way */

/* The list of channels has others in it now: what is under way goes on.  To be
 * called before the next step; false and err if the store failed. */
bool send_serve(struct send *send, struct error *err);

int64_t send_next_due_ms(const struct send *send);
void send_step(struct send *send, int64_t now_ms);
/* The clock was put back by so much: what waits must not wait for it again. */
void send_put_back(struct send *send, int64_t by_ms);
void send_wind_down(struct send *send); /* claim nothing more */
bool send_busy(const struct send *send);

#endif
