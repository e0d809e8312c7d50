#include "bot/commands/command_card.h"

#include "bot/base/text.h"
#include "bot/commands/command_day.h"
#include "bot/digest_entry.h"
#include "bot/enrich/enrich_names.h"
#include "bot/model/paper_code.h"
#include "bot/model/signal.h"
#include "bot/planning/plan_draft.h"
#include "bot/revision.h"
#include "bot/selection.h"

#include <inttypes.h>
#include <string.h>

static const struct phrase posted_on = {
        .english = "Posted here on %1.",
        .chinese = "本频道发布于 %1。",
};
static const struct phrase newer_version = {
        .english = "This is version %1; you named version %2: %3",
        .chinese = "以上为第 %1 版；你写的是第 %2 版：%3",
};
static const struct phrase older_version = {
        .english = "Version %2 is newer than what I know, version %1: %3",
        .chinese = "我这里只到第 %1 版；第 %2 版请看 %3",
};

static const struct phrase told_by = {
        .english = "Affiliations are from %1.",
        .chinese = "作者单位来自 %1。",
};
static const struct phrase cited = {
        .english = "Citations so far: %1.",
        .chinese = "目前被引 %1 次。",
};
static const struct phrase code_at = {
        .english = "Code: ",
        .chinese = "代码：",
};

/* --- what became of it here --- */

struct history {
    const struct posted_paper *posted; /* NULL: never */
    const struct edition_paper *shown; /* in that digest; NULL: unknown */
    const char *text; /* what a curator said of it there; "" for nothing */
};

static bool history_of(const struct command_call *call, const char *id,
        struct history *history, struct error *err)
{
    struct posted_paper *posted;
    struct edition *edition;
    struct draft *draft;

    *history = (struct history){.text = ""};
    if (!store_posted_get(call->store, call->channel->id, id, call->arena,
                &posted, err))
        return false;
    history->posted = posted;
    if (posted == NULL)
        return true;
    if (!store_edition_get(call->store, call->channel->id, posted->occasion,
                call->arena, &edition, err) ||
            !store_draft_get(call->store, call->channel->id, posted->occasion,
                    call->arena, &draft, err))
        return false;
    history->text = plan_draft_text(draft, id);
    for (size_t i = 0; edition != NULL && i < edition->count; i++)
        if (text_same(edition->papers[i].paper_id, id))
            history->shown = &edition->papers[i];
    return true;
}

static const char *mark_of(const struct command_call *call,
        const struct command_paper *paper, const struct history *history)
{
    const char *first = call->channel->languages.tags[0];
    struct edition_news news = {.venue = "", .languages = ""};

    if (history->shown != NULL)
        news = history->shown->news;
    if (paper->paper->withdrawn)
        news.changes |= EDITION_WITHDRAWN;
    if (paper->version > 0 && paper->paper->version > paper->version) {
        news.changes |= EDITION_VERSION;
        news.version = paper->paper->version;
    }
    return revision_mark(&news, first != NULL ? first : "en", call->arena);
}

const char *command_card_tag(const struct command_call *call,
        const struct paper *paper)
{
    const struct candidate candidate = {.paper = paper};

    return selection_score(&candidate, &call->channel->subscription,
            call->arena)
            .tag;
}

/* --- the card --- */

static void add_line(const struct command_call *call,
        struct command_answer *answer, const struct phrase *phrase,
        const char *const values[4])
{
    struct document *document = answer->document;

    document_paragraph(document, document->root.last, ROLE_NONE,
            phrase_fill(call->arena, phrase, call->language, values))
            ->language = call->language;
}

static void add_version(const struct command_call *call,
        const struct command_paper *paper, struct command_answer *answer)
{
    unsigned known = paper->paper->version;

    if (paper->version == 0 || known == 0 || paper->version == known)
        return;
    add_line(call, answer,
            known > paper->version ? &newer_version : &older_version,
            PHRASE_VALUES(phrase_number(call->arena, known),
                    phrase_number(call->arena, paper->version),
                    arena_format(call->arena, "https://arxiv.org/abs/%sv%u",
                            paper->paper->id, paper->version)));
}

/* The abstract is shown above, and what it says of code with it. */
static void add_code(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer)
{
    struct document *document = answer->document;
    const char *code = paper_code_of(paper, call->arena);

    if (*code == '\0' || strstr(paper->abstract, code) != NULL)
        return;
    struct document_node *block = document_block(document, document->root.last,
            DOCUMENT_PARAGRAPH, ROLE_NONE);
    block->language = call->language;
    document_inline(document, block, DOCUMENT_TEXT,
            phrase_fill(call->arena, &code_at, call->language,
                    PHRASE_NO_VALUES));
    document_link(document, block, "", code);
}

/* What others told of it. */
static bool add_told(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer, struct error *err)
{
    struct signal_list signals;

    if (!store_signals_get(call->store, paper->id, call->arena, &signals, err))
        return false;
    int64_t citations = signal_value(&signals, SIGNAL_CITATIONS);
    add_code(call, paper, answer);
    if (*paper->affiliations_from != '\0')
        add_line(call, answer, &told_by,
                PHRASE_VALUES(enrich_names_of(paper->affiliations_from,
                        call->language)));
    if (citations > 0)
        add_line(call, answer, &cited,
                PHRASE_VALUES(arena_format(call->arena, "%" PRId64,
                        citations)));
    return true;
}

bool command_card_add(const struct command_call *call,
        const struct command_paper *paper, struct command_answer *answer,
        struct error *err)
{
    struct history history;
    struct note_list *notes = arena_new(call->arena, struct note_list);

    if (!history_of(call, paper->paper->id, &history, err) ||
            !store_notes_get(call->store, paper->paper->id, call->arena, notes,
                    err))
        return false;
    const struct digest_input input = {.notes = notes,
            .languages = call->channel->languages,
            .style = STYLE_FULL};
    const struct digest_item item = {.paper = paper->paper,
            .tag = history.shown != NULL ? history.shown->tag
                                         : command_card_tag(call, paper->paper),
            .mark = mark_of(call, paper, &history),
            .text = history.text,
            .top = true};
    digest_entry_add(answer->document, &input, &item, paper->number);
    if (!add_told(call, paper->paper, answer, err))
        return false;
    add_version(call, paper, answer);
    if (history.posted != NULL)
        add_line(call, answer, &posted_on,
                PHRASE_VALUES(command_day_text(call,
                        command_day_local(call, history.posted->posted_ms))));
    return true;
}

static bool claims(struct arena *arena, const struct command_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (!command_paper_is_meant(arena, &words->items[i]))
            return false;
    return true;
}

static const struct phrase which = {
        .english = "Which paper? Write its number in the digest, an arXiv id, "
                   "or a link: %1",
        .chinese =
                "要看哪篇论文？请写它在日报中的序号、arXiv 编号或链接，例如 %1",
};

static bool run_card(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_papers papers;

    if (request->words.count == 0) {
        command_say(call, answer, &which,
                PHRASE_VALUES(command_as_typed(call, "2210.11693")));
        return true;
    }
    if (!command_paper_find(call, request->words.items, request->words.count,
                answer, &papers, err))
        return false;
    if (papers.waits)
        return true;
    answer->document->spaced = true;
    for (size_t i = 0; i < papers.count; i++)
        if (!command_card_add(call, &papers.items[i], answer, err))
            return false;
    return true;
}

const struct command command_card_rows[] = {
        {
                .english = {"show", "card"},
                .chinese = {"查看", "论文"},
                .grammar = {"2210.11693 | LINK | 3", "2210.11693 | 链接 | 3",
                        NULL},
                .summary = {"a paper in full; a number is that of the digest",
                        "论文详情；数字为日报中的序号", NULL},
                .details = {"Takes ids in any form, links (arXiv, alphaXiv, "
                            "Hugging Face, doi.org) and numbers of the newest "
                            "digest here, up to 10 at once. A paper I do not "
                            "know yet is fetched from arXiv.",
                        "支持各种写法的 arXiv 编号、链接（arXiv、alphaXiv、"
                        "Hugging Face、doi.org）和本频道最新一期日报中的序号，"
                        "一次最多 10 篇。我还没有的论文会向 arXiv 获取。",
                        NULL},
                .examples = {"2210.11693\n3 5\n"
                             "https://arxiv.org/abs/hep-th/9901001",
                        "2210.11693\n3 5\n"
                        "https://arxiv.org/abs/hep-th/9901001",
                        NULL},
                .who = COMMAND_ANYONE,
                .claims = claims,
                .run = run_card,
        },
        {.english = {NULL}},
};
