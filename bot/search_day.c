#include "bot/search_day.h"

#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    AGO_MAX = 9999, /* days, weeks, months or years */
    YEAR_FIRST = 1900,
    YEAR_LAST = 9998,
};

enum step {
    STEP_DAYS,
    STEP_MONTHS
};

static const struct {
    const char *word;
    int back; /* days */
} near_days[] = {
        {"today", 0},
        {"今天", 0},
        {"今日", 0},
        {"yesterday", 1},
        {"昨天", 1},
        {"昨日", 1},
        {"前天", 2},
};

static const struct {
    const char *english, *whole, *chinese;
} weekdays[] = {
        {"mon", "monday", "一"},
        {"tue", "tuesday", "二"},
        {"wed", "wednesday", "三"},
        {"thu", "thursday", "四"},
        {"fri", "friday", "五"},
        {"sat", "saturday", "六"},
        {"sun", "sunday", "日"},
};

static const char *const week_words[] = {"周", "星期", "礼拜"};

static const struct {
    const char *word;
    enum step step;
    int count;
} units[] = {
        {"d", STEP_DAYS, 1},
        {"天", STEP_DAYS, 1},
        {"w", STEP_DAYS, 7},
        {"周", STEP_DAYS, 7},
        {"m", STEP_MONTHS, 1},
        {"月", STEP_MONTHS, 1},
        {"个月", STEP_MONTHS, 1},
        {"y", STEP_MONTHS, 12},
        {"年", STEP_MONTHS, 12},
};

static bool near_day(const char *word, struct civil_date today,
        struct civil_date *day)
{
    for (size_t i = 0; i < sizeof near_days / sizeof *near_days; i++)
        if (text_same_ascii(near_days[i].word, word)) {
            *day = civil_date_plus(today, -near_days[i].back);
            return true;
        }
    return false;
}

static bool is_weekday(const char *word, size_t number)
{
    if (text_same_ascii(weekdays[number].english, word) ||
            text_same_ascii(weekdays[number].whole, word))
        return true;
    for (size_t i = 0; i < sizeof week_words / sizeof *week_words; i++)
        if (text_starts(word, week_words[i])) {
            const char *day = word + strlen(week_words[i]);
            return text_same(day, weekdays[number].chinese) ||
                    (number == CIVIL_SUNDAY && text_same(day, "天"));
        }
    return false;
}

static bool weekday(const char *word, struct civil_date today,
        struct civil_date *day)
{
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++)
        if (is_weekday(word, i)) {
            int back = (int)civil_date_weekday(today) - (int)i;
            *day = civil_date_plus(today, back < 0 ? -back - 7 : -back);
            return true;
        }
    return false;
}

static int days_in_month(int year, int month)
{
    struct civil_date first = {year, month, 1};
    struct civil_date next = {year + month / 12, month % 12 + 1, 1};
    return (int)(civil_date_days(next) - civil_date_days(first));
}

static bool months_back(struct civil_date today, long months,
        struct civil_date *day)
{
    long month = today.year * 12L + today.month - 1 - months;
    if (month < YEAR_FIRST * 12L)
        return false;
    *day = (struct civil_date){(int)(month / 12), (int)(month % 12) + 1,
            today.day};
    int length = days_in_month(day->year, day->month);
    if (day->day > length)
        day->day = length;
    return true;
}

static bool ago(const char *word, struct civil_date today,
        struct civil_date *day)
{
    char *unit;
    long count = *word >= '0' && *word <= '9' ? strtol(word, &unit, 10) : -1;
    if (count < 0 || count > AGO_MAX)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!text_same_ascii(units[i].word, unit))
            continue;
        if (units[i].step == STEP_MONTHS)
            return months_back(today, count * units[i].count, day);
        *day = civil_date_plus(today, -(int)count * units[i].count);
        return true;
    }
    return false;
}

/* Digits of which there are just so many. */
static bool number(const char *at, size_t digits, int *value)
{
    if (strspn(at, "0123456789") != digits)
        return false;
    *value = (int)strtol(at, NULL, 10);
    return true;
}

static bool span_of_days(const char *word, bool last, struct civil_date *day)
{
    int year, month = last ? 12 : 1;
    if (!number(word, 4, &year) || year < YEAR_FIRST || year > YEAR_LAST)
        return false;
    if (word[4] == '-' && (!number(word + 5, 2, &month) || word[7] != '\0'))
        return false;
    if ((word[4] != '-' && word[4] != '\0') || month < 1 || month > 12)
        return false;
    *day = (struct civil_date){year, month,
            last ? days_in_month(year, month) : 1};
    return true;
}

/* What stands between year, month and day, and behind the day. */
static const struct {
    const char *year, *month, *day;
    bool needs_year; /* "11.23" may be anything */
} forms[] = {
        {"年", "月", "日", false},
        {"年", "月", "号", false},
        {"年", "月", "", false},
        {"/", "/", "", false},
        {"-", "-", "", false},
        {".", ".", "", true},
};

static const char *take_number(const char *at, size_t digits_max, int *value)
{
    size_t digits = strspn(at, "0123456789");

    if (digits == 0 || digits > digits_max)
        return NULL;
    *value = (int)strtol(at, NULL, 10);
    return at + digits;
}

/* The number and what stands behind it, or NULL. */
static const char *take_part(const char *at, size_t digits_max,
        const char *behind, int *value)
{
    at = at == NULL ? NULL : take_number(at, digits_max, value);
    return at != NULL && text_starts(at, behind) ? at + strlen(behind) : NULL;
}

/* Without a year the last such day, today included. */
static bool in_form(const char *word, size_t form, struct civil_date today,
        struct civil_date *day)
{
    struct civil_date date = {today.year, 0, 0};
    const char *behind_year = take_part(word, 4, forms[form].year, &date.year);
    bool has_year = behind_year != NULL && date.year >= YEAR_FIRST;

    if (!has_year)
        date.year = today.year;
    const char *at = take_part(has_year ? behind_year : word, 2,
            forms[form].month, &date.month);
    at = take_part(at, 2, forms[form].day, &date.day);
    if (at == NULL || *at != '\0' || (forms[form].needs_year && !has_year) ||
            date.month < 1 || date.month > 12)
        return false;
    if (!has_year && civil_date_compare(date, today) > 0)
        date.year--;
    *day = date;
    return date.year <= YEAR_LAST && date.day >= 1 &&
            date.day <= days_in_month(date.year, date.month);
}

static bool month_and_day(const char *word, struct civil_date today,
        struct civil_date *day)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (in_form(word, i, today, day))
            return true;
    return false;
}

bool search_day_parse(const char *word, struct civil_date today, bool last,
        struct civil_date *day)
{
    return civil_date_parse(word, day) || span_of_days(word, last, day) ||
            near_day(word, today, day) || weekday(word, today, day) ||
            ago(word, today, day) || month_and_day(word, today, day);
}
