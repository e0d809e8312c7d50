#include "bot/explain.h"

#include "bot/base/text.h"
#include "bot/model/category.h"
#include "bot/planning/plan_candidates.h"
#include "bot/taste.h"

enum {
    BATCHES_LOOKED_AT = 40 /* some two months of a category */
};

const char *explain_verdict_name(enum explain_verdict verdict)
{
    static const char *const names[] = {
            [EXPLAIN_POSTED] = "posted",
            [EXPLAIN_UNWANTED] = "unwanted",
            [EXPLAIN_WITHDRAWN] = "withdrawn",
            [EXPLAIN_UNANNOUNCED] = "unannounced",
            [EXPLAIN_REPLACEMENT] = "replacement",
            [EXPLAIN_INCOMPLETE] = "incomplete",
            [EXPLAIN_MISSED] = "missed",
            [EXPLAIN_COMES] = "comes",
            [EXPLAIN_BEHIND] = "behind",
            [EXPLAIN_OUTDONE] = "outdone",
    };
    return names[verdict];
}

/* One explanation being put together. */
struct search {
    struct store *store;
    const struct channel *channel;
    struct arena *arena;
    struct explanation *found;
    size_t filing_capacity;
};

/* --- where it was announced --- */

static bool look_into(struct search *search, const struct batch *batch,
        struct error *err)
{
    struct explanation *found = search->found;
    struct arena arena = {0};
    struct batch_paper_list papers;
    bool done = store_batch_papers(search->store, batch->category, batch->date,
            &arena, &papers, err);
    for (size_t i = 0; done && i < papers.count; i++) {
        if (!text_same(papers.items[i].paper_id, found->paper->id))
            continue;
        found->filings =
                arena_grow(search->arena, found->filings, found->filing_count,
                        &search->filing_capacity, sizeof *found->filings);
        found->filings[found->filing_count++] =
                (struct explain_filing){.category = batch->category,
                        .date = batch->date,
                        .announce = papers.items[i].announce,
                        .state = batch->state};
    }
    arena_finish(&arena);
    return done;
}

/* No announcement is older than its paper; a day is allowed for zones. */
static bool may_hold(const struct batch *batch, const struct paper *paper)
{
    const int64_t day_ms = INT64_C(24) * 3600 * 1000;
    return civil_date_days(batch->date) >= paper->published_ms / day_ms - 1;
}

static bool look_for(struct search *search, const char *category,
        struct error *err)
{
    struct batch_list batches;
    if (!store_batch_list(search->store, category, BATCHES_LOOKED_AT,
                search->arena, &batches, err))
        return false;
    for (size_t i = 0; i < batches.count; i++)
        if (may_hold(&batches.items[i], search->found->paper) &&
                !look_into(search, &batches.items[i], err))
            return false;
    return true;
}

static bool wants(const struct channel *channel, const char *category)
{
    const struct string_list *wanted = &channel->subscription.categories;
    for (size_t i = 0; i < wanted->count; i++)
        if (category_same(wanted->items[i], category))
            return true;
    return false;
}

/* The channel's categories, and those of its own that the channel has not. */
static bool look_everywhere(struct search *search, struct error *err)
{
    const struct string_list *wanted =
            &search->channel->subscription.categories;
    const struct string_list *own = &search->found->paper->categories;
    for (size_t i = 0; i < wanted->count; i++)
        if (!look_for(search, wanted->items[i], err))
            return false;
    for (size_t i = 0; i < own->count; i++)
        if (!wants(search->channel, own->items[i]) &&
                !look_for(search, own->items[i], err))
            return false;
    return true;
}

/* --- what it is worth --- */

static bool score(struct search *search, struct error *err)
{
    struct explanation *found = search->found;
    struct candidate candidate = {.paper = found->paper};
    struct taste taste;
    if (!store_taste_get(search->store, search->channel->id, search->arena,
                &taste, err))
        return false;
    candidate.taste = taste_score(&taste, found->paper, search->arena);
    if (!store_signals_get(search->store, found->paper->id, search->arena,
                &candidate.signals, err))
        return false;
    found->scored = selection_score(&candidate, &search->channel->subscription,
            search->arena);
    return true;
}

static bool holds(const struct scored_list *list, const char *id, size_t *place)
{
    for (size_t i = 0; i < list->count; i++) {
        *place = i + 1;
        if (text_same(list->items[i].paper->id, id))
            return true;
    }
    *place = 0;
    return false;
}

/* Ranks it among candidates; whether it would be chosen of them. */
static bool rank(struct search *search,
        const struct plan_candidates *candidates)
{
    struct explanation *found = search->found;
    size_t place;
    const struct scored_list ranked = selection_rank(candidates->items,
            candidates->count, &search->channel->subscription, search->arena);
    const struct scored_list chosen = selection_choose(&ranked, found->takes,
            search->channel->mix, search->arena);
    holds(&ranked, found->paper->id, &found->place);
    found->among = ranked.count;
    return holds(&chosen, found->paper->id, &place);
}

/* --- the verdict --- */

static bool is_news(const struct explain_filing *filing)
{
    return filing->announce != ANNOUNCE_REPLACE &&
            filing->announce != ANNOUNCE_REPLACE_CROSS;
}

/* The newest filing that may bring it to the channel; NULL and why not. */
static const struct explain_filing *news_filing(const struct search *search,
        enum explain_verdict *verdict)
{
    const struct explanation *found = search->found;
    const struct explain_filing *newest = NULL;
    *verdict = EXPLAIN_UNANNOUNCED;
    for (size_t i = 0; i < found->filing_count; i++) {
        const struct explain_filing *filing = &found->filings[i];
        if (!wants(search->channel, filing->category))
            continue;
        if (!is_news(filing)) {
            if (*verdict == EXPLAIN_UNANNOUNCED)
                *verdict = EXPLAIN_REPLACEMENT;
        } else if (filing->state != BATCH_ANNOUNCED) {
            *verdict = EXPLAIN_INCOMPLETE;
        } else if (newest == NULL ||
                civil_date_compare(filing->date, newest->date) > 0) {
            newest = filing;
        }
    }
    return newest;
}

static bool judge_candidate(struct search *search,
        const struct explain_filing *filing, struct error *err)
{
    struct explanation *found = search->found;
    struct plan_candidates candidates;
    struct plan_memo memo;

    plan_memo_init(&memo, search->arena);
    if (!plan_candidates_uncovered(search->store, search->channel, &memo,
                search->arena, &candidates, err))
        return false;
    found->verdict = rank(search, &candidates) ? EXPLAIN_COMES : EXPLAIN_BEHIND;
    if (found->place > 0)
        return true;
    if (!plan_candidates_of_date(search->store, search->channel, filing->date,
                true, search->arena, &candidates, err))
        return false;
    found->verdict =
            rank(search, &candidates) ? EXPLAIN_MISSED : EXPLAIN_OUTDONE;
    return true;
}

static bool judge(struct search *search, struct error *err)
{
    struct explanation *found = search->found;
    bool wanted = false;
    for (size_t i = 0; i < found->paper->categories.count; i++)
        wanted = wanted ||
                wants(search->channel, found->paper->categories.items[i]);
    const struct explain_filing *filing = news_filing(search, &found->verdict);
    if (found->posted != NULL)
        found->verdict = EXPLAIN_POSTED;
    else if (!wanted)
        found->verdict = EXPLAIN_UNWANTED;
    else if (found->paper->withdrawn)
        found->verdict = EXPLAIN_WITHDRAWN;
    else if (filing != NULL)
        return judge_candidate(search, filing, err);
    return true;
}

bool explain_paper(struct store *store, const struct channel *channel,
        const char *id, struct arena *arena, struct explanation *explanation,
        struct error *err)
{
    struct search search = {.store = store,
            .channel = channel,
            .arena = arena,
            .found = explanation};
    struct paper *paper;
    struct posted_paper *posted;
    *explanation = (struct explanation){
            .takes = channel->top_count + channel->also_count};
    if (!store_paper_get(store, id, arena, &paper, err))
        return false;
    explanation->paper = paper;
    if (paper == NULL)
        return true;
    if (!store_posted_get(store, channel->id, id, arena, &posted, err))
        return false;
    explanation->posted = posted;
    return look_everywhere(&search, err) && score(&search, err) &&
            judge(&search, err);
}
