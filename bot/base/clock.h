/*
 * clock.h - what time it is, handed in.
 *
 * Only adapters/loop.c reads the machine's clock; everybody else is given one
 * of these, or a time, so that a year of mornings runs in milliseconds.
 */
#ifndef BOT_BASE_CLOCK_H
#define BOT_BASE_CLOCK_H

#include <stdint.h>

struct clock {
    int64_t (*now_ms)(void *state); /* ms since the epoch, UTC */
    void *state;
};

static inline int64_t clock_now_ms(const struct clock *clock)
{
    return clock->now_ms(clock->state);
}

#endif
