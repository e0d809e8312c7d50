#include "bot/commands/command_search.h"

#include "bot/base/text.h"
#include "bot/commands/command_entries.h"
#include "bot/commands/command_page.h"
#include "bot/labels.h"
#include "bot/model/event.h"
#include "bot/search_query.h"
#include "bot/search_step.h"

#include <string.h>

enum {
    SHOWN_MAX = 80 /* graphemes of a search that is said again */
};

static const struct phrase found = {
        .english = "%1 papers fit “%2”, the %3 first:",
        .chinese = "符合“%2”的论文共 %1 篇，%3的在前：",
};
static const struct phrase found_one = {
        .english = "1 paper fits “%1”:",
        .chinese = "符合“%1”的论文有 1 篇：",
};
static const struct phrase found_some = {
        .english = "%1 of %2 papers that fit “%3”, the %4 first:",
        .chinese = "符合“%3”的论文共 %2 篇，先看%4的 %1 篇：",
};
static const struct phrase found_many = {
        .english = "%1 of more than %2 papers that fit “%3”, the %4 of the "
                   "newest %2 first:",
        .chinese = "符合“%3”的论文超过 %2 篇，先看最新 %2 篇里%4的 %1 篇：",
};
static const struct phrase best = {.english = "best", .chinese = "最相符"};
static const struct phrase newest = {.english = "newest", .chinese = "最新"};
static const struct phrase nothing = {
        .english = "None of my %1 papers fits “%2”.",
        .chinese = "我这里的 %1 篇论文中没有符合“%2”的。",
        .one = "The one paper I have does not fit “%2”.",
};
static const struct phrase no_papers = {
        .english = "I have no papers yet; the first come with the next "
                   "announcement of arXiv.",
        .chinese = "我这里还没有论文，等 arXiv 下一次公告就会有了。",
};

/* %1 papers, %2 what to write, %3 the word. */
static const struct phrase steps_in_words[] = {
        [SEARCH_STEP_SPELLING] =
                {
                        .english = "Did you mean %2 (%1 papers)?",
                        .chinese = "是不是想找 %2（共 %1 篇）？",
                        .one = "Did you mean %2 (1 paper)?",
                },
        [SEARCH_STEP_SPACES] =
                {
                        .english = "With spaces between the words %1 papers "
                                   "fit: %2",
                        .chinese = "词与词之间加空格，有 %1 篇：%2",
                        .one = "With spaces between the words 1 paper fits: %2",
                },
        [SEARCH_STEP_DAYS] =
                {
                        .english = "Of any day %1 papers fit: %2",
                        .chinese = "不限日期的话，有 %1 篇：%2",
                        .one = "Of any day 1 paper fits: %2",
                },
        [SEARCH_STEP_CATEGORIES] =
                {
                        .english = "In all categories %1 papers fit: %2",
                        .chinese = "不限分类的话，有 %1 篇：%2",
                        .one = "In all categories 1 paper fits: %2",
                },
        [SEARCH_STEP_AUTHORS] =
                {
                        .english = "By anybody, %1 papers fit: %2",
                        .chinese = "不限作者的话，有 %1 篇：%2",
                        .one = "By anybody, 1 paper fits: %2",
                },
        [SEARCH_STEP_UNWANTED] =
                {
                        .english = "With nothing ruled out %1 papers fit: %2",
                        .chinese = "什么都不排除的话，有 %1 篇：%2",
                        .one = "With nothing ruled out 1 paper fits: %2",
                },
        [SEARCH_STEP_QUOTES] =
                {
                        .english = "Without the quotes %1 papers fit: %2",
                        .chinese = "去掉引号，有 %1 篇：%2",
                        .one = "Without the quotes 1 paper fits: %2",
                },
        [SEARCH_STEP_WORD] =
                {
                        .english = "Without “%3” %1 papers fit: %2",
                        .chinese = "去掉“%3”，有 %1 篇：%2",
                        .one = "Without “%3” 1 paper fits: %2",
                },
};
static const struct phrase more_than = {
        .english = "more than %1",
        .chinese = "%1+",
};

static const char *shown(const struct command_call *call, const char *text)
{
    return text_shorten(call->arena, text, SHOWN_MAX);
}

/* "search diffusion policy", in the language's own word. */
static const char *command_line(const struct command_call *call,
        const char *line)
{
    return arena_format(call->arena, "%s %s",
            command_name(&command_search_rows[0], call->language), line);
}

static const char *count_in_words(const struct command_call *call,
        const struct search_step *step)
{
    const char *number = phrase_number(call->arena, step->total);

    return step->more ? phrase_fill(call->arena, &more_than, call->language,
                                PHRASE_VALUES(number))
                      : number;
}

/* --- nothing --- */

static bool say_nothing(const struct command_call *call,
        const struct search_words *words, const char *line,
        struct command_answer *answer, struct error *err)
{
    struct search_step steps[SEARCH_STEPS_MAX];
    struct store_counts counts;
    size_t count = 0;

    if (!store_count(call->store, &counts, err) ||
            !search_step_find(call->store, &words->query, call->language,
                    call->arena, steps, &count, err))
        return false;
    if (counts.papers == 0) {
        command_say(call, answer, &no_papers, PHRASE_NO_VALUES);
        return true;
    }
    command_say(call, answer, &nothing,
            PHRASE_VALUES(phrase_number(call->arena, (size_t)counts.papers),
                    shown(call, line)));
    for (size_t i = 0; i < count; i++)
        command_say(call, answer, &steps_in_words[steps[i].kind],
                PHRASE_VALUES(count_in_words(call, &steps[i]),
                        command_as_typed(call,
                                command_line(call, steps[i].line)),
                        shown(call, steps[i].subject)));
    return true;
}

/* --- a page of papers --- */

static bool add_papers(const struct command_call *call,
        const struct search_result *result, struct command_answer *answer,
        struct error *err)
{
    struct command_entry *entries =
            arena_array(call->arena, struct command_entry, result->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < result->count; i++) {
        struct paper *paper = NULL;
        if (!store_paper_get(call->store, result->ids[i], call->arena, &paper,
                    err))
            return false;
        if (paper != NULL)
            entries[count++].paper = paper;
    }
    return command_entries_add(call, entries, count, answer, err);
}

/* Names and days are fitted by all alike. */
static bool has_words(const struct search_query *query)
{
    for (size_t i = 0; i < query->count; i++)
        if (!query->terms[i].negated && query->terms[i].kind != SEARCH_AUTHOR &&
                query->terms[i].kind != SEARCH_CATEGORY)
            return true;
    return false;
}

static void say_found(const struct command_call *call,
        const struct search_query *query, const struct search_result *result,
        const char *line, struct command_answer *answer)
{
    const char *order =
            phrase_text(has_words(query) ? &best : &newest, call->language);
    const char *total = phrase_number(call->arena, result->total);
    const char *count = phrase_number(call->arena, result->count);
    const char *said = shown(call, line);

    if (result->total == 1)
        command_say(call, answer, &found_one, PHRASE_VALUES(said));
    else if (result->count == result->total)
        command_say(call, answer, &found, PHRASE_VALUES(total, said, order));
    else
        command_say(call, answer, result->more ? &found_many : &found_some,
                PHRASE_VALUES(count, total, said, order));
}

/* What "more" is to ask for; NULL if it could not be read again. */
static const char *line_again(const struct command_call *call,
        const struct search_words *words)
{
    const char *line = command_line(call,
            search_query_line(call->arena, &words->query, call->language));

    return strlen(line) <= EVENT_TEXT_BYTES_MAX ? line : NULL;
}

static bool show(const struct command_call *call,
        const struct command_request *request, struct search_words *words,
        struct command_answer *answer, struct error *err)
{
    struct search_result result;

    words->query.limit = command_page_size(request, 0);
    words->query.offset = request->page.offset;
    if (!store_search(call->store, &words->query, call->arena, &result, err))
        return false;
    if (result.total == 0)
        return say_nothing(call, words, request->line, answer, err);
    if (request->page.offset == 0)
        say_found(call, &words->query, &result, request->line, answer);
    const struct command_list list = {.line = line_again(call, words),
            .shown = result.count,
            .total = result.total,
            .more_than_total = result.more};
    return add_papers(call, &result, answer, err) &&
            command_page_end(call, request, &list, answer, err);
}

static bool run_search(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct search_words words;

    search_query_begin(&words, call->today, call->arena);
    if (search_query_read(&words, request->line) && search_query_ready(&words))
        return show(call, request, &words, answer, err);
    document_paragraph(answer->document, &answer->document->root, ROLE_NONE,
            search_flaw_text(call->arena, &words.flaw, call->language));
    return true;
}

const struct command command_search_rows[] = {
        {
                .english = {"search", "find"},
                .chinese = {"搜索", "查找", "搜"},
                .grammar = {"WORDS… in:CV by:NAME since:DAY",
                        "关键词… 分类:CV 作者:姓名 自:日期", NULL},
                .summary = {"papers with these words, the best first",
                        "查找论文，最相符的在前", NULL},
                .details = {"Looks in titles, abstracts, notes in every "
                            "language and authors' names. All words must be "
                            "there; case, accents, hyphens and plurals do not "
                            "matter. Quotes hold words together, neur* is any "
                            "word that begins so, -survey leaves papers out. "
                            "by:\"C Finn\" finds Chelsea Finn. Days are those "
                            "of the first submission: 2026-11-23, 2026-11, "
                            "mon, 7d.",
                        "在标题、摘要、各语言的解读和作者姓名中查找，须包含全部"
                        "关键词；不分大小写、全角半角。引号内的词须连在一起；"
                        "neur* 表示以此开头的词；-综述 表示排除。"
                        "作者:\"C Finn\" 可找到 Chelsea Finn。日期指首次提交"
                        "日期，可写 2026-11-23、2026-11、周一、7天。",
                        NULL},
                .examples = {"search diffusion policy\n"
                             "search \"score matching\" neur* -survey in:CV\n"
                             "search by:\"C Finn\" since:3m",
                        "搜索 扩散模型 机器人\n"
                        "搜索 “强化学习” -综述 分类:RO\n"
                        "搜索 作者:\"C Finn\" 自:3个月",
                        NULL},
                .who = COMMAND_ANYONE,
                .run = run_search,
        },
        {.english = {NULL}},
};
