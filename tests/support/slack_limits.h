/*
 * slack_limits.h - a strict reader of Slack messages: what Slack refuses, and
 * what would call or mislead somebody, is a flaw here.
 */
#ifndef TESTS_SUPPORT_SLACK_LIMITS_H
#define TESTS_SUPPORT_SLACK_LIMITS_H

#include "bot/base/arena.h"

#include <stddef.h>

/* NULL if the payload is a good message; else what is wrong with it.
 * *characters gets the sum of all its texts. */
const char *slack_limits_flaw(struct arena *arena, const char *payload,
        size_t *characters);

/* The same of the body of a call of chat.postMessage. */
const char *slack_limits_post_flaw(struct arena *arena, const char *body,
        size_t *characters);

#endif
