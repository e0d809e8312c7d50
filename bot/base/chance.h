/*
 * chance.h - where chance comes from: the operating system's, or a seed.
 *
 * Whoever needs a random number is handed a source, so that a test decides.
 */
#ifndef BOT_BASE_CHANCE_H
#define BOT_BASE_CHANCE_H

#include <stdint.h>

struct random_source {
    /* Returns a number in [0, bound); bound is never 0. */
    uint64_t (*below)(void *state, uint64_t bound);
    void *state;
};

/* The operating system's randomness (getrandom); no state, never fails. */
extern const struct random_source chance_system;

/* Numbers that repeat: equal seeds give equal sequences (SplitMix64). */
struct chance_seed {
    uint64_t state;
};

/* A source over the caller's seed, which it advances and must not outlive. */
struct random_source chance_seeded(struct chance_seed *seed);

#endif
