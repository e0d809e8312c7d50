#include "bot/commands/command_due.h"

#include "bot/base/text.h"
#include "bot/labels.h"
#include "bot/schedule.h"
#include "bot/schedule_hint.h"

#include <string.h>

static const char digest_prefix[] = "digest/";

static const struct phrase next = {
        .english = "Next digest: %1 %2 %3 (%4).",
        .chinese = "下一期：%2（%1）%3（%4）。",
};
static const struct phrase none = {
        .english = "No digest comes by itself: no hour is set. For example: %1",
        .chinese = "目前不会自动发送：还没有设定时间。例如发送 %1",
};
static const struct phrase no_zone = {
        .english = "No digest comes by itself: no time zone is set. For "
                   "example: %1",
        .chinese = "目前不会自动发送：还没有设定时区。例如发送 %1",
};
static const struct phrase paused = {
        .english = "It is paused: no digest comes by itself until %1.",
        .chinese = "现已暂停：在发送 %1 之前不会自动发送。",
};
static const struct phrase misses_always = {
        .english = "Note: arXiv's announcement comes at %1 there, so %2 posts "
                   "that of the day before. %3 would have the day's.",
        .chinese =
                "提示：arXiv 的公告在当地 %1 才能读到，所以 %2 发的总是前一天"
                "的公告；改为 %3 就能赶上当天的。",
};
static const struct phrase misses_at_times = {
        .english = "Note: arXiv's announcement comes at %1 there, so for a "
                   "part of the year %2 posts that of the day before. %3 "
                   "always has the day's.",
        .chinese = "提示：arXiv 的公告在当地 %1 才能读到，所以一年中有一段时间 "
                   "%2 发的是前一天的公告；改为 %3 就总能赶上当天的。",
};

static const char *weekday(const struct command_call *call,
        struct civil_date date)
{
    static const char *const english[] = {"Mon", "Tue", "Wed", "Thu", "Fri",
            "Sat", "Sun"};
    static const char *const chinese[] = {"周一", "周二", "周三", "周四",
            "周五", "周六", "周日"};
    enum civil_weekday day = civil_date_weekday(date);

    return label_same_language(call->language, "zh") ? chinese[day]
                                                     : english[day];
}

static const char *date_text(const struct command_call *call,
        struct civil_date date)
{
    char text[CIVIL_DATE_SIZE];

    civil_date_format(date, text);
    return arena_string(call->arena, text);
}

static const char *clock_text(const struct command_call *call, int minute)
{
    return arena_format(call->arena, "%02d:%02d", minute / 60, minute % 60);
}

const char *command_due_instant(const struct command_call *call,
        const struct channel *channel, int64_t ms)
{
    const char *name = channel->schedule.timezone;
    bool named = *name != '\0';
    struct civil_zone *zone = civil_zone_open(named ? name : "UTC", NULL);

    if (zone == NULL)
        return "";
    struct civil_time time = civil_from_ms(zone, ms);
    civil_zone_close(zone);
    return arena_format(call->arena, "%s %s%s", date_text(call, time.date),
            clock_text(call, time.minute_of_day), named ? "" : " UTC");
}

/* The date of the newest digest that has its outcome; unset if there is
 * none. */
static bool newest_digest(const struct command_call *call,
        struct civil_date *date, struct error *err)
{
    struct occasion_list occasions = {0};

    *date = (struct civil_date){0};
    if (!store_occasion_list(call->store, call->channel->id, digest_prefix, 1,
                call->arena, &occasions, err))
        return false;
    if (occasions.count > 0)
        civil_date_parse(occasions.items[0].key + strlen(digest_prefix), date);
    return true;
}

static bool find_due(const struct command_call *call,
        const struct channel *channel, const struct civil_zone *zone,
        struct due *due, struct error *err)
{
    struct civil_date newest;

    if (!newest_digest(call, &newest, err))
        return false;
    if (schedule_after_ms(&channel->schedule, zone, call->now_ms, due) &&
            civil_date_is_set(newest) &&
            civil_date_compare(due->date, newest) <= 0)
        schedule_after_date(&channel->schedule, zone, newest, due);
    return true;
}

static bool say_next(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err)
{
    struct due due;
    struct civil_zone *zone = civil_zone_open(channel->schedule.timezone, err);

    if (zone == NULL)
        return false;
    bool good = find_due(call, channel, zone, &due, err);
    struct civil_time time = {0};
    if (good)
        time = civil_from_ms(zone, due.ms);
    civil_zone_close(zone);
    if (good)
        command_say(call, answer, &next,
                PHRASE_VALUES(weekday(call, time.date),
                        date_text(call, time.date),
                        clock_text(call, time.minute_of_day),
                        channel->schedule.timezone));
    return good;
}

bool command_due_say(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err)
{
    bool chinese = label_same_language(call->language, "zh");

    if (channel->paused)
        command_say(call, answer, &paused,
                PHRASE_VALUES(command_as_typed(call,
                        chinese ? "恢复" : "resume")));
    else if (channel->schedule.minute_of_day < 0 ||
            channel->schedule.weekdays == WEEKDAYS_NONE)
        command_say(call, answer, &none,
                PHRASE_VALUES(command_as_typed(call,
                        chinese ? "时间 13:30 工作日 上海"
                                : "schedule 13:30 weekdays Asia/Shanghai")));
    else if (*channel->schedule.timezone == '\0')
        command_say(call, answer, &no_zone,
                PHRASE_VALUES(command_as_typed(call,
                        chinese ? "时间 上海" : "schedule Asia/Shanghai")));
    else
        return say_next(call, channel, answer, err);
    return true;
}

void command_due_hint(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer)
{
    bool chinese = label_same_language(call->language, "zh");
    struct schedule_miss miss;

    if (!schedule_hint_find(channel, call->today.year, &miss))
        return;
    const char *first = clock_text(call, miss.first_feed_minute);
    const char *feed = miss.first_feed_minute == miss.last_feed_minute
            ? first
            : arena_format(call->arena, "%s %s %s", first,
                      chinese ? "或" : "or",
                      clock_text(call, miss.last_feed_minute));
    command_say(call, answer, miss.always ? &misses_always : &misses_at_times,
            PHRASE_VALUES(feed,
                    clock_text(call, channel->schedule.minute_of_day),
                    clock_text(call, miss.better_minute)));
}
