/*
 * loop_wait.h - lets a test's loop turn until something has happened.
 */
#ifndef TESTS_SUPPORT_LOOP_WAIT_H
#define TESTS_SUPPORT_LOOP_WAIT_H

#include "adapters/loop.h"

#include <stdbool.h>

/* Turns until *flag is true; false if that took longer than 20 s. */
bool loop_wait(struct loop *loop, const bool *flag);

/* Turns for so long: to show that something does not happen. */
void loop_wait_ms(struct loop *loop, int64_t duration_ms);

#endif
