/*
 * announcement.h - on which days arXiv announces, and when that can be read.
 * Pure.
 *
 * Announcements come Sunday to Thursday at 20:00 Eastern and are dated by the
 * New York day that begins after; the feed is rebuilt at that midnight
 * (info.arxiv.org/help/availability, help/rss).  So Friday's evening and
 * Saturday's bring none.  What is known of holidays is a hint and nothing more:
 * it makes nobody wait in vain and forbids no announcement.
 */
#ifndef BOT_ANNOUNCEMENT_H
#define BOT_ANNOUNCEMENT_H

#include "bot/base/civil_time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ANNOUNCEMENT_TIMEZONE "America/New_York"

/* bot/data/holidays.c: evenings without an announcement. */
extern const struct civil_date announcement_holidays[];
extern const size_t announcement_holiday_count;

/* The newest day, Monday to Friday, that has begun in New York. */
struct civil_date announcement_day(const struct civil_zone *new_york,
        int64_t now_ms);

/* The next announcement day after that day. */
struct civil_date announcement_day_after(struct civil_date day);

/* True for Monday to Friday. */
bool announcement_is_day(struct civil_date date);

/* New York's midnight before the next announcement day after that day: when its
 * feed is rebuilt. */
int64_t announcement_next_ms(const struct civil_zone *new_york,
        struct civil_date day);

/* 20:00 in New York on the eve of the next announcement day after that day:
 * when its announcement is made. */
int64_t announcement_eve_ms(const struct civil_zone *new_york,
        struct civil_date day);

/* False at the weekend, when the day's announcement is of Friday. */
bool announcement_is_today(const struct civil_zone *new_york, int64_t now_ms);

/* A hint: the evening before the day is a holiday, so that the day is to have no
 * announcement. */
bool announcement_is_holiday(struct civil_date day);

/* Whether any holiday of the year is known.  In a year of which none is, a day
 * without an announcement looks like one whose announcement is late. */
bool announcement_year_is_known(int year);

#endif
