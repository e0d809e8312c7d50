#include "bot/planning/plan_memo.h"

#include <string.h>

void plan_memo_init(struct plan_memo *memo, struct arena *arena)
{
    *memo = (struct plan_memo){.arena = arena};
}

bool plan_memo_renew(struct store *store, struct plan_memo *memo,
        struct error *err)
{
    int64_t arrival;

    if (!store_arrival(store, &arrival, err))
        return false;
    if (memo->begun && memo->arrival == arrival)
        return true;
    arena_finish(memo->arena);
    plan_memo_init(memo, memo->arena);
    memo->begun = true;
    memo->arrival = arrival;
    return true;
}

bool plan_memo_arrival(struct store *store, struct plan_memo *memo,
        int64_t *arrival, struct error *err)
{
    if (!memo->begun && !store_arrival(store, &memo->arrival, err))
        return false;
    memo->begun = true;
    *arrival = memo->arrival;
    return true;
}

bool plan_memo_batch_papers(struct store *store, struct plan_memo *memo,
        const struct batch *batch, struct batch_paper_list *papers,
        struct error *err)
{
    char date[CIVIL_DATE_SIZE];

    civil_date_format(batch->date, date);
    const char *key = arena_format(memo->arena, "%s %s", batch->category, date);
    void **slot = string_map_at(&memo->batches, memo->arena, key, strlen(key));
    struct batch_paper_list *kept = *slot;
    if (kept == NULL) {
        kept = arena_new(memo->arena, struct batch_paper_list);
        if (!store_batch_papers(store, batch->category, batch->date,
                    memo->arena, kept, err))
            return false;
        *slot = kept;
    }
    *papers = *kept;
    return true;
}

static bool announced_of(struct store *store, struct plan_memo *memo,
        const char *category, size_t looked_at, struct batch_list *announced,
        struct error *err)
{
    struct batch_list all;

    if (!store_batch_list(store, category, looked_at, memo->arena, &all, err))
        return false;
    announced->items = arena_array(memo->arena, struct batch, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].state == BATCH_ANNOUNCED)
            announced->items[announced->count++] = all.items[i];
    return true;
}

bool plan_memo_announced(struct store *store, struct plan_memo *memo,
        const char *category, size_t looked_at, size_t most,
        struct batch_list *announced, struct error *err)
{
    const char *key = arena_format(memo->arena, "%s %zu", category, looked_at);
    void **slot =
            string_map_at(&memo->announced, memo->arena, key, strlen(key));
    struct batch_list *kept = *slot;

    if (kept == NULL) {
        kept = arena_new(memo->arena, struct batch_list);
        if (!announced_of(store, memo, category, looked_at, kept, err))
            return false;
        *slot = kept;
    }
    *announced = *kept;
    if (announced->count > most)
        announced->count = most;
    return true;
}

bool plan_memo_paper(struct store *store, struct plan_memo *memo,
        const char *id, struct plan_memo_paper **paper, struct error *err)
{
    void **slot = string_map_at(&memo->papers, memo->arena, id, strlen(id));
    struct paper *found;

    *paper = *slot;
    if (*paper != NULL)
        return true;
    struct plan_memo_paper *kept =
            arena_new(memo->arena, struct plan_memo_paper);
    if (!store_paper_get(store, id, memo->arena, &found, err) ||
            (found != NULL &&
                    !store_signals_get(store, id, memo->arena, &kept->signals,
                            err)))
        return false;
    kept->paper = found;
    *slot = *paper = kept;
    return true;
}

const struct selection_reading *plan_memo_reading(struct plan_memo *memo,
        struct plan_memo_paper *paper)
{
    if (paper->reading == NULL) {
        paper->reading = arena_new(memo->arena, struct selection_reading);
        *paper->reading = selection_read(paper->paper, memo->arena);
    }
    return paper->reading;
}

const struct taste_paper_words *plan_memo_words(struct plan_memo *memo,
        struct plan_memo_paper *paper)
{
    if (paper->words == NULL) {
        paper->words = arena_new(memo->arena, struct taste_paper_words);
        *paper->words = taste_words_of(paper->paper, memo->arena);
    }
    return paper->words;
}
