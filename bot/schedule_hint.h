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

/* What the channel's hour misses and which one would not, in the arena; NULL if
 * there is nothing to say.  Waiting (when = fresh) counts for the channel.  year
 * is the one whose clocks are looked at. */
const char *schedule_hint(const struct channel *channel, int year,
        struct arena *arena);

#endif
