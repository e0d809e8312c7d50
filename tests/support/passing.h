/*
 * passing.h - time that passes as soon as nothing else happens.
 *
 * What is on the way between sockets of this loop arrives first, in real time;
 * then the loop's next timer is due at once, and the clock says so.  A wait of
 * five minutes takes some milliseconds, on a slow machine as on a fast one.
 * Deadlines of requests, which are curl's, stay in real time.
 */
#ifndef TESTS_SUPPORT_PASSING_H
#define TESTS_SUPPORT_PASSING_H

#include "adapters/loop.h"
#include "tests/support/loop_wait.h"

#include <stdbool.h>
#include <stdint.h>

struct passing {
    struct loop *loop;
    struct clock clock; /* the machine's, and what has passed besides */
    int64_t passed_ms;
};

/* The loop is borrowed, and so is the passing by whoever has its clock. */
void passing_init(struct passing *passing, struct loop *loop);

/* Lets so much time pass: to show what happens in it, and what does not. */
void passing_ms(struct passing *passing, int64_t duration_ms);

/* Lets time pass until the condition holds; false if that takes longer than
 * limit_ms and it does not come true in as much real time either. */
bool passing_until(struct passing *passing, loop_wait_condition_fn *condition,
        void *ctx, int64_t limit_ms);

#endif
