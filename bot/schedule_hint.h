/*
 * schedule_hint.h - an hour that misses the day's announcement, in words.
 *
 * arXiv's feeds are rebuilt at New York's midnight, which is noon or 13:00 in
 * China: an hour before that can only post the announcement of the day before.
 * That may be as wished, so it is no mistake.  Pure.
 */
#ifndef BOT_SCHEDULE_HINT_H
#define BOT_SCHEDULE_HINT_H

#include "bot/base/arena.h"
#include "bot/model/channel.h"

#include <stdbool.h>

/* What an hour misses: minutes of the day on the channel's clock. */
struct schedule_miss {
    int first_feed_minute; /* the earlier of winter and summer */
    int last_feed_minute;
    int better_minute; /* an hour that misses nothing */
    bool always;       /* not only for a part of the year */
};

/* False if the channel's hour misses nothing.  Waiting (when = fresh) counts for
 * the channel.  year is the one whose clocks are looked at. */
bool schedule_hint_find(const struct channel *channel, int year,
        struct schedule_miss *miss);

/* The same as an English sentence, in the arena; NULL if there is nothing to
 * say. */
const char *schedule_hint(const struct channel *channel, int year,
        struct arena *arena);

#endif
