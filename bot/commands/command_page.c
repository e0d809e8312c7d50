#include "bot/commands/command_page.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBER_DIGITS_MAX = 6,
};

static const struct phrase goes_on = {
        .english = "%1 left; go on with %2",
        .chinese = "还有 %1 篇，发送 %2 继续看",
};
static const struct phrase was_last = {
        .english = "That was the last of them.",
        .chinese = "已到末尾。",
};
static const struct phrase more_than = {
        .english = "More than %1",
        .chinese = "%1 多",
};
static const struct phrase at_its_end = {
        .english = "The last list was read to its end. %1 gives the newest "
                   "papers.",
        .chinese = "上一份列表已经看完。看最新论文请发送 %1",
};
static const struct phrase no_list = {
        .english = "There is no list to go on with yet. %1 gives the newest "
                   "papers, and then I go on from there.",
        .chinese = "还没有可以继续的列表。先发送 %1 看最新论文，之后就能翻页。",
};
static const struct phrase no_count = {
        .english = "“%1” is no number of papers. Write %2, or %3 for so many.",
        .chinese = "“%1”不是篇数。请发送 %2，或发送 %3 指定篇数。",
};

size_t command_page_size(const struct command_request *request, size_t wanted)
{
    size_t size = request->page.limit > 0 ? request->page.limit : wanted;

    if (size == 0)
        return COMMAND_PAGE_USUAL;
    return size < COMMAND_PAGE_MAX ? size : COMMAND_PAGE_MAX;
}

/* text NULL: the list was read to its end, which is worth a word only where
 * another was left in the middle: "more" is about the last one. */
static bool keep(const struct command_call *call, const char *text,
        struct error *err)
{
    const char *wanted = text != NULL ? text : "0";
    char *kept;

    if (!store_bookmark_get(call->store, call->channel->id, call->person,
                call->arena, &kept, err))
        return false;
    if (kept == NULL ? text == NULL : text_same(kept, wanted))
        return true;
    return store_bookmark_put(call->store, call->channel->id, call->person,
            wanted, call->now_ms, err);
}

static const char *number_left(const struct command_call *call,
        const struct command_list *list, size_t last)
{
    const char *number = phrase_number(call->arena, list->total - last);

    return list->more_than_total
            ? phrase_fill(call->arena, &more_than, call->language,
                      PHRASE_VALUES(number))
            : number;
}

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

bool command_page_end(const struct command_call *call,
        const struct command_request *request, const struct command_list *list,
        struct command_answer *answer, struct error *err)
{
    size_t first = request->page.offset + 1;
    size_t last = request->page.offset + list->shown;
    bool left = last < list->total && list->line != NULL;

    if (list->shown == 0 && first > 1)
        command_say(call, answer, &at_its_end,
                PHRASE_VALUES(typed(call, "today", "今天")));
    else if (left)
        command_say(call, answer, &goes_on,
                PHRASE_VALUES(number_left(call, list, last),
                        typed(call, "more", "更多")));
    else if (first > 1)
        command_say(call, answer, &was_last, PHRASE_NO_VALUES);
    return keep(call,
            left ? arena_format(call->arena, "%zu %s", last, list->line) : NULL,
            err);
}

bool command_page_again(const struct command_call *call, const char *line,
        struct error *err)
{
    return keep(call, arena_format(call->arena, "0 %s", line), err);
}

/* --- more --- */

/* A number of papers; 0 if it is none. */
static size_t count_of(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    if (digits == 0 || digits > NUMBER_DIGITS_MAX || word[digits] != '\0')
        return 0;
    return (size_t)strtoul(word, NULL, 10);
}

static void refuse_count(const struct command_call *call,
        struct command_answer *answer, const char *word)
{
    command_say(call, answer, &no_count,
            PHRASE_VALUES(text_shorten(call->arena, word, 40),
                    typed(call, "more", "更多"),
                    typed(call, "more 5", "更多 5")));
}

/* What the bookmark says; false if there is nothing to go on with, or a newer
 * program wrote it. */
static bool read_bookmark(const struct command_call *call, const char *text,
        struct command_request *next)
{
    char *line;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long offset = strtoul(text, &line, 10);
    if (errno != 0 || *line != ' ')
        return false;
    *next = command_read(call->arena, line + 1, call->language);
    next->language = call->language;
    next->page.offset = offset;
    return next->command != NULL && next->who == COMMAND_ANYONE;
}

static bool run_more(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_request next;
    const char *word =
            request->words.count > 0 ? request->words.items[0].text : NULL;
    size_t limit = word != NULL ? count_of(word) : 0;
    char *text;

    if (word != NULL && (limit == 0 || request->words.count > 1)) {
        refuse_count(call, answer, request->line);
        return true;
    }
    if (!store_bookmark_get(call->store, call->channel->id, call->person,
                call->arena, &text, err))
        return false;
    if (text == NULL || !read_bookmark(call, text, &next) ||
            next.command->run == run_more) {
        command_say(call, answer, text == NULL ? &no_list : &at_its_end,
                PHRASE_VALUES(typed(call, "today", "今天")));
        return true;
    }
    next.page.limit = limit;
    return next.command->run(call, &next, answer, err);
}

const struct command command_page_rows[] = {
        {
                .english = {"more", "next"},
                .chinese = {"更多", "下一页", "继续"},
                .grammar = {"[N]", "[篇数]", NULL},
                .summary = {"the next page of your last list",
                        "你上一份列表的下一页", NULL},
                .details = {"Goes on where your last list in this channel "
                            "stopped: of a day, of a search, of the best. "
                            "Everybody has a place of their own.",
                        "从你在本频道看的上一份列表继续：某天的公告、搜索结果"
                        "或热门论文。每个人各有自己的进度。",
                        NULL},
                .examples = {"more\nmore 20", "更多\n更多 20", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_more,
        },
        {.english = {NULL}},
};
