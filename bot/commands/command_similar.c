#include "bot/commands/command_similar.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/commands/command_entries.h"
#include "bot/commands/command_page.h"
#include "bot/commands/command_paper.h"
#include "bot/labels.h"
#include "bot/similar.h"

enum {
    PAGE_USUAL = 5,
    TITLE_SHOWN_MAX = 60 /* graphemes */
};

static const struct phrase like_it = {
        .english = "Like “%2” in content are %1 papers, the nearest first:",
        .chinese = "与“%2”内容相近的论文共 %1 篇，最相近的在前：",
        .one = "Like “%2” in content is 1 paper:",
};
static const struct phrase some_like_it = {
        .english = "The %1 papers nearest in content to “%2”:",
        .chinese = "与“%2”内容最相近的 %1 篇论文：",
        .one = "The paper nearest in content to “%2”:",
};
static const struct phrase nothing_like_it = {
        .english = "Among my papers nothing is like “%1” in content. %2 shows "
                   "it whole.",
        .chinese = "我这里没有与“%1”内容相近的论文。查看它的详情：%2",
};
static const struct phrase shares = {
        .english = "shares: %1",
        .chinese = "共同点：%1",
};
static const struct phrase which = {
        .english = "Like which paper? Write its number in the digest, an arXiv "
                   "id, or a link: %1",
        .chinese =
                "要找与哪篇论文相近的？请写它在日报中的序号、arXiv 编号或链接，"
                "例如 %1",
};
static const struct phrase one_only = {
        .english = "I take one paper at a time: this is for the first.",
        .chinese = "一次只看一篇，以下是第一篇的结果。",
};

static const char *title_of(const struct command_call *call,
        const struct paper *paper)
{
    return text_shorten(call->arena, text_latex_show(call->arena, paper->title),
            TITLE_SHOWN_MAX);
}

/* "diffusion, policy" */
static const char *words_of(const struct command_call *call,
        const struct similar_paper *similar)
{
    const char *between =
            label_same_language(call->language, "zh") ? "、" : ", ";
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < similar->shared_count; i++)
        text_add_format(&text, "%s%s", i > 0 ? between : "",
                similar->shared[i]);
    return text_string(&text);
}

static bool add_paper(const struct command_call *call,
        const struct similar_paper *similar, struct command_answer *answer,
        struct error *err)
{
    const struct command_entry entry = {.paper = similar->paper};
    struct document *document = answer->document;

    if (!command_entries_add(call, &entry, 1, answer, err))
        return false;
    document_paragraph(document, document->root.last, ROLE_FOOT,
            phrase_fill(call->arena, &shares, call->language,
                    PHRASE_VALUES(words_of(call, similar))))
            ->language = call->language;
    return true;
}

static void say_head(const struct command_call *call, const struct paper *paper,
        size_t shown, size_t total, struct command_answer *answer)
{
    command_say(call, answer, shown < total ? &some_like_it : &like_it,
            PHRASE_VALUES(phrase_number(call->arena, shown),
                    title_of(call, paper)));
}

static bool show(const struct command_call *call,
        const struct command_request *request, const struct paper *paper,
        const struct similar_list *similar, struct command_answer *answer,
        struct error *err)
{
    size_t size = request->page.limit > 0 ? command_page_size(request, 0)
                                          : PAGE_USUAL;
    size_t first = request->page.offset < similar->count ? request->page.offset
                                                         : similar->count;
    size_t left = similar->count - first;
    struct command_list list = {
            .line = arena_format(call->arena, "%s %s",
                    command_name(&command_similar_rows[0], call->language),
                    paper->id),
            .shown = left < size ? left : size,
            .total = similar->count,
    };

    if (first == 0)
        say_head(call, paper, list.shown, list.total, answer);
    for (size_t i = 0; i < list.shown; i++)
        if (!add_paper(call, &similar->items[first + i], answer, err))
            return false;
    return command_page_end(call, request, &list, answer, err);
}

static bool run_similar(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_papers papers;
    struct similar_list similar;

    if (request->words.count == 0) {
        command_say(call, answer, &which,
                PHRASE_VALUES(command_as_typed(call,
                        arena_format(call->arena, "%s 3",
                                command_name(request->command,
                                        call->language)))));
        return true;
    }
    if (!command_paper_find(call, request->words.items, request->words.count,
                answer, &papers, err))
        return false;
    if (papers.waits || papers.count == 0)
        return true;
    const struct paper *paper = papers.items[0].paper;
    if (papers.count > 1)
        command_say(call, answer, &one_only, PHRASE_NO_VALUES);
    if (!similar_find(call->store, paper, call->today, call->arena, &similar,
                err))
        return false;
    if (similar.count > 0)
        return show(call, request, paper, &similar, answer, err);
    command_say(call, answer, &nothing_like_it,
            PHRASE_VALUES(title_of(call, paper),
                    command_as_typed(call, paper->id)));
    return true;
}

const struct command command_similar_rows[] = {
        {
                .english = {"similar", "like"},
                .chinese = {"相似", "相近", "类似"},
                .grammar = {"3 | 2210.11693 | LINK", "3 | 2210.11693 | 链接",
                        NULL},
                .summary = {"papers like it in content", "内容相近的论文",
                        NULL},
                .details = {"Compares the words of titles and abstracts; words "
                            "that few papers have count more. Each paper comes "
                            "with the words that it shares most with yours.",
                        "比较标题和摘要的用词，越少见的词分量越重。每篇都会列出"
                        "与你所选论文最重要的共同词。",
                        NULL},
                .examples = {"similar 3\nsimilar 2210.11693",
                        "相似 3\n相似 2210.11693", NULL},
                .who = COMMAND_ANYONE,
                .run = run_similar,
        },
        {.english = {NULL}},
};
