/*
 * loop_wait.h - lets a test's loop turn until something has happened.
 */
#ifndef TESTS_SUPPORT_LOOP_WAIT_H
#define TESTS_SUPPORT_LOOP_WAIT_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stdint.h>

/* Turns until *flag is true; false if that took longer than 20 s. */
bool loop_wait(struct loop *loop, const bool *flag);

/* Turns until the condition holds, which is looked at after every turn; false
 * if that took longer than limit_ms. */
typedef bool loop_wait_condition_fn(void *ctx);
bool loop_wait_until(struct loop *loop, loop_wait_condition_fn *condition,
        void *ctx, int64_t limit_ms);

/* Turns for so long: to show that something does not happen. */
void loop_wait_ms(struct loop *loop, int64_t duration_ms);

#endif
