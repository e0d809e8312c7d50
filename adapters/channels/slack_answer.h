/*
 * slack_answer.h - where an answer goes: the words of struct event's reply.
 *
 * What comes in writes them, what goes out reads them.  For
 * adapters/channels/slack*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_ANSWER_H
#define ADAPTERS_CHANNELS_SLACK_ANSWER_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum slack_answer_way {
    SLACK_ANSWER_ROOM,   /* "": in the channel, for all */
    SLACK_ANSWER_THREAD, /* in the thread of the message ts, for all */
    /* Only for who asked by a slash command or a button: by the response URL
     * that came with it, later as an ephemeral message. */
    SLACK_ANSWER_URL,
    SLACK_ANSWER_SHARED, /* for all, as shared by person */
};

struct slack_answer {
    enum slack_answer_way way;
    const char *ts;     /* THREAD */
    const char *person; /* URL, SHARED: U... */
    int64_t given_ms;   /* URL: when it came */
    const char *url;    /* URL: https://hooks.slack.com/commands/... */
};

/* The words, in the arena. */
const char *slack_answer_write(const struct slack_answer *answer,
        struct arena *arena);

/* Reads them back; false if they are none.  Strings are in the arena. */
bool slack_answer_read(const char *words, struct arena *arena,
        struct slack_answer *answer);

#endif
