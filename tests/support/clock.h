/*
 * clock.h - a clock that stands where a test puts it.
 */
#ifndef TESTS_SUPPORT_CLOCK_H
#define TESTS_SUPPORT_CLOCK_H

#include "bot/base/clock.h"

struct test_clock {
    int64_t ms;
};

/* A clock over the caller's test_clock, which must outlive it. */
struct clock test_clock_of(struct test_clock *clock);

#endif
