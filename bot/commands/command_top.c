#include "bot/commands/command_top.h"

#include "bot/base/text.h"
#include "bot/commands/command_announced.h"
#include "bot/commands/command_day.h"
#include "bot/commands/command_listing.h"
#include "bot/labels.h"
#include "bot/planning/plan_candidates.h"

#include <stdlib.h>
#include <string.h>

enum {
    VOTES_LOOKED_AT = 10000, /* of the channel, the newest */
};

/* How far back, and how it is said. */
struct span {
    const char *words[8]; /* up to the first NULL; the first is the English */
    int days;
    struct phrase head; /* %1 the newest day, %2 categories, %3 announcements */
};

static const struct span spans[] = {
        {{"day", "today", "天", "日", "今天", "今日"}, 1,
                {"Best of %1%2", "%1热门论文%2", NULL}},
        {{"week", "周", "本周", "一周", "星期"}, 7,
                {"Best of the week to %1%2 · %3 announcements",
                        "截至 %1一周热门论文%2 · 共 %3 次公告", NULL}},
        {{"month", "月", "本月", "一月", "一个月"}, 30,
                {"Best of the month to %1%2 · %3 announcements",
                        "截至 %1一个月热门论文%2 · 共 %3 次公告", NULL}},
};

static const struct phrase no_such_span = {
        .english = "I know the best of a day, a week or a month, not of “%1”: "
                   "%2, %3, %4",
        .chinese = "热门论文可以看一天、一周或一个月的，不能看“%1”的。请发送 "
                   "%2、%3 或 %4",
};
static const struct phrase votes_mark = {
        .english = "[%1 votes]",
        .chinese = "〔%1 票〕",
        .one = "[1 vote]",
};
static const struct phrase no_votes = {
        .english = "Nobody has voted for one of these yet; they are in the "
                   "order in which this channel's digest would take them.",
        .chinese = "还没有人给这些论文投票，先按本频道日报的选文标准排序。",
};

/* A paper and what people think of it. */
struct rated {
    struct scored scored;
    int64_t votes;
};

/* --- votes --- */

static int compare_ids(const void *key, const void *item)
{
    return strcmp(key, ((const struct candidate *)item)->paper->id);
}

/* The place of a paper among the candidates; their count if it is none. */
static size_t place_of(const struct plan_candidates *candidates, const char *id)
{
    const struct candidate *found = candidates->count == 0
            ? NULL
            : bsearch(id, candidates->items, candidates->count,
                      sizeof *candidates->items, compare_ids);

    return found == NULL ? candidates->count
                         : (size_t)(found - candidates->items);
}

/* Of each candidate: those elsewhere, and up and down here. */
static bool count_votes(const struct command_call *call,
        const struct plan_candidates *candidates, int64_t **sums,
        struct error *err)
{
    struct vote_list votes;

    *sums = arena_array(call->arena, int64_t, candidates->count + 1);
    if (!store_vote_list(call->store, call->channel->id, VOTES_LOOKED_AT,
                call->arena, &votes, err))
        return false;
    for (size_t i = 0; i < candidates->count; i++)
        (*sums)[i] =
                signal_value(&candidates->items[i].signals, SIGNAL_HF_VOTES);
    for (size_t i = 0; i < votes.count; i++)
        (*sums)[place_of(candidates, votes.items[i].paper_id)] +=
                votes.items[i].value;
    return true;
}

/* Ties stay in the order of the score, which is that of the items. */
static int compare_rated(const void *a, const void *b)
{
    const struct rated *x = a, *y = b;

    if (x->votes != y->votes)
        return x->votes < y->votes ? 1 : -1;
    if (x->scored.score != y->scored.score)
        return x->scored.score < y->scored.score ? 1 : -1;
    return strcmp(x->scored.paper->id, y->scored.paper->id);
}

static const char *mark_of(const struct command_call *call, int64_t votes)
{
    if (votes <= 0)
        return "";
    return phrase_fill(call->arena, &votes_mark, call->language,
            PHRASE_VALUES(phrase_number(call->arena, (size_t)votes)));
}

/* --- the list --- */

struct best {
    const struct command_call *call;
    struct command_scope scope;
    struct scored_list papers;
    const char **marks;
    bool voted;
};

static bool rate(struct best *best, const struct plan_candidates *candidates,
        struct error *err)
{
    const struct command_call *call = best->call;
    int64_t *sums;
    struct scored_list ranked = selection_rank(candidates->items,
            candidates->count, &best->scope.channel.subscription, call->arena);
    struct rated *rated =
            arena_array(call->arena, struct rated, ranked.count + 1);

    if (!count_votes(call, candidates, &sums, err))
        return false;
    for (size_t i = 0; i < ranked.count; i++)
        rated[i] = (struct rated){.scored = ranked.items[i],
                .votes = sums[place_of(candidates, ranked.items[i].paper->id)]};
    qsort(rated, ranked.count, sizeof *rated, compare_rated);
    best->papers = ranked;
    best->marks = arena_array(call->arena, const char *, ranked.count + 1);
    for (size_t i = 0; i < ranked.count; i++) {
        best->papers.items[i] = rated[i].scored;
        best->marks[i] = mark_of(call, rated[i].votes);
        best->voted = best->voted || rated[i].votes > 0;
    }
    return true;
}

/* "top day 2026-11-20" and "top day until:2026-11-20" are the same. */
static struct civil_date last_day_of(const struct command_scope *scope)
{
    return civil_date_is_set(scope->until) ? scope->until : scope->day;
}

static void say_nothing(const struct best *best,
        const struct command_announced *announced,
        struct command_answer *answer)
{
    if (announced->count > 0 && civil_date_is_set(last_day_of(&best->scope)))
        command_announced_say_why(best->call, announced,
                last_day_of(&best->scope), answer);
    else
        command_listing_say_nothing(best->call, &best->scope, answer);
}

static bool show(struct best *best, const struct command_request *request,
        const struct span *span, struct command_answer *answer,
        struct error *err)
{
    const struct command_call *call = best->call;
    struct command_announced announced;
    struct plan_candidates candidates;

    if (!command_announced_read(call, &best->scope, &announced, err))
        return false;
    struct civil_date last =
            command_announced_newest(&announced, last_day_of(&best->scope));
    if (!civil_date_is_set(last)) {
        say_nothing(best, &announced, answer);
        return true;
    }
    struct civil_date first = civil_date_plus(last, 1 - span->days);
    if (!plan_candidates_of_days(call->store, &best->scope.channel, first, last,
                true, call->arena, &candidates, err) ||
            !rate(best, &candidates, err))
        return false;
    char until[CIVIL_DATE_SIZE];
    civil_date_format(last, until);
    const struct command_listing listing =
            {.head = phrase_fill(call->arena, &span->head, call->language,
                     PHRASE_VALUES(command_day_text(call, last),
                             command_listing_of(call, &best->scope),
                             phrase_number(call->arena,
                                     command_announced_days(&announced, first,
                                             last)))),
                    .papers = &best->papers,
                    .marks = best->marks,
                    .line = arena_format(call->arena, "top %s until:%s%s",
                            span->words[0], until, best->scope.line)};
    if (!best->voted && best->papers.count > 0 && request->page.offset == 0)
        command_say(call, answer, &no_votes, PHRASE_NO_VALUES);
    return command_listing_show(call, request, &best->scope, &listing, answer,
            err);
}

static const struct span *span_of(const char *word)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        for (size_t n = 0; spans[i].words[n] != NULL; n++)
            if (text_same_ascii(spans[i].words[n], word))
                return &spans[i];
    return NULL;
}

static bool is_other_span(const char *word)
{
    static const char *const others[] = {"year", "hour", "quarter", "ever",
            "年", "今年", "一年", "季度", "小时"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_same_ascii(others[i], word))
            return true;
    return false;
}

static void refuse_span(const struct command_call *call,
        struct command_answer *answer, const char *word)
{
    bool chinese = label_same_language(call->language, "zh");

    command_say(call, answer, &no_such_span,
            PHRASE_VALUES(word,
                    command_as_typed(call, chinese ? "热门 今天" : "top day"),
                    command_as_typed(call, chinese ? "热门 本周" : "top week"),
                    command_as_typed(call,
                            chinese ? "热门 本月" : "top month")));
}

static bool run_top(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct best best = {.call = call};
    const struct span *span = NULL;
    struct command_words rest = request->words;
    const char *first = rest.count > 0 ? rest.items[0].text : "";

    span = span_of(first);
    if (span != NULL) {
        rest.items++;
        rest.count--;
    } else if (is_other_span(first)) {
        refuse_span(call, answer, first);
        return true;
    } else {
        span = span_of("week");
    }
    if (!command_scope_read(call, rest.items, rest.count, true, answer,
                &best.scope))
        return true;
    return show(&best, request, span, answer, err);
}

const struct command command_top_rows[] = {
        {
                .english = {"top", "best", "hot"},
                .chinese = {"热门", "精选"},
                .grammar = {"[day | week | month] [LG CV] [N]",
                        "[今天 | 本周 | 本月] [LG CV] [篇数]", NULL},
                .summary = {"the best of a day, a week, a month",
                        "一天、一周或一个月的热门论文", NULL},
                .details = {"Most votes first (those at Hugging Face, and up "
                            "and down here), then as this channel's digest "
                            "would choose; a week if you do not say. N papers, "
                            "10 if you do not say, at most 20; “more” goes on.",
                        "得票多的在前（Hugging Face "
                        "的票数，加上本频道的赞和踩）"
                        "，其余按本频道日报的选文标准；不写时段则为一周。"
                        "默认 10 篇，最多 20 篇；发送“更多”看下一页。",
                        NULL},
                .examples = {"top week\ntop day CV 5\ntop month",
                        "热门 本周\n热门 今天 CV 5\n热门 本月", NULL},
                .who = COMMAND_ANYONE,
                .run = run_top,
        },
        {.english = {NULL}},
};
