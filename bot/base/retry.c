#include "bot/base/retry.h"

#include <assert.h>
#include <stddef.h>

const char *retry_policy_flaw(const struct retry_policy *policy)
{
    if (policy->first_ms < 1)
        return "first_ms must be at least 1";
    if (policy->longest_ms < policy->first_ms)
        return "longest_ms must not be less than first_ms";
    if (policy->patience_ms < 0)
        return "patience_ms must not be negative";
    if (policy->attempts_max < 1)
        return "attempts_max must be at least 1";
    return NULL;
}

void retry_init(struct retry *retry, const struct retry_policy *policy)
{
    assert(retry_policy_flaw(policy) == NULL);

    *retry = (struct retry){.policy = policy};
}

/* The most we would wait after this many failures in a row (at least one). */
static int64_t ceiling_ms(const struct retry_policy *policy, unsigned failures)
{
    int64_t ceiling = policy->first_ms;

    for (unsigned n = 1; n < failures && ceiling < policy->longest_ms; n++) {
        /* Compared before doubling, so that the product cannot overflow. */
        if (ceiling > policy->longest_ms / 2)
            return policy->longest_ms;
        ceiling *= 2;
    }
    return ceiling;
}

bool retry_after_failure(struct retry *retry, int64_t server_asks_ms,
        const struct random_source *chance, int64_t *wait_ms)
{
    const struct retry_policy *policy = retry->policy;

    assert(server_asks_ms >= 0);

    /* Saturates, so that asking again after giving up changes nothing. */
    if (retry->failures < policy->attempts_max)
        retry->failures++;
    if (retry->failures == policy->attempts_max)
        return false;
    if (server_asks_ms > policy->patience_ms)
        return false;

    int64_t ceiling = ceiling_ms(policy, retry->failures);
    int64_t half = ceiling / 2;
    int64_t drawn = (int64_t)chance->below(chance->state, (uint64_t)half + 1);
    int64_t wait = ceiling - half + drawn;

    *wait_ms = wait > server_asks_ms ? wait : server_asks_ms;
    return true;
}

void retry_after_success(struct retry *retry)
{
    retry->failures = 0;
}
