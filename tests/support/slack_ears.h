/*
 * slack_ears.h - a core that listens to a Slack account: it keeps each event
 * once, as the inbox does, and is busy when told to be.
 */
#ifndef TESTS_SUPPORT_SLACK_EARS_H
#define TESTS_SUPPORT_SLACK_EARS_H

#include "bot/ports/account.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SLACK_EARS_MAX = 64,
};

struct slack_ears {
    struct arena arena;
    struct event events[SLACK_EARS_MAX]; /* rooms that were opened left out */
    size_t count;
    unsigned asked, again; /* times; events that were had before */
    unsigned busy;         /* so often it refuses first; UINT_MAX: for ever */
};

/* What an account is given to listen with. */
struct account_ears slack_ears_of(struct slack_ears *ears);
void slack_ears_finish(struct slack_ears *ears);

/* Fails the test unless exactly this text was asked, in that order. */
void slack_ears_expect(const struct slack_ears *ears, size_t index,
        enum event_kind kind, const char *text);

/* For loop_wait_until: so many events are there. */
struct slack_ears_wait {
    const struct slack_ears *ears;
    size_t count;
};
bool slack_ears_has(void *ctx);

#endif
