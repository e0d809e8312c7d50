#include "bot/schedule.h"

#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    DAYS_IN_WEEK = 7,
    MINUTES_IN_HOUR = 60,
    WORD_SIZE = 32
};

struct day_word {
    const char *word;
    unsigned weekdays;
};

static const struct day_word day_words[] = {
        {"daily", WEEKDAYS_ALL},
        {"everyday", WEEKDAYS_ALL},
        {"weekdays", WEEKDAYS_WORKING},
        {"weekends", WEEKDAYS_ALL & ~(unsigned)WEEKDAYS_WORKING},
        {"mon", 1U << CIVIL_MONDAY},
        {"monday", 1U << CIVIL_MONDAY},
        {"mondays", 1U << CIVIL_MONDAY},
        {"tue", 1U << CIVIL_TUESDAY},
        {"tuesday", 1U << CIVIL_TUESDAY},
        {"tuesdays", 1U << CIVIL_TUESDAY},
        {"wed", 1U << CIVIL_WEDNESDAY},
        {"wednesday", 1U << CIVIL_WEDNESDAY},
        {"wednesdays", 1U << CIVIL_WEDNESDAY},
        {"thu", 1U << CIVIL_THURSDAY},
        {"thursday", 1U << CIVIL_THURSDAY},
        {"thursdays", 1U << CIVIL_THURSDAY},
        {"fri", 1U << CIVIL_FRIDAY},
        {"friday", 1U << CIVIL_FRIDAY},
        {"fridays", 1U << CIVIL_FRIDAY},
        {"sat", 1U << CIVIL_SATURDAY},
        {"saturday", 1U << CIVIL_SATURDAY},
        {"saturdays", 1U << CIVIL_SATURDAY},
        {"sun", 1U << CIVIL_SUNDAY},
        {"sunday", 1U << CIVIL_SUNDAY},
        {"sundays", 1U << CIVIL_SUNDAY},
};
enum {
    DAY_WORDS = sizeof day_words / sizeof day_words[0]
};

bool schedule_after_date(const struct schedule *schedule,
        const struct civil_zone *zone, struct civil_date date, struct due *due)
{
    if (schedule->minute_of_day < 0)
        return false;
    for (int days = 1; days <= DAYS_IN_WEEK; days++) {
        struct civil_date day = civil_date_plus(date, days);
        if ((schedule->weekdays & (1U << civil_date_weekday(day))) == 0)
            continue;
        due->date = day;
        due->ms = civil_to_ms(zone, day, schedule->minute_of_day);
        return true;
    }
    return false;
}

bool schedule_after_ms(const struct schedule *schedule,
        const struct civil_zone *zone, int64_t ms, struct due *due)
{
    struct civil_date day = civil_date_plus(civil_from_ms(zone, ms).date, -1);
    struct due found;

    do {
        if (!schedule_after_date(schedule, zone, day, &found))
            return false;
        day = found.date;
    } while (found.ms <= ms);
    *due = found;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes the next word off *at, which may be cut by spaces or commas; false at
 * the end.  A word too long for any meaning is cut: it will match nothing. */
static bool next_word(const char **at, char word[WORD_SIZE])
{
    const char *start = *at + strspn(*at, " \t,");
    size_t length = strcspn(start, " \t,");

    *at = start + length;
    if (length == 0)
        return false;
    snprintf(word, WORD_SIZE, "%.*s", (int)length, start);
    return true;
}

/* "9:05" or "09:05". */
static bool read_time(const char *word, int *minute_of_day)
{
    const char *at = word;
    int hours = 0, minutes = 0;

    for (; is_digit(*at) && at - word < 2; at++)
        hours = hours * 10 + (*at - '0');
    if (at == word || *at++ != ':')
        return false;
    if (!is_digit(at[0]) || !is_digit(at[1]) || at[2] != '\0')
        return false;
    minutes = (at[0] - '0') * 10 + (at[1] - '0');
    if (hours > 23 || minutes > 59)
        return false;
    *minute_of_day = hours * MINUTES_IN_HOUR + minutes;
    return true;
}

static bool unknown_day(const char *word, struct error *err)
{
    const char *known[DAY_WORDS + 1];

    for (size_t i = 0; i < DAY_WORDS; i++)
        known[i] = day_words[i].word;
    known[DAY_WORDS] = NULL;
    const char *nearest = text_nearest(word, known);
    if (nearest != NULL)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is not a day; did you mean %s?", word, nearest);
    return error_set(err, ERROR_INPUT,
            "\"%s\" is not a day; write daily, weekdays, or days such as "
            "mon wed fri",
            word);
}

static bool day_bits(const char *word, unsigned *bits)
{
    for (size_t i = 0; i < DAY_WORDS; i++)
        if (text_same_ascii(day_words[i].word, word)) {
            *bits = day_words[i].weekdays;
            return true;
        }
    return false;
}

/* The days from one to the other, over the week's end if need be. */
static unsigned days_between(unsigned from, unsigned to)
{
    unsigned days = from;

    while (from != to) {
        from = from == 1U << CIVIL_SUNDAY ? 1U << CIVIL_MONDAY : from << 1;
        days |= from;
    }
    return days;
}

static bool is_one_day(unsigned bits)
{
    return bits != 0 && (bits & (bits - 1)) == 0;
}

/* "mon", "weekdays", "mon-fri". */
static bool read_days(char *word, unsigned *weekdays, struct error *err)
{
    unsigned first, last;
    char *dash = strchr(word, '-');

    if (dash == NULL) {
        if (!day_bits(word, &first))
            return unknown_day(word, err);
        *weekdays |= first;
        return true;
    }
    *dash = '\0';
    if (!day_bits(word, &first))
        return unknown_day(word, err);
    if (!day_bits(dash + 1, &last))
        return unknown_day(dash + 1, err);
    if (!is_one_day(first) || !is_one_day(last))
        return error_set(err, ERROR_INPUT,
                "\"%s-%s\" is not a range of days; write for example mon-fri",
                word, dash + 1);
    *weekdays |= days_between(first, last);
    return true;
}

static bool read_off(const char *rest, struct schedule *schedule,
        struct error *err)
{
    char word[WORD_SIZE];

    if (next_word(&rest, word))
        return error_set(err, ERROR_INPUT,
                "\"off\" stands alone, without \"%s\"", word);
    schedule->minute_of_day = -1;
    return true;
}

bool schedule_parse(const char *text, struct schedule *schedule,
        struct error *err)
{
    char word[WORD_SIZE];
    int minute_of_day;
    unsigned weekdays = WEEKDAYS_NONE;

    if (!next_word(&text, word))
        return error_set(err, ERROR_INPUT,
                "a schedule is empty; write for example 13:30 weekdays, or "
                "off");
    if (text_same_ascii(word, "off"))
        return read_off(text, schedule, err);
    if (!read_time(word, &minute_of_day))
        return error_set(err, ERROR_INPUT,
                "\"%s\" is not a time of day; write hours 00 to 23 and "
                "minutes, for example 13:30 weekdays",
                word);
    while (next_word(&text, word))
        if (!read_days(word, &weekdays, err))
            return false;
    if (weekdays == WEEKDAYS_NONE)
        return error_set(err, ERROR_INPUT,
                "a schedule names no days; write for example %02d:%02d "
                "weekdays, or %02d:%02d daily",
                minute_of_day / MINUTES_IN_HOUR,
                minute_of_day % MINUTES_IN_HOUR,
                minute_of_day / MINUTES_IN_HOUR,
                minute_of_day % MINUTES_IN_HOUR);
    schedule->minute_of_day = minute_of_day;
    schedule->weekdays = weekdays;
    return true;
}

const char *schedule_text(const struct schedule *schedule, struct arena *arena)
{
    static const char *const days[DAYS_IN_WEEK] = {"mon", "tue", "wed", "thu",
            "fri", "sat", "sun"};
    struct text text;

    if (schedule->minute_of_day < 0)
        return "off";
    text_init(&text, arena, 100);
    text_add_format(&text, "%02d:%02d",
            schedule->minute_of_day / MINUTES_IN_HOUR,
            schedule->minute_of_day % MINUTES_IN_HOUR);
    if (schedule->weekdays == WEEKDAYS_ALL)
        text_add(&text, " daily");
    else if (schedule->weekdays == WEEKDAYS_WORKING)
        text_add(&text, " weekdays");
    else
        for (size_t i = 0; i < DAYS_IN_WEEK; i++)
            if ((schedule->weekdays & (1U << i)) != 0)
                text_add_format(&text, " %s", days[i]);
    return text_string(&text);
}
