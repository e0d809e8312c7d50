#include "bot/base/civil_time.h"

#include <stdio.h>
#include <string.h>

enum {
    DAYS_400_YEARS = 146097,
    DAYS_TO_EPOCH = 719468, /* from 0000-03-01 to 1970-01-01 */
    DAY_MS = 86400000,
    EPOCH_WEEKDAY = CIVIL_THURSDAY,
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/*
 * Years are counted from March, so that the leap day is a year's last: then
 * the days before month m (0 = March) are (153 m + 2) / 5 in every year.
 */
int64_t civil_date_days(struct civil_date date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2 ? 1 : 0);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * DAYS_400_YEARS + year_of_era * 365 + year_of_era / 4 -
            year_of_era / 100 + day_of_year - DAYS_TO_EPOCH;
}

struct civil_date civil_date_of_days(int64_t days)
{
    days += DAYS_TO_EPOCH;
    int64_t era = floor_div(days, DAYS_400_YEARS);
    int64_t day_of_era = days - era * DAYS_400_YEARS;
    /* Takes out the leap days that came before: 1460 days a 4 years, ... */
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                                  day_of_era / 146096) /
            365;
    int64_t day_of_year = day_of_era -
            (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    return (struct civil_date){
            .year = (int)(year_of_era + era * 400 + (month >= 10 ? 1 : 0)),
            .month = (int)(month < 10 ? month + 3 : month - 9),
            .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

struct civil_date civil_date_plus(struct civil_date date, int days)
{
    return civil_date_of_days(civil_date_days(date) + days);
}

enum civil_weekday civil_date_weekday(struct civil_date date)
{
    int64_t day = civil_date_days(date) + EPOCH_WEEKDAY;
    return (enum civil_weekday)(day - floor_div(day, 7) * 7);
}

int civil_date_compare(struct civil_date a, struct civil_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

bool civil_date_is_set(struct civil_date date)
{
    return date.year != 0;
}

void civil_date_format(struct civil_date date, char out[CIVIL_DATE_SIZE])
{
    /* The remainders only bound the length: a date has no others. */
    snprintf(out, CIVIL_DATE_SIZE, "%04u-%02u-%02u",
            (unsigned)date.year % 10000, (unsigned)date.month % 100,
            (unsigned)date.day % 100);
}

void civil_format_instant(int64_t ms, char out[CIVIL_INSTANT_SIZE])
{
    int64_t days = floor_div(ms, DAY_MS);
    int64_t left_ms = ms % DAY_MS;
    if (left_ms < 0)
        left_ms += DAY_MS;
    unsigned second = (unsigned)(left_ms / 1000);
    char date[CIVIL_DATE_SIZE];
    civil_date_format(civil_date_of_days(days), date);
    snprintf(out, CIVIL_INSTANT_SIZE, "%sT%02u:%02u:%02uZ", date, second / 3600,
            second / 60 % 60, second % 60);
}
