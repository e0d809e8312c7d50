/*
 * civil_time.h - calendar days and wall clocks of a place.
 *
 * Dates are proleptic Gregorian and have no zone; a zone turns an instant (ms
 * since the epoch, UTC) into a date and a wall-clock time and back, by the
 * system's zone data through GLib's GTimeZone.
 */
#ifndef BOT_BASE_CIVIL_TIME_H
#define BOT_BASE_CIVIL_TIME_H

#include "bot/base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct civil_date {
    int year, month, day; /* month and day from 1; year 0: no date */
};

struct civil_time {
    struct civil_date date;
    int minute_of_day; /* 0 to 1439 */
    int second;
};

enum civil_weekday { /* ISO 8601: Monday first */
    CIVIL_MONDAY,
    CIVIL_TUESDAY,
    CIVIL_WEDNESDAY,
    CIVIL_THURSDAY,
    CIVIL_FRIDAY,
    CIVIL_SATURDAY,
    CIVIL_SUNDAY,
};

struct civil_zone; /* opaque; an IANA name such as "Asia/Shanghai" */

/* Opens a zone; NULL with ERROR_INPUT and the nearest known name if there is
 * none such.  The caller closes it. */
struct civil_zone *civil_zone_open(const char *name, struct error *err);
void civil_zone_close(struct civil_zone *zone); /* NULL is fine */
const char *civil_zone_name(const struct civil_zone *zone);

/* What calendar and clock of the zone show at that instant. */
struct civil_time civil_from_ms(const struct civil_zone *zone, int64_t ms);

/*
 * The instant of a wall-clock time.  A time that the clock skips (spring) gives
 * the first instant after the gap; one that comes twice (autumn) the earlier.
 */
int64_t civil_to_ms(const struct civil_zone *zone, struct civil_date date,
        int minute_of_day);

/* Days, without any zone. */
struct civil_date civil_date_plus(struct civil_date date, int days);
enum civil_weekday civil_date_weekday(struct civil_date date);
int civil_date_compare(struct civil_date a, struct civil_date b); /* <0 0 >0 */
bool civil_date_is_set(struct civil_date date);
/* Days since 1970-01-01, and back. */
int64_t civil_date_days(struct civil_date date);
struct civil_date civil_date_of_days(int64_t days);

/* "2026-11-24", ten characters and the NUL. */
enum {
    CIVIL_DATE_SIZE = 11
};
void civil_date_format(struct civil_date date, char out[CIVIL_DATE_SIZE]);
/* Strictly YYYY-MM-DD and a day that exists; false otherwise. */
bool civil_date_parse(const char *string, struct civil_date *date);

/*
 * RFC 3339 ("2025-10-16T17:59:37Z", any offset) and the dates of RSS (RFC 822:
 * "Thu, 24 Sep 2026 00:00:00 -0400") as ms since the epoch; false if neither.
 */
bool civil_parse_instant(const char *string, int64_t *ms);

/* "2026-11-24T05:30:00Z", twenty characters and the NUL. */
enum {
    CIVIL_INSTANT_SIZE = 21
};
void civil_format_instant(int64_t ms, char out[CIVIL_INSTANT_SIZE]);

#endif
