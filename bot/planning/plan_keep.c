#include "bot/planning/plan_keep.h"

bool plan_keep_posted(struct store *store, const struct plan_keep *keep,
        const struct plan_items *items, struct error *err)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct posted_paper posted = {
                .paper_id = items->items[i].paper->id,
                .occasion = keep->key,
                .posted_ms = keep->now_ms,
        };
        if (!store_posted_add(store, keep->channel_id, &posted, err))
            return false;
    }
    return true;
}

bool plan_keep_edition(struct store *store, const struct plan_keep *keep,
        const struct digest_input *said, struct error *err)
{
    struct edition edition = {.channel_id = keep->channel_id,
            .occasion = keep->key,
            .date = said->date,
            .announced = said->foot.date,
            .new_count = said->foot.new_count,
            .cross_count = said->foot.cross_count,
            .week = said->week,
            .posted_ms = keep->now_ms,
            .count = said->count};

    edition.papers =
            arena_array(keep->arena, struct edition_paper, said->count);
    for (size_t i = 0; i < said->count; i++)
        edition.papers[i] =
                (struct edition_paper){.paper_id = said->items[i].paper->id,
                        .tag = said->items[i].tag,
                        .top = said->items[i].top};
    return store_edition_put(store, &edition, err);
}

bool plan_keep_covered(struct store *store, const struct plan_keep *keep,
        const struct covered_list *covered, struct error *err)
{
    for (size_t i = 0; i < covered->count; i++)
        if (!store_covered_put(store, keep->channel_id, &covered->items[i],
                    err))
            return false;
    return true;
}

bool plan_keep_occasion(struct store *store, const struct plan_keep *keep,
        enum occasion_outcome outcome, int64_t due_ms, struct error *err)
{
    const struct occasion occasion = {.channel_id = keep->channel_id,
            .key = keep->key,
            .outcome = outcome,
            .due_ms = due_ms,
            .recorded_ms = keep->now_ms};

    return store_occasion_record(store, &occasion, err);
}
