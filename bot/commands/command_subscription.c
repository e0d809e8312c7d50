#include "bot/commands/command_subscription.h"

#include "bot/base/text.h"
#include "bot/commands/command_change.h"
#include "bot/commands/command_newest.h"
#include "bot/commands/command_topics.h"
#include "bot/labels.h"
#include "bot/model/category.h"

#include <stdint.h>
#include <string.h>

enum {
    NAMES_MAX = 8, /* categories that are shown with their names */
};

static const struct phrase added = {
        .english = "Added: %1",
        .chinese = "已订阅：%1",
};
static const struct phrase there_already = {
        .english = "Followed already: %1",
        .chinese = "本来就订阅了：%1",
};
static const struct phrase removed = {
        .english = "Removed: %1",
        .chinese = "已退订：%1",
};
static const struct phrase not_there = {
        .english = "Not followed here: %1",
        .chinese = "本来就没有订阅：%1",
};
static const struct phrase unchanged = {
        .english = "Nothing was changed.",
        .chinese = "没有改动任何设置。",
};
static const struct phrase follows_nothing = {
        .english = "This channel follows no category yet, so it gets no "
                   "digest. For example: %1",
        .chinese = "本频道还没有订阅任何分类，所以不会收到论文。例如发送 %1",
};
static const struct phrase categories_are = {
        .english = "Categories: %1",
        .chinese = "分类：%1",
};
static const struct phrase words_are = {
        .english = "Words: %1",
        .chinese = "关键词：%1",
};
static const struct phrase authors_are = {
        .english = "Authors: %1",
        .chinese = "作者：%1",
};
static const struct phrase unwanted_are = {
        .english = "Kept away: %1",
        .chinese = "排除：%1",
};
static const struct phrase one_phrase = {
        .english = "Each word counts by itself; for a phrase, put quotes "
                   "around it: %1",
        .chinese =
                "以上每个词各算一个关键词；要作为一个短语，请加引号，例如 %1",
};
static const struct phrase what = {
        .english = "What? Categories, words or authors. For example: %1",
        .chinese = "订阅什么？可以写分类、关键词或作者。例如 %1",
};
static const struct phrase what_not = {
        .english = "What is to go? This channel follows: %1",
        .chinese = "要退订什么？本频道订阅了：%1",
};
static const struct phrase follows_none = {
        .english = "This channel follows nothing that could go.",
        .chinese = "本频道还没有订阅任何内容，没有可退订的。",
};
static const struct phrase too_many = {
        .english = "That would be too much for one channel: at most %1 "
                   "categories and %2 each of words, authors and words to be "
                   "kept away.",
        .chinese =
                "一个频道最多 %1 个分类，关键词、作者和排除的词各最多 %2 个。",
};
static const struct phrase last_category = {
        .english = "Without any category this channel would get nothing. To "
                   "stop it: %1. To follow others instead, add them first: %2",
        .chinese = "没有任何分类，本频道就收不到论文了。要停止发送，请发送 %1；"
                   "要换成别的分类，请先添加，例如 %2",
};

static const char *const keys[] = {"categories", "words", "authors", "unwanted",
        NULL};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call, in_chinese(call) ? chinese : english);
}

/* --- lists --- */

static struct string_list copy_list(struct arena *arena,
        const struct string_list *list, size_t room)
{
    struct string_list copy = {arena_array(arena, const char *,
                                       list->count + room + 1),
            list->count};

    if (list->count > 0)
        memcpy(copy.items, list->items, list->count * sizeof *copy.items);
    return copy;
}

/* A channel whose lists can take so many more. */
static struct channel copy_of(const struct command_call *call, size_t room)
{
    struct channel channel = *call->channel;

    for (int kind = 0; kind < COMMAND_TOPIC_KINDS; kind++) {
        struct string_list *list = command_topic_list(&channel.subscription,
                (enum command_topic_kind)kind);
        *list = copy_list(call->arena, list, room);
    }
    return channel;
}

/* What came of a command's topics. */
struct outcome {
    struct command_topics done, not_done;
};

static void note(const struct command_call *call, struct command_topics *topics,
        const struct command_topic *topic)
{
    topics->items = arena_grow(call->arena, topics->items, topics->count,
            &topics->capacity, sizeof *topics->items);
    topics->items[topics->count++] = *topic;
}

static void take_out(struct string_list *list, size_t place)
{
    list->count--;
    memmove(list->items + place, list->items + place + 1,
            (list->count - place) * sizeof *list->items);
}

/* What is to be kept away is wanted no more, and the other way round. */
static void undo_opposite(const struct command_call *call,
        const struct command_topic *topic, struct channel *channel)
{
    const struct command_topic opposite = {.kind = topic->kind ==
                            COMMAND_TOPIC_WORD
                    ? COMMAND_TOPIC_UNWANTED
                    : COMMAND_TOPIC_WORD,
            .text = topic->text};
    struct string_list *list =
            command_topic_list(&channel->subscription, opposite.kind);

    if (topic->kind != COMMAND_TOPIC_WORD &&
            topic->kind != COMMAND_TOPIC_UNWANTED)
        return;
    size_t place = command_topic_place(list, &opposite, call->arena);
    if (place < list->count)
        take_out(list, place);
}

static void add_topics(const struct command_call *call,
        const struct command_topics *topics, struct channel *channel,
        struct outcome *outcome)
{
    for (size_t i = 0; i < topics->count; i++) {
        const struct command_topic *topic = &topics->items[i];
        struct string_list *list =
                command_topic_list(&channel->subscription, topic->kind);
        bool there =
                command_topic_place(list, topic, call->arena) < list->count;
        if (!there)
            list->items[list->count++] = topic->text;
        undo_opposite(call, topic, channel);
        note(call, there ? &outcome->not_done : &outcome->done, topic);
    }
}

static void remove_topics(const struct command_call *call,
        const struct command_topics *topics, struct channel *channel,
        struct outcome *outcome)
{
    for (size_t i = 0; i < topics->count; i++) {
        const struct command_topic *topic = &topics->items[i];
        struct string_list *list =
                command_topic_list(&channel->subscription, topic->kind);
        size_t place = command_topic_only_fit(list, topic, call->arena);
        if (place == list->count) {
            note(call, &outcome->not_done, topic);
            continue;
        }
        const struct command_topic gone = {topic->kind, list->items[place]};
        bool exact = command_topic_is(topic, gone.text, call->arena);
        take_out(list, place);
        note(call, &outcome->done, exact ? topic : &gone);
    }
}

/* The topics in one line, as they are typed. */
static const char *topics_text(const struct command_call *call,
        const struct command_topics *topics)
{
    struct subscription all = {0};

    for (int kind = 0; kind < COMMAND_TOPIC_KINDS; kind++)
        *command_topic_list(&all, (enum command_topic_kind)kind) =
                copy_list(call->arena, &(struct string_list){0}, topics->count);
    for (size_t i = 0; i < topics->count; i++) {
        struct string_list *list =
                command_topic_list(&all, topics->items[i].kind);
        list->items[list->count++] = topics->items[i].text;
    }
    return command_topic_all(call, &all);
}

/* --- what holds --- */

static const char *category_list(const struct command_call *call,
        const struct subscription *subscription)
{
    const struct string_list *codes = &subscription->categories;
    struct text text;

    if (codes->count > NAMES_MAX)
        return command_topic_all(call,
                &(struct subscription){.categories = *codes});
    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < codes->count; i++)
        text_add_format(&text, in_chinese(call) ? "%s%s（%s）" : "%s%s (%s)",
                i == 0                     ? ""
                        : in_chinese(call) ? "、"
                                           : ", ",
                category_tag(codes->items[i]),
                label_category(codes->items[i], call->language));
    return text_string(&text);
}

static void say_list(const struct command_call *call,
        const struct phrase *phrase, const struct string_list *list,
        struct command_answer *answer)
{
    struct text text;

    if (list->count == 0)
        return;
    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s",
                i == 0                     ? ""
                        : in_chinese(call) ? "、"
                                           : ", ",
                list->items[i]);
    command_say(call, answer, phrase, PHRASE_VALUES(text_string(&text)));
}

static bool say_all(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err)
{
    const struct subscription *subscription = &channel->subscription;

    if (subscription->categories.count == 0)
        command_say(call, answer, &follows_nothing,
                PHRASE_VALUES(typed(call, "subscribe LG CV",
                        "订阅 机器学习 计算机视觉")));
    else
        command_say(call, answer, &categories_are,
                PHRASE_VALUES(category_list(call, subscription)));
    say_list(call, &words_are, &subscription->words, answer);
    say_list(call, &authors_are, &subscription->authors, answer);
    say_list(call, &unwanted_are, &subscription->unwanted, answer);
    return command_newest_say(call, channel, answer, err);
}

/* --- the commands --- */

static bool is_within_limits(const struct channel *channel)
{
    const struct subscription *subscription = &channel->subscription;

    return subscription->categories.count <= COMMAND_TOPICS_CATEGORIES_MAX &&
            subscription->words.count <= COMMAND_TOPICS_WORDS_MAX &&
            subscription->authors.count <= COMMAND_TOPICS_WORDS_MAX &&
            subscription->unwanted.count <= COMMAND_TOPICS_WORDS_MAX;
}

/* Keeps the changed channel and says what was done and what holds. */
static bool conclude(const struct command_call *call,
        const struct channel *channel, const char *name,
        const struct phrase *done, const struct phrase *not_done,
        const struct outcome *outcome, struct command_answer *answer,
        struct error *err)
{
    const char *line = topics_text(call, &outcome->done);
    bool changed;

    if (!command_change_keep(call, channel, keys, name,
                arena_format(call->arena, "%s: %s", name,
                        text_shorten(call->arena, line, 400)),
                &changed, err))
        return false;
    if (outcome->done.count > 0)
        command_say(call, answer, done, PHRASE_VALUES(line));
    if (outcome->not_done.count > 0)
        command_say(call, answer, not_done,
                PHRASE_VALUES(topics_text(call, &outcome->not_done)));
    return say_all(call, channel, answer, err);
}

static bool run_subscribe(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_topics topics;
    struct outcome outcome = {0};

    if (request->words.count == 0) {
        command_say(call, answer, &what,
                PHRASE_VALUES(typed(call,
                        "subscribe LG \"diffusion\" by:\"Chelsea Finn\" "
                        "-survey",
                        "订阅 机器学习 \"扩散模型\" 作者:\"Chelsea Finn\" "
                        "-综述")));
        return true;
    }
    if (!command_topics_read(call, &request->words, NULL, answer, &topics)) {
        command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
        return true;
    }
    struct channel channel = copy_of(call, topics.count);
    add_topics(call, &topics, &channel, &outcome);
    if (!is_within_limits(&channel)) {
        command_say(call, answer, &too_many,
                PHRASE_VALUES(phrase_number(call->arena,
                                      COMMAND_TOPICS_CATEGORIES_MAX),
                        phrase_number(call->arena, COMMAND_TOPICS_WORDS_MAX)));
        command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
        return true;
    }
    if (!conclude(call, &channel, "subscribe", &added, &there_already, &outcome,
                answer, err))
        return false;
    if (topics.loose_words)
        command_say(call, answer, &one_phrase,
                PHRASE_VALUES(typed(call, "subscribe \"optimal transport\"",
                        "订阅 \"optimal transport\"")));
    return true;
}

static bool run_unsubscribe(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct subscription *held = &call->channel->subscription;
    struct command_topics topics;
    struct outcome outcome = {0};

    if (request->words.count == 0) {
        const char *all = command_topic_all(call, held);
        command_say(call, answer, *all == '\0' ? &follows_none : &what_not,
                PHRASE_VALUES(all));
        return true;
    }
    if (!command_topics_read(call, &request->words, held, answer, &topics)) {
        command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
        return true;
    }
    struct channel channel = copy_of(call, 0);
    remove_topics(call, &topics, &channel, &outcome);
    if (held->categories.count > 0 &&
            channel.subscription.categories.count == 0) {
        command_say(call, answer, &last_category,
                PHRASE_VALUES(typed(call, "pause", "暂停"),
                        typed(call, "subscribe CL", "订阅 CL")));
        command_say(call, answer, &unchanged, PHRASE_NO_VALUES);
        return true;
    }
    return conclude(call, &channel, "unsubscribe", &removed, &not_there,
            &outcome, answer, err);
}

static bool run_subscriptions(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    (void)request;
    return say_all(call, call->channel, answer, err);
}

const struct command command_subscription_rows[] = {
        {
                .english = {"subscribe", "sub", "follow"},
                .chinese = {"订阅", "关注"},
                .grammar = {"LG \"diffusion\" by:\"NAME\" -survey",
                        "分类 \"短语\" 作者:\"名字\" -不要的词", NULL},
                .summary = {"what the channel is to follow",
                        "本频道要看哪些论文", NULL},
                .details = {"Categories by tag, code or name; cs.* stands for "
                            "all categories of cs that there are now. Papers "
                            "with one of your words or authors come first; a "
                            "hyphen keeps a word away. word:\"machine "
                            "learning\" is the word, not the category. Nothing "
                            "is posted at once: it counts from the next digest "
                            "on. At most 80 categories and 50 each of words, "
                            "authors and words kept away.",
                        "分类可以写标签、代码或名称；cs.* 表示 cs "
                        "现有的全部分类。"
                        "含有关键词或作者的论文排在前面；词前加减号表示排除。"
                        "词:\"机器学习\" "
                        "指的是关键词而不是分类。不会马上发送，从"
                        "下一期开始算。最多 80 "
                        "个分类，关键词、作者和排除的词各最多 "
                        "50 个。",
                        NULL},
                .examples = {"subscribe LG CV\nsubscribe \"optimal "
                             "transport\" by:\"Chelsea Finn\" -survey",
                        "订阅 机器学习 CV\n订阅 \"扩散模型\" 作者:\"Chelsea "
                        "Finn\" -综述",
                        NULL},
                .who = COMMAND_MANAGERS,
                .run = run_subscribe,
        },
        {
                .english = {"unsubscribe", "unsub", "unfollow"},
                .chinese = {"退订", "取消订阅"},
                .grammar = {"LG \"diffusion\" by:\"NAME\" -survey",
                        "分类 \"短语\" 作者:\"名字\" -不要的词", NULL},
                .summary = {"what to stop following", "不再看哪些论文", NULL},
                .details = {"Written as it was subscribed; -survey lets the "
                            "word “survey” in again.",
                        "写法和订阅时一样；-综述 表示不再排除“综述”。", NULL},
                .examples = {"unsubscribe CV\nunsubscribe by:\"Chelsea Finn\"",
                        "退订 CV\n退订 作者:\"Chelsea Finn\"", NULL},
                .who = COMMAND_MANAGERS,
                .seldom = true,
                .run = run_unsubscribe,
        },
        {
                .english = {"subscriptions"},
                .chinese = {"订阅列表", "我的订阅"},
                .grammar = {"", "", NULL},
                .summary = {"what the channel follows", "本频道订阅了什么",
                        NULL},
                .details = {"", "", NULL},
                .examples = {"subscriptions", "订阅列表", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_subscriptions,
        },
        {.english = {NULL}},
};
