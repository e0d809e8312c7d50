/*
 * announcement.h - on which days arXiv announces, and until when a day's feed
 * is worth another look.  Pure.
 *
 * Announcements come Sunday to Thursday at 20:00 Eastern and are dated by the
 * New York day that begins after; the feed is rebuilt at that midnight
 * (info.arxiv.org/help/availability, help/rss).  Holidays are not known here: a
 * day without an announcement simply never becomes complete.
 */
#ifndef BOT_ANNOUNCEMENT_H
#define BOT_ANNOUNCEMENT_H

#include "bot/base/civil_time.h"

#include <stdbool.h>
#include <stdint.h>

#define ANNOUNCEMENT_TIMEZONE "America/New_York"

/* The newest day, Monday to Friday, that has begun in New York. */
struct civil_date announcement_day(const struct civil_zone *new_york,
        int64_t now_ms);

/* New York's midnight before the next announcement day after that day. */
int64_t announcement_next_ms(const struct civil_zone *new_york,
        struct civil_date day);

/* False at the weekend, when the day's announcement is of Friday. */
bool announcement_is_today(const struct civil_zone *new_york, int64_t now_ms);

#endif
