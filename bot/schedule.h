/*
 * schedule.h - when a channel is due: wall clock, weekdays, zone.  Pure.
 *
 * A local date has at most one due instant.  A wall-clock time that the clock
 * skips is due at the first instant after the gap, one that comes twice the
 * first time.
 */
#ifndef BOT_SCHEDULE_H
#define BOT_SCHEDULE_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"

#include <stdbool.h>
#include <stdint.h>

struct due {
    struct civil_date date; /* the channel's local date: names the occasion */
    int64_t ms;             /* the instant, UTC */
};

/* The first due date strictly after the given date; false if the schedule is
 * off.  zone is the schedule's, opened. */
bool schedule_after_date(const struct schedule *schedule,
        const struct civil_zone *zone, struct civil_date date, struct due *due);

/* The first due instant strictly after ms; false if the schedule is off. */
bool schedule_after_ms(const struct schedule *schedule,
        const struct civil_zone *zone, int64_t ms, struct due *due);

/*
 * Reads "13:30 weekdays", "08:00 daily", "9:05 mon,wed fri" into minute_of_day
 * and weekdays (timezone stays); "off" turns digests off.  ERROR_INPUT says
 * what would be right.
 */
bool schedule_parse(const char *text, struct schedule *schedule,
        struct error *err);

/* What schedule_parse reads as the same, in the arena: "13:30 weekdays", "08:00
 * mon wed", "off". */
const char *schedule_text(const struct schedule *schedule, struct arena *arena);

#endif
