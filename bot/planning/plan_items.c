#include "bot/planning/plan_items.h"

struct plan_items plan_items_choose(const struct scored_list *ranked,
        const struct channel *channel, struct arena *arena)
{
    const struct scored_list chosen = selection_choose(ranked,
            channel->top_count + channel->also_count, channel->mix, arena);
    struct plan_items items = {arena_array(arena, struct digest_item,
                                       chosen.count),
            chosen.count};

    for (size_t i = 0; i < chosen.count; i++)
        items.items[i] = (struct digest_item){.paper = chosen.items[i].paper,
                .tag = chosen.items[i].tag,
                .top = i < channel->top_count};
    return items;
}

static bool add_item(struct store *store, const struct draft *draft,
        const struct draft_paper *held, struct arena *arena,
        struct plan_items *items, struct error *err)
{
    struct posted_paper *posted;
    struct paper *paper;

    if (!store_posted_get(store, draft->channel_id, held->paper_id, arena,
                &posted, err) ||
            !store_paper_get(store, held->paper_id, arena, &paper, err))
        return false;
    if (posted == NULL && paper != NULL && !paper->withdrawn)
        items->items[items->count++] = (struct digest_item){.paper = paper,
                .tag = held->tag,
                .top = held->place == DRAFT_TOP,
                .text = held->text};
    return true;
}

bool plan_items_of_draft(struct store *store, const struct draft *draft,
        struct arena *arena, struct plan_items *items, struct error *err)
{
    *items = (struct plan_items){arena_array(arena, struct digest_item,
                                         draft->count),
            0};
    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].place != DRAFT_OUT &&
                !add_item(store, draft, &draft->papers[i], arena, items, err))
            return false;
    return true;
}
