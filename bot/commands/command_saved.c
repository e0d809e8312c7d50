#include "bot/commands/command_saved.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/citation.h"
#include "bot/commands/command_entries.h"
#include "bot/commands/command_page.h"
#include "bot/commands/command_paper.h"
#include "bot/labels.h"

#include <string.h>

enum {
    EXPORT_MAX = 200,          /* papers in one answer */
    EXPORT_BLOCK_BYTES = 2500, /* one message of any product holds it */
    TITLE_SHOWN = 80,          /* graphemes, where a title is only recalled */
};

/* --- saving --- */

static const struct phrase is_saved = {
        .english = "Saved: %1",
        .chinese = "已收藏：%1",
};
static const struct phrase was_saved = {
        .english = "Saved already: %1",
        .chinese = "早已收藏：%1",
};
static const struct phrase list_has = {
        .english = "Your list has %1 papers; %2 shows it.",
        .chinese = "你的收藏夹有 %1 篇论文，发送 %2 查看。",
        .one = "Your list has 1 paper; %2 shows it.",
};
static const struct phrase is_dropped = {
        .english = "No longer saved: %1",
        .chinese = "已取消收藏：%1",
};
static const struct phrase was_not_saved = {
        .english = "Not on your list anyway: %1",
        .chinese = "本来就不在收藏夹里：%1",
};
static const struct phrase save_which = {
        .english = "Which paper shall I save? Write its number in the digest, "
                   "an arXiv id or a link: %1",
        .chinese = "要收藏哪篇论文？请写它在日报中的序号、arXiv "
                   "编号或链接，例如 %1",
};
static const struct phrase drop_which = {
        .english = "Which paper shall I take off your list? For example: %1",
        .chinese = "要取消收藏哪篇论文？例如 %1",
};

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

static void say_of(const struct command_call *call,
        struct command_answer *answer, const struct phrase *phrase,
        const struct paper *paper)
{
    command_say(call, answer, phrase,
            PHRASE_VALUES(text_shorten(call->arena,
                    text_latex_show(call->arena, paper->title), TITLE_SHOWN)));
}

static bool read_list(const struct command_call *call, struct saved_list *saved,
        struct error *err)
{
    return store_saved_list(call->store, call->account, call->person,
            call->arena, saved, err);
}

static bool say_how_many(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct saved_list saved;

    if (!read_list(call, &saved, err))
        return false;
    command_say(call, answer, &list_has,
            PHRASE_VALUES(phrase_number(call->arena, saved.count),
                    typed(call, "saved", "收藏夹")));
    return true;
}

static bool save_one(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer, struct error *err)
{
    const struct saved_paper saved = {.paper_id = paper->id,
            .saved_ms = call->now_ms};
    bool added;

    if (!store_saved_put(call->store, call->account, call->person, &saved,
                &added, err))
        return false;
    say_of(call, answer, added ? &is_saved : &was_saved, paper);
    return true;
}

static bool drop_one(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer, struct error *err)
{
    bool dropped;

    if (!store_saved_drop(call->store, call->account, call->person, paper->id,
                &dropped, err))
        return false;
    say_of(call, answer, dropped ? &is_dropped : &was_not_saved, paper);
    return true;
}

typedef bool one_fn(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer, struct error *err);

static bool each_paper(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        one_fn *one, struct error *err)
{
    struct command_papers papers;

    if (!command_paper_find(call, request->words.items, request->words.count,
                answer, &papers, err))
        return false;
    if (papers.waits || papers.count == 0)
        return true;
    for (size_t i = 0; i < papers.count; i++)
        if (!one(call, papers.items[i].paper, answer, err))
            return false;
    return say_how_many(call, answer, err);
}

static bool run_save(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    answer->personal = true;
    if (request->words.count > 0)
        return each_paper(call, request, answer, save_one, err);
    command_say(call, answer, &save_which,
            PHRASE_VALUES(typed(call, "save 3", "收藏 3")));
    return true;
}

static bool run_unsave(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    answer->personal = true;
    if (request->words.count > 0)
        return each_paper(call, request, answer, drop_one, err);
    command_say(call, answer, &drop_which,
            PHRASE_VALUES(typed(call, "unsave 3", "取消收藏 3")));
    return true;
}

/* --- the list --- */

static const struct phrase nothing_saved = {
        .english = "Your list is empty. %1 puts the digest's third paper on "
                   "it; only you see the list.",
        .chinese =
                "你的收藏夹是空的。发送 %1 收藏日报中的第 3 篇；收藏夹只有你自"
                "己看得到。",
};
static const struct phrase newest_first = {
        .english = "Your saved papers, the newest first:",
        .chinese = "你收藏的论文（新的在前）：",
};
static const struct phrase exported = {
        .english = "%1 saved papers as %2:",
        .chinese = "%1 篇收藏，%2 格式：",
        .one = "1 saved paper as %2:",
};
static const struct phrase exported_newest = {
        .english = "The newest %1 of your %3 saved papers as %2:",
        .chinese = "你的 %3 篇收藏中最新的 %1 篇，%2 格式：",
};
static const struct phrase no_such_form = {
        .english = "I do not know the form “%1”. I know bibtex, ris and "
                   "markdown: %2",
        .chinese =
                "我不认识“%1”这种格式。可用的有 bibtex、ris 和 markdown，例如 "
                "%2",
};

/* Papers of saved[from, to), in order; one that is gone from the store is passed
 * over. */
static bool read_papers(const struct command_call *call,
        const struct saved_list *saved, size_t from, size_t to,
        struct paper_list *papers, struct error *err)
{
    papers->items = arena_array(call->arena, struct paper, to - from);
    papers->count = 0;
    for (size_t i = from; i < to; i++) {
        struct paper *paper;

        if (!store_paper_get(call->store, saved->items[i].paper_id, call->arena,
                    &paper, err))
            return false;
        if (paper != NULL)
            papers->items[papers->count++] = *paper;
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool show_page(const struct command_call *call,
        const struct command_request *request, const struct saved_list *saved,
        struct command_answer *answer, struct error *err)
{
    size_t from = least(request->page.offset, saved->count);
    size_t to = least(from + command_page_size(request, 0), saved->count);
    struct paper_list papers;

    if (!read_papers(call, saved, from, to, &papers, err))
        return false;
    struct command_entry *entries =
            arena_array(call->arena, struct command_entry, papers.count);
    for (size_t i = 0; i < papers.count; i++)
        entries[i] = (struct command_entry){.paper = &papers.items[i]};
    command_say(call, answer, &newest_first, PHRASE_NO_VALUES);
    const struct command_list list = {
            .line = "saved",
            .shown = to - from,
            .total = saved->count,
    };
    return command_entries_add(call, entries, papers.count, answer, err) &&
            command_page_end(call, request, &list, answer, err);
}

typedef char *cite_fn(struct arena *arena, const struct paper *paper);

static const struct form {
    const char *word, *name;
    cite_fn *cite;
    const char *between; /* two papers */
} forms[] = {
        {"bibtex", "BibTeX", citation_bibtex, "\n"},
        {"bib", "BibTeX", citation_bibtex, "\n"},
        {"ris", "RIS", citation_ris, "\n"},
        {"markdown", "Markdown", citation_markdown, ""},
        {"md", "Markdown", citation_markdown, ""},
};

static const struct form *form_of(const char *word)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_same_ascii(forms[i].word, word))
            return &forms[i];
    return NULL;
}

static void add_verbatim(struct command_answer *answer, struct text *text)
{
    if (text->length > 0)
        document_inline(answer->document,
                document_block(answer->document, &answer->document->root,
                        DOCUMENT_VERBATIM, ROLE_NONE),
                DOCUMENT_TEXT, text_string(text));
}

/* In blocks of whole papers, so that no message parts one. */
static void add_citations(const struct command_call *call,
        const struct paper_list *papers, const struct form *form,
        struct command_answer *answer)
{
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < papers->count; i++) {
        const char *one = form->cite(call->arena, &papers->items[i]);

        if (text.length > 0 && text.length + strlen(one) > EXPORT_BLOCK_BYTES) {
            add_verbatim(answer, &text);
            text_init(&text, call->arena, SIZE_MAX / 2);
        }
        text_add(&text, text.length > 0 ? form->between : "");
        text_add(&text, one);
    }
    add_verbatim(answer, &text);
}

static bool export_as(const struct command_call *call,
        const struct saved_list *saved, const struct form *form,
        struct command_answer *answer, struct error *err)
{
    size_t count = least(saved->count, EXPORT_MAX);
    struct paper_list papers;

    if (!read_papers(call, saved, 0, count, &papers, err))
        return false;
    command_say(call, answer,
            count < saved->count ? &exported_newest : &exported,
            PHRASE_VALUES(phrase_number(call->arena, papers.count), form->name,
                    phrase_number(call->arena, saved->count)));
    add_citations(call, &papers, form, answer);
    return true;
}

static bool run_saved(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const char *word =
            request->words.count > 0 ? request->words.items[0].text : NULL;
    const struct form *form = word != NULL ? form_of(word) : NULL;
    struct saved_list saved;

    answer->personal = true;
    if (word != NULL && form == NULL) {
        command_say(call, answer, &no_such_form,
                PHRASE_VALUES(text_shorten(call->arena, word, TITLE_SHOWN),
                        typed(call, "saved bibtex", "收藏夹 bibtex")));
        return true;
    }
    if (!read_list(call, &saved, err))
        return false;
    if (saved.count == 0) {
        command_say(call, answer, &nothing_saved,
                PHRASE_VALUES(typed(call, "save 3", "收藏 3")));
        return true;
    }
    return form != NULL ? export_as(call, &saved, form, answer, err)
                        : show_page(call, request, &saved, answer, err);
}

const struct command command_saved_rows[] = {
        {
                .english = {"save", "keep"},
                .chinese = {"收藏", "保存"},
                .grammar = {"3 | ID…", "3 | 编号…", NULL},
                .summary = {"put papers on your own list",
                        "把论文加入你的收藏夹", NULL},
                .details = {"The list is yours alone, and the same in every "
                            "channel here. A ⭐ on a paper's message "
                            "does the same.",
                        "收藏夹只属于你，在这里的各个频道通用。给论文消息点 ⭐ "
                        "效果相同。",
                        NULL},
                .examples = {"save 3\nsave 2210.11693",
                        "收藏 3\n收藏 2210.11693", NULL},
                .who = COMMAND_ANYONE,
                .run = run_save,
        },
        {
                .english = {"unsave"},
                .chinese = {"取消收藏"},
                .grammar = {"3 | ID…", "3 | 编号…", NULL},
                .summary = {"take papers off it again", "从收藏夹移除", NULL},
                .details = {"", "", NULL},
                .examples = {"unsave 3", "取消收藏 3", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_unsave,
        },
        {
                .english = {"saved"},
                .chinese = {"收藏夹", "我的收藏"},
                .grammar = {"[bibtex | ris | markdown]",
                        "[bibtex | ris | markdown]", NULL},
                .summary = {"your list, also for your bibliography",
                        "查看收藏夹，可导出为参考文献", NULL},
                .details = {"With bibtex, ris or markdown the list comes in "
                            "that form, the newest 200 papers at most. Nobody "
                            "else sees it.",
                        "加上 bibtex、ris 或 markdown "
                        "则以该格式导出，最多最新的 "
                        "200 篇。别人看不到。",
                        NULL},
                .examples = {"saved\nsaved bibtex", "收藏夹\n收藏夹 bibtex",
                        NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_saved,
        },
        {.english = {NULL}},
};
