#include "bot/base/chance.h"

#include <stdlib.h>
#include <sys/random.h>

/* A number that is evenly drawn from [0, bound): the few highest that would
 * favour small results are drawn again. */
static uint64_t even(uint64_t (*draw)(void *state), void *state, uint64_t bound)
{
    uint64_t surplus = (UINT64_MAX % bound + 1) % bound;
    uint64_t number;
    do
        number = draw(state);
    while (number > UINT64_MAX - surplus);
    return number % bound;
}

static uint64_t draw_system(void *state)
{
    (void)state;
    uint64_t number = 0;
    /* Eight bytes come whole once the pool is ready (getrandom(2)); a signal
     * may interrupt the wait for that. */
    for (int tries = 0; tries < 100; tries++)
        if (getrandom(&number, sizeof number, 0) == (ssize_t)sizeof number)
            return number;
    abort();
}

/* SplitMix64, as published by S. Vigna (prng.di.unimi.it), public domain. */
static uint64_t draw_seeded(void *state)
{
    struct chance_seed *seed = state;
    seed->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = seed->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t below_system(void *state, uint64_t bound)
{
    return even(draw_system, state, bound);
}

static uint64_t below_seeded(void *state, uint64_t bound)
{
    return even(draw_seeded, state, bound);
}

const struct random_source chance_system = {.below = below_system};

struct random_source chance_seeded(struct chance_seed *seed)
{
    return (struct random_source){.below = below_seeded, .state = seed};
}
