#include "bot/planning/plan_pictures.h"

#include "bot/base/text_latex_show.h"
#include "bot/model/occasion.h"
#include "bot/planning/plan_choice.h"
#include "bot/planning/plan_draft.h"

bool plan_pictures_are_shown(const struct channel *channel,
        const struct account *account)
{
    return channel->pictures != PICTURES_NONE &&
            (account->ops->abilities & ACCOUNT_PICTURES) != 0;
}

/* Those in full lead the digest, wherever they stand in the list. */
static const struct paper *first_paper(const struct plan_items *items)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].top)
            return items->items[i].paper;
    return items->count > 0 ? items->items[0].paper : NULL;
}

struct wanted {
    const struct paper **papers; /* in the digest's order */
    size_t count;
};

static struct wanted wanted_of(const struct channel *channel,
        const struct plan_items *items, struct arena *arena)
{
    const struct paper *first = first_paper(items);
    struct wanted wanted = {arena_array(arena, const struct paper *,
                                    items->count + 1),
            0};

    if (channel->pictures == PICTURES_FIRST && first != NULL)
        wanted.papers[wanted.count++] = first;
    for (size_t i = 0; i < items->count; i++)
        if (channel->pictures == PICTURES_ALL && items->items[i].top)
            wanted.papers[wanted.count++] = items->items[i].paper;
    return wanted;
}

/* --- for a digest --- */

static bool add_picture(struct store *store, const struct paper *paper,
        size_t number, struct arena *arena, struct plan_picture_list *pictures,
        struct error *err)
{
    struct picture *picture;

    if (!store_picture_get(store, paper->id, arena, &picture, err))
        return false;
    if (picture == NULL || *picture->type == '\0')
        return true;
    pictures->items[pictures->count++] =
            (struct plan_picture){.paper_id = paper->id,
                    .caption = arena_format(arena, "%zu. %s", number,
                            text_latex_show(arena, paper->title)),
                    .picture = picture};
    return true;
}

bool plan_pictures_find(struct store *store, const struct channel *channel,
        const struct account *account, const struct plan_items *items,
        struct arena *arena, struct plan_picture_list *pictures,
        struct error *err)
{
    struct wanted wanted = {0};

    if (plan_pictures_are_shown(channel, account))
        wanted = wanted_of(channel, items, arena);
    *pictures =
            (struct plan_picture_list){arena_array(arena, struct plan_picture,
                                               wanted.count),
                    0};
    for (size_t i = 0; i < wanted.count; i++)
        if (!add_picture(store, wanted.papers[i], i + 1, arena, pictures, err))
            return false;
    return true;
}

/* --- before it --- */

static bool items_chosen(struct store *store, const struct channel *channel,
        struct arena *arena, struct plan_items *items, struct error *err)
{
    const struct plan_choice *choice;
    struct plan_memo memo;

    plan_memo_init(&memo, arena);
    if (!plan_choice_uncovered(store, channel, &memo, arena, &choice, err))
        return false;
    *items = choice->items;
    return true;
}

bool plan_pictures_wanted(struct store *store, const struct channel *channel,
        const struct due *due, struct arena *arena, struct string_list *ids,
        struct error *err)
{
    const struct draft *draft;
    struct plan_items items;
    size_t capacity = 0;

    *ids = (struct string_list){0};
    if (!plan_draft_for_digest(store, channel,
                occasion_digest_key(arena, due->date), arena, &draft, err))
        return false;
    if (draft != NULL ? !plan_items_of_draft(store, draft, arena, &items, err)
                      : !items_chosen(store, channel, arena, &items, err))
        return false;
    struct wanted wanted = wanted_of(channel, &items, arena);
    for (size_t i = 0; i < wanted.count; i++)
        string_list_add(ids, &capacity, arena, wanted.papers[i]->id);
    return true;
}
