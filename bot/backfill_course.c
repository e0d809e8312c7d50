#include "bot/backfill_course.h"

#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    /* Papers submitted on a Friday appear on Tuesday, after a holiday later. */
    UNSETTLED_DAYS = 7,
    DATES = 4, /* in front of the continuation */
};

static struct civil_date later(struct civil_date a, struct civil_date b)
{
    return civil_date_compare(a, b) > 0 ? a : b;
}

static struct civil_date earlier(struct civil_date a, struct civil_date b)
{
    return civil_date_compare(a, b) < 0 ? a : b;
}

struct backfill_course
backfill_course_begin(const struct backfill_course *known,
        struct civil_date since, struct civil_date until,
        struct civil_date today)
{
    struct backfill_course course = {.since = since,
            .next = since,
            .until = until,
            .begun = today};

    if (known == NULL || civil_date_compare(since, known->since) < 0 ||
            civil_date_compare(since, known->next) > 0)
        return course;
    if (civil_date_compare(known->next, known->until) <= 0) {
        course = *known;
        course.until = until;
        return course;
    }
    course.since = known->since;
    course.next = later(since,
            earlier(known->next,
                    civil_date_plus(known->begun, -UNSETTLED_DAYS)));
    return course;
}

size_t backfill_course_left(const struct backfill_course *course)
{
    int64_t days =
            civil_date_days(course->until) - civil_date_days(course->next) + 1;
    return days < 0 ? 0 : (size_t)days;
}

char *backfill_course_text(const struct backfill_course *course,
        struct arena *arena)
{
    const struct civil_date dates[DATES] = {course->since, course->next,
            course->until, course->begun};
    struct text text;

    text_init(&text, arena, SOURCE_RESUMPTION_SIZE + DATES * CIVIL_DATE_SIZE);
    for (size_t i = 0; i < DATES; i++) {
        char day[CIVIL_DATE_SIZE];
        civil_date_format(dates[i], day);
        text_add_format(&text, "%s ", day);
    }
    text_add(&text, course->continuation);
    return arena_string(arena, text_string(&text));
}

bool backfill_course_read(const char *text, struct backfill_course *course)
{
    struct civil_date dates[DATES];

    for (size_t i = 0; i < DATES; i++) {
        char day[CIVIL_DATE_SIZE] = "";
        if (strlen(text) < CIVIL_DATE_SIZE)
            return false;
        memcpy(day, text, sizeof day - 1);
        if (!civil_date_parse(day, &dates[i]))
            return false;
        text += CIVIL_DATE_SIZE;
    }
    *course = (struct backfill_course){.since = dates[0],
            .next = dates[1],
            .until = dates[2],
            .begun = dates[3]};
    snprintf(course->continuation, sizeof course->continuation, "%s", text);
    return true;
}
