#include "bot/commands/command_status.h"

#include "bot/base/text.h"
#include "bot/commands/command_due.h"
#include "bot/labels.h"
#include "bot/model/category.h"

#include <string.h>

enum {
    CATEGORIES_SHOWN_MAX = 8,
    LOOKED_BACK = 12,       /* occasions, or batches of a category */
    REASON_SHOWN_MAX = 120, /* graphemes */
};

static const char digest_prefix[] = "digest/";

static const struct phrase last = {
        .english = "Last digest: %1.",
        .chinese = "上一期：%1。",
};
static const struct phrase no_last = {
        .english = "No digest so far.",
        .chinese = "还没有发过日报。",
};
static const struct phrase newest = {
        .english = "Newest announcements:",
        .chinese = "最新公告：",
};
static const struct phrase no_categories = {
        .english = "No categories are subscribed to: %1",
        .chinese = "还没有订阅分类，例如发送 %1",
};
static const struct phrase more_categories = {
        .english = "and %1 more categories",
        .chinese = "以及另外 %1 个分类",
        .one = "and 1 more category",
};
static const struct phrase is_broken = {
        .english = "Nothing can be sent here: %1",
        .chinese = "这里目前发不出消息：%1",
};
static const struct phrase are_parked = {
        .english = "%1 messages were refused; whoever runs me can send them "
                   "again.",
        .chinese = "有 %1 条消息被拒收，运行我的人可以重发。",
        .one = "1 message was refused; whoever runs me can send it again.",
};
static const struct phrase are_due = {
        .english = "%1 messages wait to be sent.",
        .chinese = "有 %1 条消息等待发送。",
        .one = "1 message waits to be sent.",
};
static const struct phrase all_well = {
        .english = "All is well.",
        .chinese = "一切正常。",
};
static const struct phrase version = {
        .english = "Paperboy %1",
        .chinese = "Paperboy %1",
};

/* --- digests --- */

static bool say_last(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct occasion_list occasions = {0};

    if (!store_occasion_list(call->store, call->channel->id, digest_prefix,
                LOOKED_BACK, call->arena, &occasions, err))
        return false;
    size_t i = 0;
    while (i < occasions.count && occasions.items[i].outcome != OUTCOME_DIGEST)
        i++;
    if (i < occasions.count)
        command_say(call, answer, &last,
                PHRASE_VALUES(occasions.items[i].key + strlen(digest_prefix)));
    else if (occasions.count == 0)
        command_say(call, answer, &no_last, PHRASE_NO_VALUES);
    return true;
}

/* --- announcements --- */

static const struct phrase unread = {
        .english = "%1: nothing fetched yet",
        .chinese = "%1：还没有读取过",
};
static const struct phrase not_yet = {
        .english = "%1: %2 not announced yet",
        .chinese = "%1：%2 尚未公告",
};
static const struct phrase announced = {
        .english = "%1: %2, %3",
        .chinese = "%1：%2，%3",
};
static const struct phrase counts = {
        .english = "%1 new, %2 cross-listed, %3 replaced",
        .chinese = "新论文 %1 篇，交叉 %2 篇，更新 %3 篇",
};
static const struct phrase none_that_day = {
        .english = "%1: %2 no announcement",
        .chinese = "%1：%2 没有公告",
};
static const struct phrase failed = {
        .english = "%1: %2 could not be read%3",
        .chinese = "%1：%2 读取失败%3",
};

static const struct phrase *phrase_of(enum batch_state state)
{
    switch (state) {
    case BATCH_ANNOUNCED:
        return &announced;
    case BATCH_NONE:
        return &none_that_day;
    case BATCH_FAILED:
        return &failed;
    case BATCH_NOT_YET:
    case BATCH_STALE:
        break;
    }
    return &not_yet;
}

static const char *counts_of(const struct command_call *call,
        const struct batch *batch)
{
    return phrase_fill(call->arena, &counts, call->language,
            PHRASE_VALUES(phrase_number(call->arena, batch->new_count),
                    phrase_number(call->arena, batch->cross_count),
                    phrase_number(call->arena, batch->replaced_count)));
}

static const char *complaint_of(const struct command_call *call,
        const struct batch *batch)
{
    bool chinese = label_same_language(call->language, "zh");

    if (*batch->complaint == '\0')
        return "";
    return arena_format(call->arena, chinese ? "（%s）" : " (%s)",
            text_shorten(call->arena, batch->complaint, REASON_SHOWN_MAX));
}

static const char *batch_text(const struct command_call *call,
        const struct batch *batch)
{
    char date[CIVIL_DATE_SIZE];
    const char *more = batch->state == BATCH_FAILED ? complaint_of(call, batch)
                                                    : counts_of(call, batch);

    civil_date_format(batch->date, date);
    return phrase_fill(call->arena, phrase_of(batch->state), call->language,
            PHRASE_VALUES(category_tag(batch->category), date, more));
}

static void add_item(struct command_answer *answer, struct document_node *list,
        const char *text)
{
    document_inline(answer->document,
            document_block(answer->document, list, DOCUMENT_ITEM, ROLE_NONE),
            DOCUMENT_TEXT, text);
}

/* " (last: 2026-11-23, 5 new, …)", if the newest was not announced. */
static const char *last_text(const struct command_call *call,
        const struct batch_list *batches)
{
    static const struct phrase before = {
            .english = " (last: %1, %2)",
            .chinese = "（上一次：%1，%2）",
    };
    char date[CIVIL_DATE_SIZE];
    size_t i = 0;

    while (i < batches->count && batches->items[i].state != BATCH_ANNOUNCED)
        i++;
    if (i == 0 || i == batches->count)
        return "";
    civil_date_format(batches->items[i].date, date);
    return phrase_fill(call->arena, &before, call->language,
            PHRASE_VALUES(date, counts_of(call, &batches->items[i])));
}

static bool add_category(const struct command_call *call, const char *category,
        struct command_answer *answer, struct document_node *list,
        struct error *err)
{
    struct batch_list batches;
    const char *text;

    if (!store_batch_list(call->store, category, LOOKED_BACK, call->arena,
                &batches, err))
        return false;
    if (batches.count == 0)
        text = phrase_fill(call->arena, &unread, call->language,
                PHRASE_VALUES(category_tag(category)));
    else
        text = arena_format(call->arena, "%s%s",
                batch_text(call, &batches.items[0]), last_text(call, &batches));
    add_item(answer, list, text);
    return true;
}

static bool say_announcements(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    const struct string_list *categories =
            &call->channel->subscription.categories;
    bool chinese = label_same_language(call->language, "zh");
    size_t shown = categories->count <= CATEGORIES_SHOWN_MAX
            ? categories->count
            : CATEGORIES_SHOWN_MAX;

    if (shown == 0) {
        command_say(call, answer, &no_categories,
                PHRASE_VALUES(command_as_typed(call,
                        chinese ? "订阅 LG CV" : "subscribe LG CV")));
        return true;
    }
    command_say(call, answer, &newest, PHRASE_NO_VALUES);
    struct document_node *list = document_block(answer->document,
            &answer->document->root, DOCUMENT_LIST, ROLE_NONE);
    for (size_t i = 0; i < shown; i++)
        if (!add_category(call, categories->items[i], answer, list, err))
            return false;
    if (shown < categories->count)
        add_item(answer, list,
                phrase_fill(call->arena, &more_categories, call->language,
                        PHRASE_VALUES(phrase_number(call->arena,
                                categories->count - shown))));
    return true;
}

/* --- troubles --- */

static size_t count_state(const struct outbox_list *rows,
        enum outbox_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        count += rows->items[i].state == state;
    return count;
}

static bool read_broken(const struct command_call *call, const char **why,
        struct error *err)
{
    struct known_channel_list known = {0};

    *why = "";
    if (!store_channel_list(call->store, call->arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (known.items[i].id == call->channel->id)
            *why = known.items[i].broken;
    return true;
}

static bool say_troubles(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct outbox_list rows = {0};
    const char *why;

    if (!read_broken(call, &why, err) ||
            !store_outbox_unsent(call->store, call->channel->id, call->arena,
                    &rows, err))
        return false;
    size_t parked = count_state(&rows, OUTBOX_PARKED);
    size_t due = count_state(&rows, OUTBOX_DUE);
    if (*why != '\0')
        command_say(call, answer, &is_broken,
                PHRASE_VALUES(text_shorten(call->arena, why,
                        REASON_SHOWN_MAX)));
    if (parked > 0)
        command_say(call, answer, &are_parked,
                PHRASE_VALUES(phrase_number(call->arena, parked)));
    if (due > 0)
        command_say(call, answer, &are_due,
                PHRASE_VALUES(phrase_number(call->arena, due)));
    if (*why == '\0' && parked == 0)
        command_say(call, answer, &all_well, PHRASE_NO_VALUES);
    return true;
}

static bool run_status(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    (void)request;
    if (!command_due_say(call, call->channel, answer, err) ||
            !say_last(call, answer, err) ||
            !say_announcements(call, answer, err) ||
            !say_troubles(call, answer, err))
        return false;
    command_say(call, answer, &version, PHRASE_VALUES(PAPERBOY_VERSION));
    return true;
}

const struct command command_status_rows[] = {
        {
                .english = {"status"},
                .chinese = {"状态"},
                .grammar = {"", "", NULL},
                .summary = {"what comes next, and whether all is well",
                        "下一期何时发，一切是否正常", NULL},
                .details = {"", "", NULL},
                .examples = {"status", "状态", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_status,
        },
        {.english = {NULL}},
};
