#include "bot/commands/command_shown.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_change.h"
#include "bot/commands/command_topic.h"
#include "bot/commands/command_values.h"
#include "bot/labels.h"
#include "bot/schedule.h"

#include <stdint.h>
#include <string.h>

static const struct phrase is = {
        .english = "%1: %2",
        .chinese = "%1：%2",
};
static const struct phrase is_already = {
        .english = "Already so: %1 %2. Nothing was changed.",
        .chinese = "本来就是：%1 %2。没有改动。",
};
static const struct phrase is_now = {
        .english = "Now: %1 %2 (before: %3).",
        .chinese = "现在：%1 %2（原来：%3）。",
};
static const struct phrase nothing = {.english = "none", .chinese = "无"};
static const struct phrase off = {.english = "off", .chinese = "关闭"};
static const struct phrase paused = {.english = "paused", .chinese = "已暂停"};
static const struct phrase running = {.english = "not paused",
        .chinese = "未暂停"};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

/* --- values --- */

static const char *show_topics(const struct command_call *call,
        const struct channel *channel)
{
    return command_topic_all(call, &channel->subscription);
}

static const char *days_text(const struct command_call *call, unsigned weekdays)
{
    static const char *const signs[] = {"一", "二", "三", "四", "五", "六",
            "日"};
    struct text text;

    if (weekdays == WEEKDAYS_ALL)
        return "每天";
    if (weekdays == WEEKDAYS_WORKING)
        return "工作日";
    text_init(&text, call->arena, 100);
    text_add(&text, "周");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if ((weekdays & (1U << i)) != 0)
            text_add(&text, signs[i]);
    return text_string(&text);
}

static const char *show_schedule(const struct command_call *call,
        const struct channel *channel)
{
    const struct schedule *schedule = &channel->schedule;
    const char *hour = schedule->minute_of_day < 0
            ? phrase_text(&off, call->language)
            : schedule_text(schedule, call->arena);

    if (in_chinese(call) && schedule->minute_of_day >= 0)
        hour = arena_format(call->arena, "%.5s %s", hour,
                days_text(call, schedule->weekdays));
    return arena_format(call->arena, "%s%s%s", hour,
            *schedule->timezone != '\0' ? " " : "", schedule->timezone);
}

static const char *show_languages(const struct command_call *call,
        const struct channel *channel)
{
    const char *const *tags = channel->languages.tags;
    const char *names[2] = {"", ""};

    for (size_t i = 0; i < 2 && tags[i] != NULL; i++)
        names[i] = command_values_name(command_values_language, tags[i],
                call->language);
    return arena_format(call->arena, "%s%s%s", names[0],
            *names[1] != '\0' ? " " : "", names[1]);
}

static const char *show_size(const struct command_call *call,
        const struct channel *channel)
{
    return channel_settings_text(channel, "size", call->arena);
}

static const char *show_style(const struct command_call *call,
        const struct channel *channel)
{
    return command_values_name(command_values_style,
            channel_settings_text(channel, "style", call->arena),
            call->language);
}

static const char *show_layout(const struct command_call *call,
        const struct channel *channel)
{
    return command_values_name(command_values_layout,
            channel_settings_text(channel, "layout", call->arena),
            call->language);
}

static const char *show_mix(const struct command_call *call,
        const struct channel *channel)
{
    return command_values_name(command_values_mix,
            channel_settings_text(channel, "mix", call->arena), call->language);
}

static const char *show_when(const struct command_call *call,
        const struct channel *channel)
{
    return command_values_name(command_values_when,
            channel_settings_text(channel, "when", call->arena),
            call->language);
}

static const char *show_quiet(const struct command_call *call,
        const struct channel *channel)
{
    return command_values_name(command_values_quiet,
            channel_settings_text(channel, "quiet", call->arena),
            call->language);
}

static const char *show_credit(const struct command_call *call,
        const struct channel *channel)
{
    (void)call;
    return channel->credit;
}

/* Ids as the product writes them, apart by spaces: as they are set. */
static const char *people_text(const struct command_call *call,
        const struct string_list *people)
{
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < people->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? " " : "", people->items[i]);
    return text_string(&text);
}

static const char *show_admins(const struct command_call *call,
        const struct channel *channel)
{
    return people_text(call, &channel->admins);
}

static const char *show_curators(const struct command_call *call,
        const struct channel *channel)
{
    return people_text(call, &channel->curators);
}

static const char *show_curate(const struct command_call *call,
        const struct channel *channel)
{
    const char *value = channel_settings_text(channel, "curate", call->arena);
    size_t digits = strspn(value, "0123456789");

    if (channel->curate_ms == 0)
        return phrase_text(&off, call->language);
    if (!in_chinese(call))
        return value;
    return arena_format(call->arena, "%.*s %s", (int)digits, value,
            value[digits] == 'h'           ? "小时"
                    : value[digits] == 'm' ? "分钟"
                                           : "秒");
}

static const char *show_paused(const struct command_call *call,
        const struct channel *channel)
{
    return phrase_text(channel->paused ? &paused : &running, call->language);
}

const struct command_shown command_shown_table[] = {
        {"subscribe", "订阅", {"categories", "words", "authors", "unwanted"},
                show_topics},
        {"schedule", "时间", {"schedule", "timezone"}, show_schedule},
        {"languages", "语言", {"languages"}, show_languages},
        {"size", "篇数", {"size"}, show_size},
        {"style", "风格", {"style"}, show_style},
        {"layout", "版式", {"layout"}, show_layout},
        {"mix", "搭配", {"mix"}, show_mix},
        {"when", "何时", {"when"}, show_when},
        {"quiet", "空闲日", {"quiet"}, show_quiet},
        {"credit", "署名", {"credit"}, show_credit},
        {"admins", "管理员", {"admins"}, show_admins},
        {"curators", "编辑", {"curators"}, show_curators},
        {"curate", "审稿", {"curate"}, show_curate},
        {"pause", "暂停", {"paused"}, show_paused},
        {.name = NULL},
};

/* --- the table --- */

static bool has_key(const struct command_shown *shown, const char *key)
{
    for (size_t i = 0; shown->keys[i] != NULL; i++)
        if (text_same_ascii(shown->keys[i], key))
            return true;
    return false;
}

const struct command_shown *command_shown_find(struct arena *arena,
        const char *word)
{
    static const char *const pairs[][2] = {{"unsubscribe", "subscribe"},
            {"subscriptions", "subscribe"}, {"resume", "pause"}};
    const struct command *command = command_find(arena, word);
    const char *name = command != NULL ? command->english[0] : word;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (text_same(name, pairs[i][0]))
            name = pairs[i][1];
    for (const struct command_shown *at = command_shown_table; at->name != NULL;
            at++)
        if (text_same_ascii(at->name, name) || has_key(at, name))
            return at;
    return NULL;
}

const char *command_shown_name(const struct command_call *call,
        const struct command_shown *shown)
{
    return in_chinese(call) ? shown->chinese : shown->name;
}

const char *command_shown_value(const struct command_call *call,
        const struct command_shown *shown, const struct channel *channel)
{
    const char *value = shown->show(call, channel);

    return *value != '\0' ? value : phrase_text(&nothing, call->language);
}

/* --- answers --- */

void command_shown_say(const struct command_call *call,
        const struct command_shown *shown, bool already,
        struct command_answer *answer)
{
    command_say(call, answer, already ? &is_already : &is,
            PHRASE_VALUES(command_shown_name(call, shown),
                    command_shown_value(call, shown, call->channel)));
}

bool command_shown_keep(const struct command_call *call,
        const struct command_shown *shown, const struct channel *wanted,
        struct command_answer *answer, bool *changed, struct error *err)
{
    if (!command_change_keep(call, wanted, shown->keys, shown->name, NULL,
                changed, err))
        return false;
    if (!*changed)
        command_shown_say(call, shown, true, answer);
    else
        command_say(call, answer, &is_now,
                PHRASE_VALUES(command_shown_name(call, shown),
                        command_shown_value(call, shown, wanted),
                        command_shown_value(call, shown, call->channel)));
    return true;
}
