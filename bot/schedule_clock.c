#include "bot/schedule_clock.h"

#include "bot/base/text.h"

#include <stdbool.h>
#include <string.h>

enum {
    HOUR = 60, /* minutes */
    HALF_DAY = 12 * HOUR,
    DAY = 24 * HOUR,
    QUARTER = 15,
};

struct sign {
    const char *sign;
    int value;
};

/* Moves behind the first sign that stands there; its value, or -1. */
static int take_sign(const char **at, const struct sign *signs)
{
    for (; signs->sign != NULL; signs++)
        if (text_starts(*at, signs->sign)) {
            *at += strlen(signs->sign);
            return signs->value;
        }
    return -1;
}

/* --- numbers --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, at most four; how many stood there. */
static int take_digits(const char **at, int *number)
{
    int count = 0;

    for (*number = 0; is_digit(**at) && count < 4; count++)
        *number = *number * 10 + (*(*at)++ - '0');
    return count;
}

/* "八", "十", "十二", "二十", "四十五": up to 59; -1 for none. */
static int take_han_number(const char **at)
{
    static const struct sign ones[] = {{"零", 0}, {"〇", 0}, {"一", 1},
            {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6},
            {"七", 7}, {"八", 8}, {"九", 9}, {NULL, 0}};
    static const struct sign ten[] = {{"十", 10}, {NULL, 0}};
    const char *begin = *at;
    int number = take_sign(at, ones);

    if (take_sign(at, ten) < 0)
        return number;
    int more = take_sign(at, ones);
    number = (number < 0 ? 1 : number) * 10 + (more < 0 ? 0 : more);
    if (number < 60)
        return number;
    *at = begin;
    return -1;
}

/* A number of either script; -1 for none. */
static int take_number(const char **at)
{
    int number;

    if (take_digits(at, &number) > 0)
        return number;
    return take_han_number(at);
}

/* --- parts of the day --- */

static bool take_part(struct schedule_clock *clock, const char **at)
{
    static const struct sign signs[] = {{"上午", SCHEDULE_MORNING},
            {"早上", SCHEDULE_MORNING}, {"早晨", SCHEDULE_MORNING},
            {"清晨", SCHEDULE_MORNING}, {"凌晨", SCHEDULE_MORNING},
            {"中午", SCHEDULE_NOON}, {"下午", SCHEDULE_AFTERNOON},
            {"傍晚", SCHEDULE_EVENING}, {"晚上", SCHEDULE_EVENING},
            {"夜里", SCHEDULE_EVENING}, {"早", SCHEDULE_MORNING},
            {"晚", SCHEDULE_EVENING}, {NULL, 0}};
    int part = take_sign(at, signs);

    if (part < 0)
        return false;
    clock->part = (enum schedule_clock_part)part;
    return true;
}

static bool is_word_end(char c)
{
    return c == '\0' || c == ' ' || c == ',' || (unsigned char)c >= 0x80;
}

/* "pm" behind a time, a space between them or not. */
static void take_half(struct schedule_clock *clock, const char **at)
{
    static const struct sign halves[] = {{"a.m.", SCHEDULE_MORNING},
            {"p.m.", SCHEDULE_AFTERNOON}, {"am", SCHEDULE_MORNING},
            {"pm", SCHEDULE_AFTERNOON}, {"AM", SCHEDULE_MORNING},
            {"PM", SCHEDULE_AFTERNOON}, {"Am", SCHEDULE_MORNING},
            {"Pm", SCHEDULE_AFTERNOON}, {NULL, 0}};
    const char *behind = *at + strspn(*at, " ");
    int part = take_sign(&behind, halves);

    if (part < 0 || !is_word_end(*behind))
        return;
    clock->part = (enum schedule_clock_part)part;
    *at = behind;
}

/* --- minutes --- */

/* Behind "点": "半", "一刻", "30分", "三十"; 0 for nothing. */
static int take_han_minutes(const char **at)
{
    static const struct sign parts[] = {{"半", 2 * QUARTER}, {"一刻", QUARTER},
            {"三刻", 3 * QUARTER}, {"整", 0}, {"钟", 0}, {NULL, 0}};
    static const struct sign minute[] = {{"分钟", 0}, {"分", 0}, {NULL, 0}};
    int part = take_sign(at, parts);

    if (part >= 0)
        return part;
    int minutes = take_number(at);
    if (minutes < 0)
        return 0;
    take_sign(at, minute);
    return minutes;
}

/* Two digits behind a sign between hours and minutes; -1 for none. */
static int take_minutes(const char **at)
{
    int minutes;
    const char *behind = *at + 1;

    if (**at != ':' && **at != '.' && **at != 'h')
        return -1;
    if (take_digits(&behind, &minutes) != 2 || !is_word_end(*behind)) {
        const char *half = behind;
        struct schedule_clock ignored = {0};
        take_half(&ignored, &half);
        if (half == behind)
            return -1;
    }
    *at = behind;
    return minutes;
}

/* --- a time --- */

static enum schedule_clock_result settle(struct schedule_clock *clock,
        int hours, int minutes)
{
    if (clock->minute_of_day >= 0)
        return SCHEDULE_CLOCK_SECOND;
    if (hours > 24 || minutes > 59 || (hours == 24 && minutes > 0))
        return SCHEDULE_CLOCK_WRONG;
    clock->minute_of_day = (hours * HOUR + minutes) % DAY;
    return SCHEDULE_CLOCK_TAKEN;
}

/* The rest of what cannot be a time, so that it can be said again. */
static enum schedule_clock_result wrong(const char **at)
{
    while (!is_word_end(**at))
        (*at)++;
    return SCHEDULE_CLOCK_WRONG;
}

static enum schedule_clock_result take_digital(struct schedule_clock *clock,
        const char **at)
{
    int hours, minutes;
    int digits = take_digits(at, &hours);

    minutes = take_minutes(at);
    if (minutes < 0 && digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    }
    take_half(clock, at);
    if (digits == 3 || !is_word_end(**at))
        return wrong(at);
    return settle(clock, hours, minutes < 0 ? 0 : minutes);
}

enum schedule_clock_result schedule_clock_take(struct schedule_clock *clock,
        const char **at)
{
    static const struct sign o_clock[] = {{"点", 0}, {"點", 0}, {"时", 0},
            {"時", 0}, {NULL, 0}};
    const char *behind = *at;

    if (take_part(clock, at))
        return SCHEDULE_CLOCK_TAKEN;
    int hours = take_number(&behind);
    if (hours < 0)
        return SCHEDULE_CLOCK_NONE;
    if (take_sign(&behind, o_clock) >= 0) {
        *at = behind;
        int minutes = take_han_minutes(at);
        return settle(clock, hours, minutes);
    }
    return is_digit(**at) ? take_digital(clock, at) : SCHEDULE_CLOCK_NONE;
}

int schedule_clock_minute(const struct schedule_clock *clock)
{
    int minute = clock->minute_of_day;

    if (minute < 0)
        return -1;
    switch (clock->part) {
    case SCHEDULE_MORNING:
        return minute / HALF_DAY == 1 && minute < HALF_DAY + HOUR
                ? minute - HALF_DAY
                : minute;
    case SCHEDULE_NOON:
        return minute < 4 * HOUR ? minute + HALF_DAY : minute;
    case SCHEDULE_AFTERNOON:
        return minute < HALF_DAY ? minute + HALF_DAY : minute;
    case SCHEDULE_EVENING:
        if (minute >= HALF_DAY && minute < HALF_DAY + HOUR)
            return minute - HALF_DAY;
        return minute < HALF_DAY ? minute + HALF_DAY : minute;
    case SCHEDULE_WHOLE_DAY:
        break;
    }
    return minute;
}
