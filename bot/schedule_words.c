#include "bot/schedule_words.h"

#include "bot/base/text.h"
#include "bot/model/channel.h"
#include "bot/schedule.h"
#include "bot/schedule_clock.h"
#include "bot/zone_names.h"

#include <string.h>
#include <strings.h>

enum {
    ZONE_WORDS_MAX = 4, /* "Ho Chi Minh City" */
    DAYS_IN_WEEK = 7,
};

struct reading {
    struct arena *arena;
    const char *at;
    struct schedule_clock clock;
    struct schedule_words words;
};

static bool refuse(struct reading *reading, enum schedule_flaw flaw,
        const char *word, const char *nearest)
{
    reading->words.flaw = flaw;
    reading->words.word = word;
    reading->words.nearest = nearest;
    return true;
}

/* --- signs --- */

static bool is_ascii(const char *at)
{
    return (unsigned char)*at < 0x80;
}

static size_t separator(const char *at)
{
    static const char *const wide[] = {"、", "。", "；", "和", "及", "与"};

    if (*at == ' ' || *at == ',' || *at == ';')
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text_starts(at, wide[i]))
            return strlen(wide[i]);
    return 0;
}

static void skip_separators(struct reading *reading)
{
    for (size_t step; (step = separator(reading->at)) > 0;)
        reading->at += step;
}

/* A run of one script, up to a separator. */
static const char *next_run(struct reading *reading)
{
    const char *begin = reading->at;
    bool ascii = is_ascii(begin);

    while (*reading->at != '\0' && separator(reading->at) == 0 &&
            is_ascii(reading->at) == ascii)
        reading->at++;
    return arena_string_n(reading->arena, begin, (size_t)(reading->at - begin));
}

/* --- Chinese words --- */

struct meaning {
    const char *word;
    unsigned weekdays;
    bool off;
};

/* Longer ones before those that they begin with. */
static const struct meaning meanings[] = {
        {"每个工作日", WEEKDAYS_WORKING, false},
        {"每工作日", WEEKDAYS_WORKING, false},
        {"工作日", WEEKDAYS_WORKING, false},
        {"每天", WEEKDAYS_ALL, false},
        {"每日", WEEKDAYS_ALL, false},
        {"天天", WEEKDAYS_ALL, false},
        {"平日", WEEKDAYS_WORKING, false},
        {"周末", WEEKDAYS_ALL & ~(unsigned)WEEKDAYS_WORKING, false},
        {"关闭", 0, true},
        {"不发", 0, true},
        {"关", 0, true},
        {"停", 0, true},
        /* said and without meaning here */
        {"时区", 0, false},
        {"时间", 0, false},
        {"发送", 0, false},
        {"每", 0, false},
        {"的", 0, false},
        {"在", 0, false},
        {"于", 0, false},
        {"发", 0, false},
};

static bool take_meaning(struct reading *reading)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (!text_starts(reading->at, meanings[i].word))
            continue;
        reading->words.weekdays |= meanings[i].weekdays;
        reading->words.off = reading->words.off || meanings[i].off;
        reading->at += strlen(meanings[i].word);
        return true;
    }
    return false;
}

/* 0 for Monday; -1 if no day stands there. */
static int take_day_sign(const char **at)
{
    static const struct {
        const char *sign;
        int day;
    } signs[] = {{"一", 0}, {"二", 1}, {"三", 2}, {"四", 3}, {"五", 4},
            {"六", 5}, {"日", 6}, {"天", 6}};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(*at, signs[i].sign)) {
            *at += strlen(signs[i].sign);
            return signs[i].day;
        }
    return -1;
}

static bool take_one_of(const char **at, const char *const *words)
{
    for (; *words != NULL; words++)
        if (text_starts(*at, *words)) {
            *at += strlen(*words);
            return true;
        }
    return false;
}

static bool take_week(const char **at)
{
    static const char *const words[] = {"每周", "周", "每星期", "星期", "礼拜",
            NULL};
    return take_one_of(at, words);
}

/* "周一", "周一三五", "周一至周五", "星期六". */
static bool take_weekdays(struct reading *reading)
{
    static const char *const until[] = {"至", "到", "-", "~", "～", "—", NULL};
    const char *at = reading->at;
    unsigned days = 0;
    int day, last = -1;

    if (!take_week(&at))
        return false;
    while ((day = take_day_sign(&at)) >= 0) {
        days |= 1U << day;
        last = day;
    }
    if (last < 0)
        return false;
    const char *behind = at;
    if (take_one_of(&behind, until)) {
        take_week(&behind);
        int to = take_day_sign(&behind);
        for (int i = last; to >= 0 && i != to; i = (i + 1) % DAYS_IN_WEEK)
            days |= 1U << ((i + 1) % DAYS_IN_WEEK);
        at = to >= 0 ? behind : at;
    }
    reading->words.weekdays |= days;
    reading->at = at;
    return true;
}

/* --- zones --- */

static bool take_zone(struct reading *reading, const char *word,
        struct zone_name found)
{
    struct schedule_words *words = &reading->words;

    if (found.choices != NULL) {
        words->choices = found.choices;
        return refuse(reading, SCHEDULE_FLAW_ZONES, word, NULL);
    }
    if (*words->timezone != '\0' && !text_same(words->timezone, found.zone))
        return refuse(reading, SCHEDULE_FLAW_REPEATS, word, NULL);
    words->timezone = found.zone;
    return true;
}

static bool take_place(struct reading *reading)
{
    struct zone_name found;
    size_t length = zone_names_begins(reading->at, &found);

    if (length == 0)
        return false;
    const char *word = arena_string_n(reading->arena, reading->at, length);
    reading->at += length;
    return take_zone(reading, word, found);
}

/* --- English words --- */

static bool is_said_for_nothing(const char *word)
{
    static const char *const words[] = {"at", "on", "every", "in", "each",
            "and", "the", "time", "from", "to", "oclock", "o'clock", NULL};

    for (size_t i = 0; words[i] != NULL; i++)
        if (text_same_ascii(word, words[i]))
            return true;
    return false;
}

static bool take_days(struct reading *reading, const char *word)
{
    static const struct {
        const char *word, *known;
    } others[] = {{"day", "daily"}, {"days", "daily"}, {"weekday", "weekdays"},
            {"workdays", "weekdays"}, {"workday", "weekdays"},
            {"weekend", "weekends"}, {"tues", "tue"}, {"thur", "thu"},
            {"thurs", "thu"}};
    struct schedule days = {.minute_of_day = 0};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_same_ascii(word, others[i].word))
            word = others[i].known;
    if (!schedule_parse(arena_format(reading->arena, "00:00 %s", word), &days,
                NULL))
        return false;
    reading->words.weekdays |= days.weekdays;
    return true;
}

/* The zone that the most of the words from here on name together. */
static bool take_zone_words(struct reading *reading, const char *first)
{
    struct zone_name best = zone_names_find(first, reading->arena);
    const char *name = first, *best_name = first, *behind = reading->at;

    for (size_t i = 1; i < ZONE_WORDS_MAX; i++) {
        skip_separators(reading);
        if (*reading->at == '\0' || !is_ascii(reading->at))
            break;
        name = arena_format(reading->arena, "%s %s", name, next_run(reading));
        struct zone_name found = zone_names_find(name, reading->arena);
        if (found.zone != NULL || found.choices != NULL) {
            best = found;
            best_name = name;
            behind = reading->at;
        }
    }
    reading->at = behind;
    return (best.zone != NULL || best.choices != NULL) &&
            take_zone(reading, best_name, best);
}

static const char *nearest_word(const char *word)
{
    static const char *const known[] = {"daily", "weekdays", "weekends",
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "off",
            NULL};
    return text_nearest(word, known);
}

static bool refuse_word(struct reading *reading, const char *word)
{
    const char *zone = zone_names_nearest(word, reading->arena);

    if (*word >= '0' && *word <= '9')
        return refuse(reading, SCHEDULE_FLAW_TIME, word, NULL);
    if (strchr(word, '/') != NULL || strncasecmp(word, "utc", 3) == 0 ||
            strncasecmp(word, "gmt", 3) == 0)
        return refuse(reading, SCHEDULE_FLAW_ZONE, word, zone);
    const char *near = nearest_word(word);
    if (near == NULL && zone != NULL)
        return refuse(reading, SCHEDULE_FLAW_ZONE, word, zone);
    return refuse(reading, SCHEDULE_FLAW_WORD, word, near);
}

static bool take_english(struct reading *reading)
{
    const char *word = next_run(reading);

    if (is_said_for_nothing(word) || take_days(reading, word))
        return true;
    if (text_same_ascii(word, "off") || text_same_ascii(word, "never")) {
        reading->words.off = true;
        return true;
    }
    return take_zone_words(reading, word) || refuse_word(reading, word);
}

/* --- the line --- */

static bool take_clock(struct reading *reading)
{
    const char *begin = reading->at;

    switch (schedule_clock_take(&reading->clock, &reading->at)) {
    case SCHEDULE_CLOCK_NONE:
        return false;
    case SCHEDULE_CLOCK_TAKEN:
        return true;
    case SCHEDULE_CLOCK_WRONG:
        refuse(reading, SCHEDULE_FLAW_TIME, begin, NULL);
        break;
    case SCHEDULE_CLOCK_SECOND:
        refuse(reading, SCHEDULE_FLAW_REPEATS, begin, NULL);
        break;
    }
    reading->words.word = arena_string_n(reading->arena, begin,
            (size_t)(reading->at - begin));
    return true;
}

static void take_next(struct reading *reading)
{
    if (take_clock(reading))
        return;
    if (is_ascii(reading->at))
        take_english(reading);
    else if (!take_weekdays(reading) && !take_place(reading) &&
            !take_meaning(reading))
        refuse(reading, SCHEDULE_FLAW_WORD, next_run(reading), NULL);
}

struct schedule_words schedule_words_read(struct arena *arena, const char *line)
{
    struct reading reading = {.arena = arena,
            .at = line,
            .clock = {.minute_of_day = -1},
            .words = {.minute_of_day = -1, .timezone = "", .word = ""}};
    struct schedule_words *words = &reading.words;

    skip_separators(&reading);
    while (*reading.at != '\0' && words->flaw == SCHEDULE_FLAWLESS) {
        take_next(&reading);
        skip_separators(&reading);
    }
    words->minute_of_day = schedule_clock_minute(&reading.clock);
    if (words->flaw == SCHEDULE_FLAWLESS && words->off &&
            (words->minute_of_day >= 0 || words->weekdays != 0))
        refuse(&reading, SCHEDULE_FLAW_OFF, "off", NULL);
    return *words;
}
