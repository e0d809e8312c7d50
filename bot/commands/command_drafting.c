#include "bot/commands/command_drafting.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/commands/command_card.h"
#include "bot/commands/command_day.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_paper.h"
#include "bot/draft_change.h"
#include "bot/labels.h"
#include "bot/model/occasion.h"
#include "bot/occasion_due.h"

#include <string.h>

enum {
    TITLE_GRAPHEMES_MAX = 60,
    WORD_GRAPHEMES_MAX = 40, /* of a wrong word that is said again */
    HISTORY_GRAPHEMES_MAX = 200,
    ORDER_BYTES_MAX = 4000,
};

static const struct phrase off = {
        .english = "No drafts are made here: each digest goes out as it was "
                   "chosen. To have them: %1",
        .chinese = "本频道不发草稿，日报按自动选择发出。要有草稿请发送 %1",
};
static const struct phrase none_before = {
        .english = "There is no draft now. The next one comes %1, or after "
                   "that as soon as there are papers.",
        .chinese = "现在没有草稿。下一份将在 %1 "
                   "发出；届时还没有新论文的话，一有就发。",
};
static const struct phrase none_yet = {
        .english = "There is no draft yet: no new papers have been announced. "
                   "It comes as soon as they are, if that is before the "
                   "digest.",
        .chinese = "还没有草稿，因为没有新论文公布。日报发出前一有新论文就会发"
                   "草稿。",
};
static const struct phrase no_number = {
        .english = "There is no number %1 in the draft; it goes up to %2.",
        .chinese = "草稿里没有第 %1 篇，序号到 %2 为止。",
};
static const struct phrase not_there = {
        .english = "%1 is not in the draft. To take it in: %2",
        .chinese = "草稿里没有 %1。要收录请发送 %2",
};
static const struct phrase no_paper = {
        .english = "“%1” does not name a paper. Its number in the draft, an "
                   "arXiv id or a link does.",
        .chinese = "“%1”不能指明是哪篇论文。请写它在草稿中的序号、arXiv "
                   "编号或链接。",
};
static const struct phrase posted = {
        .english = "%1 was posted here already, on %2.",
        .chinese = "%1 已于 %2在本频道发布过。",
};
static const struct phrase withdrawn = {
        .english = "%1 was withdrawn by its authors.",
        .chinese = "%1 已被作者撤稿。",
};
static const struct phrase full = {
        .english = "The draft is full.",
        .chinese = "草稿已满。",
};
static const struct phrase order = {
        .english = "Now: %1.",
        .chinese = "现在的顺序：%1。",
};
static const struct phrase order_both = {
        .english = "Now: %1; further ones: %2.",
        .chinese = "现在的顺序：%1；另外：%2。",
};
static const struct phrase empty = {
        .english = "Nothing is left in the draft: no digest goes out then.",
        .chinese = "草稿已空，届时不发日报。",
};

/* --- which draft --- */

/* What was slept over is no digest any more. */
static void pass_overtaken(const struct command_call *call,
        const struct civil_zone *zone, struct occasion_due *found)
{
    const struct channel *channel = call->channel;
    struct due next = found->due;

    while (found->waits &&
            schedule_after_date(&channel->schedule, zone, next.date, &next) &&
            next.ms <= call->now_ms)
        found->due = next;
}

static bool find_due(const struct command_call *call,
        struct occasion_due *found, struct error *err)
{
    const struct schedule *schedule = &call->channel->schedule;

    *found = (struct occasion_due){0};
    if (schedule->minute_of_day < 0 || *schedule->timezone == '\0')
        return true;
    struct civil_zone *zone = civil_zone_open(schedule->timezone, err);
    if (zone == NULL)
        return false;
    bool ok = occasion_due_find(call->store, call->channel, zone, 0,
            call->now_ms, found, err);
    if (ok)
        pass_overtaken(call, zone, found);
    civil_zone_close(zone);
    return ok;
}

static bool say_none(const struct command_call *call,
        const struct occasion_due *found, struct command_answer *answer,
        struct error *err)
{
    const struct channel *channel = call->channel;
    int64_t from_ms = found->due.ms - channel->curate_ms;

    if (channel->curate_ms == 0)
        command_say(call, answer, &off,
                PHRASE_VALUES(command_as_typed(call,
                        label_same_language(call->language, "zh")
                                ? "审稿 2小时"
                                : "curate 2h")));
    else if (found->waits && !channel->paused && call->now_ms < from_ms)
        command_say(call, answer, &none_before,
                PHRASE_VALUES(command_due_instant(call, channel, from_ms)));
    else if (found->waits && !channel->paused)
        command_say(call, answer, &none_yet, PHRASE_NO_VALUES);
    return command_due_say(call, channel, answer, err);
}

bool command_drafting_begin(const struct command_call *call,
        struct command_answer *answer, struct command_drafting *drafting,
        struct error *err)
{
    struct occasion_due found;

    *drafting = (struct command_drafting){.call = call,
            .answer = answer,
            .done = ""};
    answer->personal = true;
    if (!find_due(call, &found, err))
        return false;
    if (found.waits &&
            !store_draft_get(call->store, call->channel->id,
                    occasion_digest_key(call->arena, found.due.date),
                    call->arena, &drafting->draft, err))
        return false;
    drafting->due_ms = found.due.ms;
    return drafting->draft != NULL || say_none(call, &found, answer, err);
}

/* --- which paper --- */

static bool may_add(const struct command_drafting *drafting,
        const struct paper *paper, bool *may, struct error *err)
{
    const struct command_call *call = drafting->call;
    struct command_answer *answer = drafting->answer;
    struct posted_paper *before;

    if (!store_posted_get(call->store, call->channel->id, paper->id,
                call->arena, &before, err))
        return false;
    *may = false;
    if (before != NULL)
        command_say(call, answer, &posted,
                PHRASE_VALUES(paper->id,
                        command_day_text(call,
                                command_day_local(call, before->posted_ms))));
    else if (paper->withdrawn)
        command_say(call, answer, &withdrawn, PHRASE_VALUES(paper->id));
    else if (drafting->draft->count == DRAFT_CHANGE_PAPERS_MAX)
        command_say(call, answer, &full, PHRASE_NO_VALUES);
    else
        *may = true;
    return true;
}

static void say_not_there(const struct command_drafting *drafting,
        const char *id)
{
    const struct command_call *call = drafting->call;
    bool chinese = label_same_language(call->language, "zh");

    command_say(call, drafting->answer, &not_there,
            PHRASE_VALUES(id,
                    command_as_typed(call,
                            arena_format(call->arena,
                                    chinese ? "选 %s" : "pick %s", id))));
}

static bool find_id(struct command_drafting *drafting,
        const struct command_word *word, bool add, unsigned *number,
        struct error *err)
{
    const struct command_call *call = drafting->call;
    struct command_papers papers;
    bool may;

    if (!command_paper_is_meant(call->arena, word)) {
        command_say(call, drafting->answer, &no_paper,
                PHRASE_VALUES(text_shorten(call->arena, word->text,
                        WORD_GRAPHEMES_MAX)));
        return true;
    }
    if (!command_paper_find(call, word, 1, drafting->answer, &papers, err))
        return false;
    drafting->waits = drafting->waits || papers.waits;
    if (papers.count == 0)
        return true;
    const struct paper *paper = papers.items[0].paper;
    const struct draft_paper *held =
            draft_change_id(drafting->draft, paper->id);
    if (held != NULL) {
        *number = held->number;
        return true;
    }
    if (!add) {
        say_not_there(drafting, paper->id);
        return true;
    }
    if (!may_add(drafting, paper, &may, err))
        return false;
    if (may)
        *number = draft_change_add(drafting->draft, paper->id,
                command_card_tag(call, paper), call->arena)
                          ->number;
    return true;
}

bool command_drafting_find(struct command_drafting *drafting,
        const struct command_word *word, bool add, unsigned *number,
        struct error *err)
{
    const struct command_call *call = drafting->call;
    unsigned named = command_paper_number(word->text);

    *number = 0;
    if (named == 0 || *word->key != '\0' || word->negated)
        return find_id(drafting, word, add, number, err);
    if (draft_change_number(drafting->draft, named) != NULL)
        *number = named;
    else
        command_say(call, drafting->answer, &no_number,
                PHRASE_VALUES(phrase_number(call->arena, named),
                        phrase_number(call->arena,
                                draft_change_last_number(drafting->draft))));
    return true;
}

bool command_drafting_title(const struct command_drafting *drafting,
        unsigned number, const char **title, struct error *err)
{
    const struct command_call *call = drafting->call;
    const struct draft_paper *held =
            draft_change_number(drafting->draft, number);
    struct paper *paper = NULL;

    if (held != NULL &&
            !store_paper_get(call->store, held->paper_id, call->arena, &paper,
                    err))
        return false;
    *title = paper == NULL ? ""
                           : text_shorten(call->arena,
                                     text_latex_show(call->arena, paper->title),
                                     TITLE_GRAPHEMES_MAX);
    return true;
}

/* --- what was done --- */

void command_drafting_note(struct command_drafting *drafting, const char *what,
        unsigned number, const char *more)
{
    const struct draft_paper *held =
            draft_change_number(drafting->draft, number);

    drafting->done = arena_format(drafting->call->arena, "%s%s%s %u (%s)%s%s",
            drafting->done, *drafting->done == '\0' ? "" : ", ", what, number,
            held == NULL ? "" : held->paper_id, *more == '\0' ? "" : " ", more);
}

static const char *numbers_in(const struct command_drafting *drafting,
        enum draft_place place)
{
    const struct draft *draft = drafting->draft;
    bool chinese = label_same_language(drafting->call->language, "zh");
    struct text text;

    text_init(&text, drafting->call->arena, ORDER_BYTES_MAX);
    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].place == place)
            text_add_format(&text, "%s%u",
                    text.length == 0  ? ""
                            : chinese ? "、"
                                      : ", ",
                    draft->papers[i].number);
    return text_string(&text);
}

static void say_order(const struct command_drafting *drafting)
{
    const char *top = numbers_in(drafting, DRAFT_TOP);
    const char *also = numbers_in(drafting, DRAFT_ALSO);
    const struct command_call *call = drafting->call;

    if (*top == '\0' && *also == '\0')
        command_say(call, drafting->answer, &empty, PHRASE_NO_VALUES);
    else if (*top == '\0' || *also == '\0')
        command_say(call, drafting->answer, &order,
                PHRASE_VALUES(*top == '\0' ? also : top));
    else
        command_say(call, drafting->answer, &order_both,
                PHRASE_VALUES(top, also));
}

static bool keep(struct command_drafting *drafting, struct error *err)
{
    const struct command_call *call = drafting->call;
    struct draft *draft = drafting->draft;
    struct string_list curators = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < draft->curators.count; i++)
        string_list_add(&curators, &capacity, call->arena,
                draft->curators.items[i]);
    if (!string_list_has(&curators, call->person))
        string_list_add(&curators, &capacity, call->arena, call->person);
    draft->curators = curators;
    draft->touched = true;
    const struct channel_change change = {.changed_ms = call->now_ms,
            .person = call->person,
            .what = text_shorten(call->arena,
                    arena_format(call->arena, "draft %s: %s",
                            draft->occasion + strcspn(draft->occasion, "/") + 1,
                            drafting->done),
                    HISTORY_GRAPHEMES_MAX)};
    return store_draft_put(call->store, draft, err) &&
            store_change_add(call->store, call->channel->id, &change, err);
}

bool command_drafting_end(struct command_drafting *drafting, struct error *err)
{
    if (drafting->waits || *drafting->done == '\0')
        return true;
    if (!keep(drafting, err))
        return false;
    say_order(drafting);
    return true;
}
