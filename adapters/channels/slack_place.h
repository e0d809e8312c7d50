/*
 * slack_place.h - where an answer goes, as event.reply and outbox_row.reply say
 * it.
 *
 * Who asked with a slash command or a button is answered over its response URL,
 * which shows the answer to him alone; who mentioned the bot, in a thread; else
 * the room.  "url URL", "thread TS" or "".  A response URL is good for five
 * answers within 30 minutes (docs.slack.dev, "Handling user interaction"); who
 * has it can answer, so it is not logged.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_PLACE_H
#define ADAPTERS_CHANNELS_SLACK_PLACE_H

#include "bot/base/arena.h"

#include <stdbool.h>

enum {
    SLACK_PLACE_URL_MAX_BYTES = 1024,
};

struct slack_place {
    const char *url;    /* "" for none */
    const char *thread; /* time stamp of its first message; "" for none */
};

/* In the arena; one of the two at most is not "". */
const char *slack_place_write(struct arena *arena,
        const struct slack_place *place);
/* What is none is the room: both "". */
struct slack_place slack_place_read(struct arena *arena, const char *reply);

/* "1700000000.123456": digits, one stop, digits. */
bool slack_place_is_ts(const char *ts);
/* An address that requests may go to, of bounded length. */
bool slack_place_is_url(const char *url);

#endif
