#include "bot/commands/command_schedule.h"

#include "bot/base/text.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_shown.h"
#include "bot/labels.h"
#include "bot/schedule_words.h"

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const struct phrase no_zone = {
        .english = "“%1” is not a time zone I know. Write a city or an IANA "
                   "name: %2",
        .chinese = "我不认识“%1”这个时区。请写城市名或 IANA 名称，例如 %2",
};
static const struct phrase near_zone = {
        .english = "“%1” is not a time zone I know; did you mean %2? Write %3",
        .chinese = "我不认识“%1”这个时区；你是不是想写 %2？请发送 %3",
};
static const struct phrase several_zones = {
        .english = "“%1” has several time zones: %2. Write one of them: %3",
        .chinese = "“%1”对应几个时区：%2。请写明其中一个，例如 %3",
};
static const struct phrase no_time = {
        .english = "“%1” is not a time of day. Write hours and minutes, 00:00 "
                   "to 23:59: %2",
        .chinese = "“%1”不是一天中的时间。请写 00:00 到 23:59 之间的时间，"
                   "例如 %2",
};
static const struct phrase near_word = {
        .english = "I do not understand “%1” here; did you mean %2? For "
                   "example: %3",
        .chinese = "这里的“%1”我看不懂；你是不是想写 %2？例如 %3",
};
static const struct phrase no_word = {
        .english = "I do not understand “%1” here. Write a time, days and a "
                   "city, or only what is to change: %2",
        .chinese = "这里的“%1”我看不懂。请写时间、日期和城市，只写要改的部分也"
                   "可以，例如 %2",
};
static const struct phrase repeats = {
        .english = "“%1” is one time or zone too many: a channel has one. For "
                   "example: %2",
        .chinese = "“%1”多余了：一个频道只有一个时间和一个时区。例如 %2",
};
static const struct phrase off_alone = {
        .english = "“off” stands alone. To stop for a while: %1",
        .chinese = "“关闭”要单独写。只想停一段时间，请发送 %1",
};
static const struct phrase need_hour = {
        .english = "No hour is set yet; write it too: %1",
        .chinese = "还没有设定时间，请一起写上，例如 %1",
};
static const struct phrase need_zone = {
        .english = "In which time zone? Write it too: %1",
        .chinese = "按哪个时区？请一起写上，例如 %1",
};
static const struct phrase unchanged = {
        .english = "Nothing was changed.",
        .chinese = "没有改动任何设置。",
};

static const char *example(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

static const char *usual(const struct command_call *call)
{
    return example(call, "schedule 13:30 weekdays Asia/Shanghai",
            "时间 13:30 工作日 上海");
}

static const char *joined(const struct command_call *call,
        const char *const *choices)
{
    const char *join = label_same_language(call->language, "zh") ? "、" : ", ";
    struct text text;

    text_init(&text, call->arena, 400);
    for (size_t i = 0; choices[i] != NULL; i++)
        text_add_format(&text, "%s%s", i > 0 ? join : "", choices[i]);
    return text_string(&text);
}

/* "schedule Asia/Shanghai" */
static const char *typed(const struct command_call *call, const char *value)
{
    const char *name =
            label_same_language(call->language, "zh") ? "时间" : "schedule";
    return command_as_typed(call,
            arena_format(call->arena, "%s %s", name, value));
}

static void say_flaw(const struct command_call *call,
        const struct schedule_words *words, struct command_answer *answer)
{
    const char *word = text_shorten(call->arena, words->word, SHOWN_MAX);
    const char *nearest = words->nearest;

    switch (words->flaw) {
    case SCHEDULE_FLAW_ZONE:
        command_say(call, answer, nearest != NULL ? &near_zone : &no_zone,
                nearest != NULL
                        ? PHRASE_VALUES(word, nearest, typed(call, nearest))
                        : PHRASE_VALUES(word, usual(call)));
        break;
    case SCHEDULE_FLAW_ZONES:
        command_say(call, answer, &several_zones,
                PHRASE_VALUES(word, joined(call, words->choices),
                        typed(call, words->choices[0])));
        break;
    case SCHEDULE_FLAW_TIME:
        command_say(call, answer, &no_time, PHRASE_VALUES(word, usual(call)));
        break;
    case SCHEDULE_FLAW_REPEATS:
        command_say(call, answer, &repeats, PHRASE_VALUES(word, usual(call)));
        break;
    case SCHEDULE_FLAW_OFF:
        command_say(call, answer, &off_alone,
                PHRASE_VALUES(example(call, "pause", "暂停")));
        break;
    case SCHEDULE_FLAW_WORD:
    case SCHEDULE_FLAWLESS:
        command_say(call, answer, nearest != NULL ? &near_word : &no_word,
                nearest != NULL ? PHRASE_VALUES(word, nearest, usual(call))
                                : PHRASE_VALUES(word, usual(call)));
        break;
    }
    command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
}

/* What is not given stays; days that were never given are the working ones. */
static struct channel wanted(const struct command_call *call,
        const struct schedule_words *words)
{
    struct channel channel = *call->channel;
    struct schedule *schedule = &channel.schedule;

    if (words->off)
        schedule->minute_of_day = -1;
    if (words->minute_of_day >= 0)
        schedule->minute_of_day = words->minute_of_day;
    if (words->weekdays != WEEKDAYS_NONE)
        schedule->weekdays = words->weekdays;
    if (schedule->weekdays == WEEKDAYS_NONE)
        schedule->weekdays = WEEKDAYS_WORKING;
    if (*words->timezone != '\0')
        schedule->timezone = words->timezone;
    return channel;
}

/* What a schedule lacks to mean anything. */
static const struct phrase *lack(const struct channel *channel,
        const struct schedule_words *words)
{
    if (words->off)
        return NULL;
    if (channel->schedule.minute_of_day < 0 && words->weekdays != WEEKDAYS_NONE)
        return &need_hour;
    if (channel->schedule.minute_of_day >= 0 &&
            *channel->schedule.timezone == '\0')
        return &need_zone;
    return NULL;
}

bool command_schedule_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown =
            command_shown_find(call->arena, "schedule");
    const struct schedule_words words =
            schedule_words_read(call->arena, request->line);
    struct channel channel = wanted(call, &words);
    const struct phrase *lacks = lack(&channel, &words);
    bool changed = false;

    if (words.flaw != SCHEDULE_FLAWLESS) {
        say_flaw(call, &words, answer);
        return true;
    }
    if (request->words.count == 0) {
        channel = *call->channel;
        command_shown_say(call, shown, false, answer);
    } else if (lacks != NULL) {
        command_say(call, answer, lacks, PHRASE_VALUES(usual(call)));
        command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
        return true;
    } else if (!command_shown_keep(call, shown, &channel, answer, &changed,
                       err)) {
        return false;
    }
    if (!command_due_say(call, &channel, answer, err))
        return false;
    command_due_hint(call, &channel, answer);
    return true;
}
