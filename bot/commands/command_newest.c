#include "bot/commands/command_newest.h"

#include "bot/base/text.h"
#include "bot/labels.h"
#include "bot/model/category.h"
#include "bot/planning/plan_candidates.h"

#include <stdlib.h>
#include <string.h>

enum {
    BATCHES_LOOKED_AT = 10, /* to find an announced one among holidays */
    NAMES_MAX = 8,          /* categories that are named */
};

static const struct phrase matches = {
        .english = "%1 of the %2 papers fetched of the newest announcement "
                   "(%3) are in these categories.",
        .one = "1 of the %2 papers fetched of the newest announcement (%3) is "
               "in these categories.",
        .chinese = "最新一次公告（%3）收到 %2 篇论文，其中 %1 篇属于这些分类。",
};
static const struct phrase with_words = {
        .english = "%1 of them have one of these words or authors, and come "
                   "first.",
        .one = "1 of them has one of these words or authors, and comes first.",
        .chinese = "其中 %1 篇含有这些关键词或作者，会排在前面。",
};
static const struct phrase without_words = {
        .english = "None of them has one of these words or authors.",
        .chinese = "其中没有含有这些关键词或作者的论文。",
};
static const struct phrase with_unwanted = {
        .english = "%1 of them have a word that is to be kept away.",
        .one = "1 of them has a word that is to be kept away.",
        .chinese = "其中 %1 篇含有要排除的词。",
};
static const struct phrase none_fetched = {
        .english = "No announcement of these categories has been fetched yet.",
        .chinese = "这些分类的公告还没有收到过。",
};
static const struct phrase not_fetched = {
        .english = "Not fetched before, from the next announcement on: %1.",
        .chinese = "以前没有收取、从下一次公告开始有的：%1。",
};
static const struct phrase many_not_fetched = {
        .english = "%1 of the categories were not fetched before; they come "
                   "from the next announcement on.",
        .chinese = "其中 %1 个分类以前没有收取，从下一次公告开始有。",
};

/* --- which announcement --- */

/* The date of a category's newest announcement; unset if there is none. */
static bool newest_of(const struct command_call *call, const char *category,
        struct civil_date *date, struct error *err)
{
    struct batch_list batches = {0};

    *date = (struct civil_date){0};
    if (!store_batch_list(call->store, category, BATCHES_LOOKED_AT, call->arena,
                &batches, err))
        return false;
    for (size_t i = batches.count; i-- > 0;)
        if (batches.items[i].state == BATCH_ANNOUNCED)
            *date = batches.items[i].date;
    return true;
}

/* Over all categories, and which of them have none. */
static bool find_newest(const struct command_call *call,
        const struct string_list *categories, struct civil_date *newest,
        struct string_list *without, struct error *err)
{
    size_t capacity = 0;

    *newest = (struct civil_date){0};
    for (size_t i = 0; i < categories->count; i++) {
        struct civil_date date;
        if (!newest_of(call, categories->items[i], &date, err))
            return false;
        if (!civil_date_is_set(date))
            string_list_add(without, &capacity, call->arena,
                    category_tag(categories->items[i]));
        else if (civil_date_compare(date, *newest) > 0)
            *newest = date;
    }
    return true;
}

/* --- how many papers it has --- */

static int compare_ids(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* Of all categories that are fetched, each paper once. */
static bool count_all(const struct command_call *call, struct civil_date date,
        size_t *count, struct error *err)
{
    struct string_list ids = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < category_count; i++) {
        struct batch_paper_list papers = {0};
        if (!store_batch_papers(call->store, category_table[i].code, date,
                    call->arena, &papers, err))
            return false;
        for (size_t n = 0; n < papers.count; n++)
            if (papers.items[n].announce != ANNOUNCE_REPLACE &&
                    papers.items[n].announce != ANNOUNCE_REPLACE_CROSS)
                string_list_add(&ids, &capacity, call->arena,
                        papers.items[n].paper_id);
    }
    if (ids.count > 0)
        qsort(ids.items, ids.count, sizeof *ids.items, compare_ids);
    *count = 0;
    for (size_t i = 0; i < ids.count; i++)
        *count +=
                (size_t)(i == 0 || !text_same(ids.items[i], ids.items[i - 1]));
    return true;
}

/* --- the answer --- */

static void say_counts(const struct command_call *call,
        const struct channel *channel, const struct scored_list *ranked,
        struct command_answer *answer)
{
    const struct subscription *subscription = &channel->subscription;
    size_t wanted = 0, unwanted = 0;

    for (size_t i = 0; i < ranked->count; i++) {
        const int *parts = ranked->items[i].parts;
        wanted += (size_t)(parts[FEATURE_WORDS] > 0 ||
                parts[FEATURE_AUTHORS] > 0);
        unwanted += (size_t)(parts[FEATURE_UNWANTED] < 0);
    }
    if (subscription->words.count + subscription->authors.count > 0)
        command_say(call, answer, wanted > 0 ? &with_words : &without_words,
                PHRASE_VALUES(phrase_number(call->arena, wanted)));
    if (unwanted > 0)
        command_say(call, answer, &with_unwanted,
                PHRASE_VALUES(phrase_number(call->arena, unwanted)));
}

static bool say_date(const struct command_call *call,
        const struct channel *channel, struct civil_date date,
        struct command_answer *answer, struct error *err)
{
    struct plan_candidates candidates;
    size_t all;
    char day[CIVIL_DATE_SIZE];

    if (!plan_candidates_of_date(call->store, channel, date, true, call->arena,
                &candidates, err) ||
            !count_all(call, date, &all, err))
        return false;
    const struct scored_list ranked = selection_rank(candidates.items,
            candidates.count, &channel->subscription, call->arena);
    civil_date_format(date, day);
    command_say(call, answer, &matches,
            PHRASE_VALUES(phrase_number(call->arena, ranked.count),
                    phrase_number(call->arena, all),
                    arena_string(call->arena, day)));
    if (ranked.count > 0)
        say_counts(call, channel, &ranked, answer);
    return true;
}

static const char *joined(const struct command_call *call,
        const struct string_list *list)
{
    const char *join = label_same_language(call->language, "zh") ? "、" : ", ";
    struct text text;

    text_init(&text, call->arena, 4000);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? join : "", list->items[i]);
    return text_string(&text);
}

bool command_newest_say(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err)
{
    const struct string_list *categories = &channel->subscription.categories;
    struct string_list without = {0};
    struct civil_date newest;

    if (!find_newest(call, categories, &newest, &without, err))
        return false;
    if (!civil_date_is_set(newest)) {
        if (categories->count > 0)
            command_say(call, answer, &none_fetched, PHRASE_NO_VALUES);
        return true;
    }
    if (!say_date(call, channel, newest, answer, err))
        return false;
    if (without.count > NAMES_MAX)
        command_say(call, answer, &many_not_fetched,
                PHRASE_VALUES(phrase_number(call->arena, without.count)));
    else if (without.count > 0)
        command_say(call, answer, &not_fetched,
                PHRASE_VALUES(joined(call, &without)));
    return true;
}
