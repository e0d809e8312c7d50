#include "bot/planning/plan_candidates.h"

#include "bot/planning/plan.h"
#include "bot/planning/plan_covered.h"
#include "bot/taste.h"

#include <stdlib.h>
#include <string.h>

/* Batches looked at to find the announced ones among them: days of holidays
 * and outages lie between. */
enum {
    BATCHES_LOOKED_AT = 4 * PLAN_ANNOUNCEMENTS_MAX,
    DAYS_A_WEEK = 7,
};

/* A growing array of a batch's papers. */
struct rows {
    struct batch_paper *items;
    size_t count, capacity;
};

struct search {
    struct store *store;
    struct plan_memo *memo;
    const struct channel *channel;
    struct arena *arena;
    struct rows fresh;      /* what may be news */
    struct rows risen;      /* considered, but a signal of it rose since */
    struct rows considered; /* what an earlier digest had before it */
    size_t covered_capacity;
    int64_t arrival; /* the newest there is */
    bool posted;     /* posted papers too */
    bool shared;     /* it is not for this channel alone: none of its votes */
    struct taste taste;
    struct plan_candidates *found;
};

static bool is_news(enum announce_type announce)
{
    return announce != ANNOUNCE_REPLACE && announce != ANNOUNCE_REPLACE_CROSS;
}

static void rows_add(struct rows *rows, struct arena *arena,
        const struct batch_paper *row)
{
    rows->items = arena_grow(arena, rows->items, rows->count, &rows->capacity,
            sizeof *rows->items);
    rows->items[rows->count++] = *row;
}

/* New before cross-listed: a paper that is new in any category is new. */
static int news_rank(enum announce_type announce)
{
    return announce == ANNOUNCE_CROSS ? 1 : 0;
}

static int compare_rows(const void *a, const void *b)
{
    const struct batch_paper *x = a, *y = b;
    int order = strcmp(x->paper_id, y->paper_id);

    return order != 0 ? order : news_rank(x->announce) - news_rank(y->announce);
}

static int compare_ids(const void *a, const void *b)
{
    const struct batch_paper *x = a, *y = b;

    return strcmp(x->paper_id, y->paper_id);
}

static void rows_sort(struct rows *rows)
{
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
}

static bool rows_hold(const struct rows *sorted, const struct batch_paper *row)
{
    return sorted->count > 0 &&
            bsearch(row, sorted->items, sorted->count, sizeof *row,
                    compare_ids) != NULL;
}

/* --- reading announcements --- */

/* Reads a batch; what arrived after the given number is fresh, or may return if
 * a signal of it rose since. */
static bool read_batch(struct search *search, const struct batch *batch,
        int64_t after_arrival, struct error *err)
{
    struct batch_paper_list papers;
    bool any = false;

    if (!plan_memo_batch_papers(search->store, search->memo, batch, &papers,
                err))
        return false;
    for (size_t i = 0; i < papers.count; i++) {
        const struct batch_paper *row = &papers.items[i];
        if (!is_news(row->announce))
            continue;
        bool fresh = row->arrival > after_arrival;
        bool risen = row->rose > after_arrival;
        rows_add(fresh          ? &search->fresh
                        : risen ? &search->risen
                                : &search->considered,
                search->arena, row);
        any = any || fresh;
    }
    struct civil_date *newest = &search->found->foot.date;
    if (any && civil_date_compare(batch->date, *newest) > 0)
        *newest = batch->date;
    return true;
}

static void cover(struct search *search, const struct batch *batch)
{
    struct covered_list *covered = &search->found->covered;

    covered->items = arena_grow(search->arena, covered->items, covered->count,
            &search->covered_capacity, sizeof *covered->items);
    covered->items[covered->count++] =
            (struct covered_batch){.category = batch->category,
                    .date = batch->date,
                    .arrival = search->arrival};
}

/* The newest announced batches of a category, newest first. */
static bool announced_batches(struct search *search, const char *category,
        struct batch_list *announced, struct error *err)
{
    return plan_memo_announced(search->store, search->memo, category,
            BATCHES_LOOKED_AT, PLAN_ANNOUNCEMENTS_MAX, announced, err);
}

/* A category that is new to the channel starts at its newest announcement; the
 * older ones are covered unread. */
static bool read_new_category(struct search *search,
        const struct batch_list *batches, struct error *err)
{
    for (size_t i = 0; i < batches->count; i++) {
        cover(search, &batches->items[i]);
        if (i == 0 && !read_batch(search, &batches->items[i], 0, err))
            return false;
    }
    return true;
}

static bool read_category(struct search *search, const char *category,
        const struct covered_list *covered, struct error *err)
{
    struct batch_list batches;

    if (!announced_batches(search, category, &batches, err))
        return false;
    if (!plan_covered_has(covered, category))
        return read_new_category(search, &batches, err);
    for (size_t i = 0; i < batches.count; i++) {
        const struct batch *batch = &batches.items[i];
        const struct covered_batch *known =
                plan_covered_find(covered, category, batch->date);
        cover(search, batch);
        if (!read_batch(search, batch, known == NULL ? 0 : known->arrival, err))
            return false;
    }
    return true;
}

static bool is_wanted(const struct search *search, const char *category)
{
    const struct string_list *wanted =
            &search->channel->subscription.categories;

    for (size_t i = 0; i < wanted->count; i++)
        if (strcmp(wanted->items[i], category) == 0)
            return true;
    return false;
}

/* What is announced in a category while the channel does not want it is not
 * kept for the day when it does again. */
static bool cover_unwanted(struct search *search,
        const struct covered_list *covered, struct error *err)
{
    for (size_t i = 0; i < covered->count; i++) {
        const char *category = covered->items[i].category;
        struct batch_list batches;
        if (is_wanted(search, category) ||
                (i > 0 &&
                        strcmp(covered->items[i - 1].category, category) == 0))
            continue;
        if (!announced_batches(search, category, &batches, err))
            return false;
        for (size_t n = 0; n < batches.count; n++)
            cover(search, &batches.items[n]);
    }
    return true;
}

/* --- from rows to candidates --- */

static int taste_of(struct search *search, struct plan_memo_paper *known)
{
    return search->taste.count == 0
            ? 0
            : taste_score_words(&search->taste,
                      plan_memo_words(search->memo, known), search->arena);
}

static bool load_candidate(struct search *search, const struct batch_paper *row,
        struct error *err)
{
    struct plan_candidates *found = search->found;
    struct posted_paper *posted = NULL;
    struct plan_memo_paper *known;

    if (!search->posted &&
            !store_posted_get(search->store, search->channel->id, row->paper_id,
                    search->arena, &posted, err))
        return false;
    if (posted != NULL)
        return true;
    if (!plan_memo_paper(search->store, search->memo, row->paper_id, &known,
                err))
        return false;
    if (known->paper == NULL)
        return true;
    found->items[found->count++] = (struct candidate){.paper = known->paper,
            .announce = row->announce,
            .signals = known->signals,
            .taste = taste_of(search, known)};
    return true;
}

static void count_row(struct digest_foot *foot, const struct batch_paper *row)
{
    if (row->announce == ANNOUNCE_CROSS)
        foot->cross_count++;
    else
        foot->new_count++;
}

/* Each paper once, without those an earlier digest had before it. */
static bool load_fresh(struct search *search, struct error *err)
{
    const struct rows *fresh = &search->fresh;

    for (size_t i = 0; i < fresh->count; i++) {
        const struct batch_paper *row = &fresh->items[i];
        if (i > 0 && compare_ids(row, row - 1) == 0)
            continue;
        count_row(&search->found->foot, row);
        if (!rows_hold(&search->considered, row) &&
                !load_candidate(search, row, err))
            return false;
    }
    return true;
}

/* They are no part of what was announced, so the foot does not count them. */
static bool load_risen(struct search *search, struct error *err)
{
    const struct rows *risen = &search->risen;

    for (size_t i = 0; i < risen->count; i++) {
        const struct batch_paper *row = &risen->items[i];
        if (i > 0 && compare_ids(row, row - 1) == 0)
            continue;
        if (!rows_hold(&search->considered, row) &&
                !rows_hold(&search->fresh, row) &&
                !load_candidate(search, row, err))
            return false;
    }
    return true;
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return strcmp(x->paper->id, y->paper->id);
}

static bool load_candidates(struct search *search, struct error *err)
{
    struct plan_candidates *found = search->found;

    rows_sort(&search->fresh);
    rows_sort(&search->risen);
    rows_sort(&search->considered);
    found->news = search->fresh.count > 0;
    found->items = arena_array(search->arena, struct candidate,
            search->fresh.count + search->risen.count);
    if ((!search->shared &&
                !store_taste_get(search->store, search->channel->id,
                        search->arena, &search->taste, err)) ||
            !load_fresh(search, err) || !load_risen(search, err))
        return false;
    if (found->count > 0)
        qsort(found->items, found->count, sizeof *found->items,
                compare_candidates);
    return true;
}

/* What rose on a day without news waits for the next digest: what was covered
 * stays covered up to where it was. */
static void cover_as_before(struct covered_list *now,
        const struct covered_list *before)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct covered_batch *known = plan_covered_find(before,
                now->items[i].category, now->items[i].date);
        if (known != NULL)
            now->items[i].arrival = known->arrival;
    }
}

static bool read_categories(struct search *search,
        const struct covered_list *covered, struct error *err)
{
    const struct string_list *categories =
            &search->channel->subscription.categories;

    for (size_t i = 0; i < categories->count; i++)
        if (!read_category(search, categories->items[i], covered, err))
            return false;
    return true;
}

static bool find_uncovered(struct search *search,
        const struct covered_list *covered, struct error *err)
{
    *search->found = (struct plan_candidates){0};
    if (!plan_memo_arrival(search->store, search->memo, &search->arrival,
                err) ||
            !read_categories(search, covered, err) ||
            !cover_unwanted(search, covered, err) ||
            !load_candidates(search, err))
        return false;
    if (!search->found->news)
        cover_as_before(&search->found->covered, covered);
    return true;
}

bool plan_candidates_uncovered(struct store *store,
        const struct channel *channel, struct plan_memo *memo,
        struct arena *arena, struct plan_candidates *candidates,
        struct error *err)
{
    struct search search = {.store = store,
            .memo = memo,
            .channel = channel,
            .arena = arena,
            .found = candidates};
    struct covered_list covered;

    return store_covered_list(store, channel->id, arena, &covered, err) &&
            find_uncovered(&search, &covered, err);
}

bool plan_candidates_shared(struct store *store, const struct channel *channel,
        const struct covered_list *covered, struct plan_memo *memo,
        struct plan_candidates *candidates, struct error *err)
{
    struct search search = {.store = store,
            .memo = memo,
            .channel = channel,
            .arena = memo->arena,
            .posted = true,
            .shared = true,
            .found = candidates};

    return find_uncovered(&search, covered, err);
}

bool plan_candidates_read(struct store *store, struct plan_memo *memo,
        struct plan_candidates *candidates, struct error *err)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->items[i];
        struct plan_memo_paper *known;

        if (!plan_memo_paper(store, memo, candidate->paper->id, &known, err))
            return false;
        if (known->paper != NULL)
            candidate->reading = plan_memo_reading(memo, known);
    }
    return true;
}

bool plan_candidates_more(struct store *store, const struct channel *channel,
        const struct covered_list *covered, bool *more, struct error *err)
{
    struct arena arena = {0};
    struct plan_memo memo;
    struct plan_candidates found = {0};
    struct search search = {.store = store,
            .memo = &memo,
            .channel = channel,
            .arena = &arena,
            .found = &found};
    struct covered_list before;

    plan_memo_init(&memo, &arena);
    bool ok = store_covered_list(store, channel->id, &arena, &before, err);

    if (ok)
        before = plan_covered_join(covered, &before, &arena);
    ok = ok && read_categories(&search, &before, err);
    rows_sort(&search.considered);
    *more = false;
    for (size_t i = 0; ok && i < search.fresh.count; i++)
        *more = *more || !rows_hold(&search.considered, &search.fresh.items[i]);
    arena_finish(&arena);
    return ok;
}

bool plan_candidates_of_date(struct store *store, const struct channel *channel,
        struct civil_date date, bool posted, struct arena *arena,
        struct plan_candidates *candidates, struct error *err)
{
    struct plan_memo memo;
    struct search search = {.store = store,
            .memo = &memo,
            .channel = channel,
            .arena = arena,
            .posted = posted,
            .found = candidates};
    const struct string_list *categories = &channel->subscription.categories;

    plan_memo_init(&memo, arena);
    *candidates = (struct plan_candidates){0};
    for (size_t i = 0; i < categories->count; i++) {
        const struct batch batch = {.category = categories->items[i],
                .date = date};
        if (!read_batch(&search, &batch, 0, err))
            return false;
    }
    return load_candidates(&search, err);
}

/* The category's announcements of the days from first to last. */
static bool read_days(struct search *search, const char *category,
        struct civil_date first, struct civil_date last, struct error *err)
{
    struct batch_list batches;
    size_t limit = BATCHES_LOOKED_AT / 2;

    do {
        limit *= 2;
        if (!store_batch_list(search->store, category, limit, search->arena,
                    &batches, err))
            return false;
    } while (batches.count == limit &&
            civil_date_compare(batches.items[limit - 1].date, first) > 0);
    for (size_t i = 0; i < batches.count; i++)
        if (batches.items[i].state == BATCH_ANNOUNCED &&
                civil_date_compare(batches.items[i].date, first) >= 0 &&
                civil_date_compare(batches.items[i].date, last) <= 0 &&
                !read_batch(search, &batches.items[i], 0, err))
            return false;
    return true;
}

bool plan_candidates_of_days(struct store *store, const struct channel *channel,
        struct civil_date first, struct civil_date last, bool posted,
        struct arena *arena, struct plan_candidates *candidates,
        struct error *err)
{
    struct plan_memo memo;
    struct search search = {.store = store,
            .memo = &memo,
            .channel = channel,
            .arena = arena,
            .posted = posted,
            .found = candidates};
    const struct string_list *categories = &channel->subscription.categories;

    plan_memo_init(&memo, arena);
    *candidates = (struct plan_candidates){0};
    for (size_t i = 0; i < categories->count; i++)
        if (!read_days(&search, categories->items[i], first, last, err))
            return false;
    return load_candidates(&search, err);
}

bool plan_candidates_of_week(struct store *store, const struct channel *channel,
        struct civil_date date, struct arena *arena,
        struct plan_candidates *candidates, struct error *err)
{
    return plan_candidates_of_days(store, channel,
            civil_date_plus(date, 1 - DAYS_A_WEEK), date, false, arena,
            candidates, err);
}
