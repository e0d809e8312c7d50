/*
 * backfill_course.h - how far a category has come through its days, and how that
 * is written down; pure.
 */
#ifndef BOT_BACKFILL_COURSE_H
#define BOT_BACKFILL_COURSE_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>

/* All days from since on and before next are there. */
struct backfill_course {
    struct civil_date since, next, until;
    struct civil_date begun; /* the day on which the run began */
    char continuation[SOURCE_RESUMPTION_SIZE]; /* within the day next; or "" */
};

/*
 * Where a run begins that wants all days from since to until, by what the run
 * before has left (NULL: nothing).  One that was interrupted is gone on with; of
 * one that came to its end only the last week before it is read again.
 */
struct backfill_course
backfill_course_begin(const struct backfill_course *known,
        struct civil_date since, struct civil_date until,
        struct civil_date today);

/* Days from next to until. */
size_t backfill_course_left(const struct backfill_course *course);

/* "SINCE NEXT UNTIL BEGUN CONTINUATION", and back: false if it is none. */
char *backfill_course_text(const struct backfill_course *course,
        struct arena *arena);
bool backfill_course_read(const char *text, struct backfill_course *course);

#endif
