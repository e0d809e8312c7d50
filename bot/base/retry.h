/*
 * retry.h - how long to wait after a failure that may pass by itself.
 *
 * A schedule owns no memory, reads no clock and rolls no dice: the caller hands
 * in what the server asked for and a source of randomness, so equal inputs give
 * equal waits and a test needs no sleep.  All durations are in milliseconds.
 *
 * After the n-th failure in a row the wait is drawn evenly from
 * [ceiling / 2, ceiling], where ceiling = min(first_ms * 2^(n - 1), longest_ms).
 * The half that is always waited spares a struggling server; the half that is
 * drawn keeps our rooms from all coming back at the same instant.
 */
#ifndef BOT_BASE_RETRY_H
#define BOT_BASE_RETRY_H

#include "bot/base/chance.h"

#include <stdbool.h>
#include <stdint.h>

/* The rules, shared by every schedule that follows them. */
struct retry_policy {
    int64_t first_ms;      /* ceiling of the first wait; at least 1 */
    int64_t longest_ms;    /* ceiling of any wait we choose; >= first_ms */
    int64_t patience_ms;   /* longest wait a server may impose; >= 0 */
    unsigned attempts_max; /* attempts in all, the first included; >= 1 */
};

/* One run of attempts at one thing. */
struct retry {
    const struct retry_policy *policy; /* borrowed; outlives the schedule */
    unsigned failures;                 /* in a row, since the last success */
};

/*
 * Says what is wrong with a policy read from outside, as a phrase that reads
 * well in a message ("first_ms must be at least 1"), or NULL if nothing is.
 * The phrase is static; the caller does not free it.
 */
const char *retry_policy_flaw(const struct retry_policy *policy);

/* Starts a schedule with no failures behind it.  The policy must be sound. */
void retry_init(struct retry *retry, const struct retry_policy *policy);

/*
 * Records one failed attempt.  Returns true and sets *wait_ms (at least 1) if
 * another attempt is due after that wait; returns false, leaving *wait_ms
 * alone, if it is time to give up.
 *
 * server_asks_ms is the wait the server demanded (Retry-After, retry_after_ms),
 * or 0 if it named none.  We never come back sooner than that, and give up if
 * it is more than patience_ms.
 */
bool retry_after_failure(struct retry *retry, int64_t server_asks_ms,
        const struct random_source *chance, int64_t *wait_ms);

/* Records a success: the next failure counts as the first again. */
void retry_after_success(struct retry *retry);

#endif
