#include "bot/base/civil_time.h"

#include <string.h>
#include <strings.h>

/* Wall clock and offset as they are read; checked whole at the end. */
struct reading {
    struct civil_date date;
    int hour, minute, second;
    int offset_minutes;
};

/* Between min and max digits, as many as there are; moves *at behind them. */
static bool read_number(const char **at, int min, int max, int *number)
{
    int digits = 0;
    *number = 0;
    for (; digits < max && **at >= '0' && **at <= '9'; digits++, (*at)++)
        *number = *number * 10 + (**at - '0');
    return digits >= min;
}

static bool read_byte(const char **at, const char *allowed)
{
    if (**at == '\0' || strchr(allowed, **at) == NULL)
        return false;
    (*at)++;
    return true;
}

static void skip_spaces(const char **at)
{
    while (read_byte(at, " \t\r\n"))
        continue;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool date_exists(struct civil_date date)
{
    return date.year >= 1 && date.month >= 1 && date.month <= 12 &&
            date.day >= 1 && date.day <= days_of_month(date.year, date.month);
}

static bool read_date(const char **at, struct civil_date *date)
{
    return read_number(at, 4, 4, &date->year) && read_byte(at, "-") &&
            read_number(at, 2, 2, &date->month) && read_byte(at, "-") &&
            read_number(at, 2, 2, &date->day) && date_exists(*date);
}

bool civil_date_parse(const char *string, struct civil_date *date)
{
    struct civil_date read;
    if (!read_date(&string, &read) || *string != '\0')
        return false;
    *date = read;
    return true;
}

/* Hours and minutes of an offset behind its sign, which was at[-1]. */
static bool read_offset(const char **at, bool colon, int *minutes)
{
    int sign = (*at)[-1] == '-' ? -1 : 1;
    int hour, minute;
    if (!read_number(at, 2, 2, &hour) || (colon && !read_byte(at, ":")) ||
            !read_number(at, 2, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *minutes = sign * (hour * 60 + minute);
    return true;
}

/* RFC 3339, section 5.6. */
static bool read_rfc3339(const char *at, struct reading *reading)
{
    int fraction;
    if (!read_date(&at, &reading->date) || !read_byte(&at, "Tt ") ||
            !read_number(&at, 2, 2, &reading->hour) || !read_byte(&at, ":") ||
            !read_number(&at, 2, 2, &reading->minute) || !read_byte(&at, ":") ||
            !read_number(&at, 2, 2, &reading->second))
        return false;
    if (read_byte(&at, ".") && !read_number(&at, 1, 9, &fraction))
        return false;
    if (!read_byte(&at, "Zz") &&
            !(read_byte(&at, "+-") &&
                    read_offset(&at, true, &reading->offset_minutes)))
        return false;
    skip_spaces(&at);
    return *at == '\0';
}

/* The index of a word at *at in names, -1 if it is none of them. */
static int read_name(const char **at, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (strncasecmp(*at, names[i], length) == 0) {
            *at += length;
            return i;
        }
    }
    return -1;
}

/* RFC 822 section 5, years also of two digits (RFC 2822 section 4.3). */
static bool read_rfc822_date(const char **at, struct civil_date *date)
{
    static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri",
            "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
            "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    skip_spaces(at);
    if (read_name(at, weekdays, 7) >= 0 && !read_byte(at, ","))
        return false;
    skip_spaces(at);
    if (!read_number(at, 1, 2, &date->day))
        return false;
    skip_spaces(at);
    date->month = read_name(at, months, 12) + 1;
    skip_spaces(at);
    if (date->month == 0 || !read_number(at, 2, 4, &date->year))
        return false;
    if (date->year < 100)
        date->year += date->year < 50 ? 2000 : 1900;
    return date_exists(*date);
}

static bool read_rfc822_zone(const char **at, int *minutes)
{
    static const char *const names[] = {"GMT", "UTC", "UT", "Z", "EST", "EDT",
            "CST", "CDT", "MST", "MDT", "PST", "PDT"};
    static const int hours[] = {0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7};
    if (read_byte(at, "+-"))
        return read_offset(at, false, minutes);
    int zone = read_name(at, names, 12);
    if (zone < 0)
        return false;
    *minutes = hours[zone] * 60;
    return true;
}

static bool read_rfc822(const char *at, struct reading *reading)
{
    if (!read_rfc822_date(&at, &reading->date))
        return false;
    skip_spaces(&at);
    if (!read_number(&at, 2, 2, &reading->hour) || !read_byte(&at, ":") ||
            !read_number(&at, 2, 2, &reading->minute))
        return false;
    if (read_byte(&at, ":") && !read_number(&at, 2, 2, &reading->second))
        return false;
    skip_spaces(&at);
    if (!read_rfc822_zone(&at, &reading->offset_minutes))
        return false;
    skip_spaces(&at);
    return *at == '\0';
}

bool civil_parse_instant(const char *string, int64_t *ms)
{
    struct reading reading = {.second = 0};
    if (!read_rfc3339(string, &reading)) {
        reading = (struct reading){.second = 0};
        if (!read_rfc822(string, &reading))
            return false;
    }
    /* Second 60 is a leap second: the same instant as the next minute. */
    if (reading.hour > 23 || reading.minute > 59 || reading.second > 60)
        return false;
    int minute = reading.hour * 60 + reading.minute - reading.offset_minutes;
    int64_t minutes = civil_date_days(reading.date) * 1440 + minute;
    *ms = (minutes * 60 + reading.second) * 1000;
    return true;
}
