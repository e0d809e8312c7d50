#include "bot/commands/command_announced.h"

#include "bot/announcement.h"
#include "bot/base/text.h"
#include "bot/commands/command_day.h"
#include "bot/labels.h"
#include "bot/model/category.h"

enum {
    BATCHES_LOOKED_AT = 1000, /* of a category: some four years */
    NAMED_MAX = 12,
};

static const struct phrase to_come = {
        .english = "%1 is still to come.",
        .chinese = "%1还没有到。",
};
static const struct phrase weekend = {
        .english = "arXiv announces nothing on Saturdays and Sundays, so there "
                   "is nothing of %1.",
        .chinese = "arXiv 周六、周日不发公告，所以 %1没有论文。",
};
static const struct phrase late = {
        .english = "arXiv's announcement of %1 is not out yet.",
        .chinese = "arXiv %1的公告还没有发布。",
};
static const struct phrase failed = {
        .english = "arXiv's announcement of %1 could not be read so far; I "
                   "keep trying.",
        .chinese = "arXiv %1的公告暂时读不到，我会继续尝试。",
};
static const struct phrase was_late = {
        .english = "arXiv's announcement of %1 had not come when I last "
                   "looked.",
        .chinese = "我最后一次查看时，arXiv %1的公告还没有出现。",
};
static const struct phrase was_failed = {
        .english = "arXiv's announcement of %1 could not be read at the time.",
        .chinese = "arXiv %1的公告当时没能读到。",
};
static const struct phrase none = {
        .english = "arXiv made no announcement on %1.",
        .chinese = "arXiv %1没有公告。",
};
static const struct phrase unknown = {
        .english = "I have no announcement of %1.",
        .chinese = "我这里没有 %1的公告。",
};
static const struct phrase rest_late = {
        .english = "Not out yet: %1",
        .chinese = "尚未发布：%1",
};
static const struct phrase rest_failed = {
        .english = "Could not be read so far: %1",
        .chinese = "暂时读不到：%1",
};

static bool read_category(const struct command_call *call, const char *category,
        struct command_announced *announced, struct error *err)
{
    struct batch_list list;

    if (!store_batch_list(call->store, category, BATCHES_LOOKED_AT, call->arena,
                &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        announced->items =
                arena_grow(call->arena, announced->items, announced->count,
                        &announced->capacity, sizeof *announced->items);
        announced->items[announced->count++] = list.items[i];
    }
    return true;
}

bool command_announced_read(const struct command_call *call,
        const struct command_scope *scope, struct command_announced *announced,
        struct error *err)
{
    const struct string_list *categories =
            &scope->channel.subscription.categories;

    *announced = (struct command_announced){0};
    for (size_t i = 0; i < categories->count; i++)
        if (!read_category(call, categories->items[i], announced, err))
            return false;
    return true;
}

struct civil_date
command_announced_newest(const struct command_announced *announced,
        struct civil_date date)
{
    struct civil_date newest = {0};

    for (size_t i = 0; i < announced->count; i++) {
        const struct batch *batch = &announced->items[i];
        if (batch->state == BATCH_ANNOUNCED &&
                civil_date_compare(batch->date, newest) > 0 &&
                (!civil_date_is_set(date) ||
                        civil_date_compare(batch->date, date) <= 0))
            newest = batch->date;
    }
    return newest;
}

struct civil_date
command_announced_next(const struct command_announced *announced,
        struct civil_date date)
{
    struct civil_date next = {0};

    for (size_t i = 0; i < announced->count; i++) {
        const struct batch *batch = &announced->items[i];
        if (batch->state == BATCH_ANNOUNCED &&
                civil_date_compare(batch->date, date) > 0 &&
                (!civil_date_is_set(next) ||
                        civil_date_compare(batch->date, next) < 0))
            next = batch->date;
    }
    return next;
}

size_t command_announced_days(const struct command_announced *announced,
        struct civil_date first, struct civil_date last)
{
    struct civil_date day = command_announced_newest(announced, last);
    size_t days = 0;

    while (civil_date_is_set(day) && civil_date_compare(day, first) >= 0) {
        days++;
        day = command_announced_newest(announced, civil_date_plus(day, -1));
    }
    return days;
}

static bool is_late(enum batch_state state)
{
    return state == BATCH_NOT_YET || state == BATCH_STALE;
}

/* How many categories have that state on the day. */
static size_t count_states(const struct command_announced *announced,
        struct civil_date day, enum batch_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < announced->count; i++)
        count += civil_date_compare(announced->items[i].date, day) == 0 &&
                announced->items[i].state == state;
    return count;
}

void command_announced_say_why(const struct command_call *call,
        const struct command_announced *announced, struct civil_date day,
        struct command_answer *answer)
{
    const struct phrase *why = &unknown;
    bool past = civil_date_compare(day, call->today) < 0;

    if (civil_date_compare(day, call->today) > 0)
        why = &to_come;
    else if (!announcement_is_day(day))
        why = &weekend;
    else if (count_states(announced, day, BATCH_FAILED) > 0)
        why = past ? &was_failed : &failed;
    else if (count_states(announced, day, BATCH_NOT_YET) > 0 ||
            count_states(announced, day, BATCH_STALE) > 0)
        why = past ? &was_late : &late;
    else if (count_states(announced, day, BATCH_NONE) > 0 ||
            announcement_is_holiday(day))
        why = &none;
    command_say(call, answer, why, PHRASE_VALUES(command_day_text(call, day)));
}

static void say_missing(const struct command_call *call,
        const struct command_announced *announced, struct civil_date day,
        bool failures, struct command_answer *answer)
{
    struct text text;
    size_t count = 0;

    text_init(&text, call->arena, 1024);
    for (size_t i = 0; i < announced->count; i++) {
        const struct batch *batch = &announced->items[i];
        if (civil_date_compare(batch->date, day) != 0 ||
                !(failures ? batch->state == BATCH_FAILED
                           : is_late(batch->state)))
            continue;
        if (count++ < NAMED_MAX)
            text_add_format(&text, "%s%s", count > 1 ? " " : "",
                    category_tag(batch->category));
    }
    if (count > NAMED_MAX)
        text_add(&text, " …");
    if (count > 0)
        command_say(call, answer, failures ? &rest_failed : &rest_late,
                PHRASE_VALUES(text_string(&text)));
}

void command_announced_say_rest(const struct command_call *call,
        const struct command_announced *announced, struct civil_date day,
        struct command_answer *answer)
{
    say_missing(call, announced, day, false, answer);
    say_missing(call, announced, day, true, answer);
}
