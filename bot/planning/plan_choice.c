#include "bot/planning/plan_choice.h"

#include <string.h>

/* --- what makes a choice what it is, as bytes --- */

struct key {
    char *bytes;
    size_t length, capacity;
    struct arena *arena;
};

static void key_add(struct key *key, const void *bytes, size_t length)
{
    if (key->capacity - key->length < length) {
        size_t capacity = 2 * (key->capacity + length) + 256;
        char *wider = arena_alloc(key->arena, capacity);
        if (key->length > 0)
            memcpy(wider, key->bytes, key->length);
        key->bytes = wider;
        key->capacity = capacity;
    }
    memcpy(key->bytes + key->length, bytes, length);
    key->length += length;
}

static void key_add_number(struct key *key, int64_t number)
{
    key_add(key, &number, sizeof number);
}

static void key_add_text(struct key *key, const char *text)
{
    key_add(key, text, strlen(text) + 1);
}

static void key_add_strings(struct key *key, const struct string_list *list)
{
    key_add_number(key, (int64_t)list->count);
    for (size_t i = 0; i < list->count; i++)
        key_add_text(key, list->items[i]);
}

static struct key key_of(const struct channel *channel,
        const struct covered_list *covered, struct arena *arena)
{
    const struct subscription *wanted = &channel->subscription;
    struct key key = {.arena = arena};

    key_add_strings(&key, &wanted->categories);
    key_add_strings(&key, &wanted->words);
    key_add_strings(&key, &wanted->authors);
    key_add_strings(&key, &wanted->unwanted);
    key_add_number(&key, channel->top_count);
    key_add_number(&key, channel->also_count);
    key_add_number(&key, channel->mix);
    for (size_t i = 0; i < covered->count; i++) {
        const struct covered_batch *batch = &covered->items[i];
        key_add_text(&key, batch->category);
        key_add_number(&key, batch->date.year);
        key_add_number(&key, batch->date.month);
        key_add_number(&key, batch->date.day);
        key_add_number(&key, batch->arrival);
    }
    return key;
}

/* --- choosing --- */

static bool choose(struct store *store, const struct channel *channel,
        struct plan_memo *memo, struct arena *arena, struct plan_choice *choice,
        struct error *err)
{
    struct plan_candidates *candidates = &choice->candidates;

    if (!candidates->news)
        candidates->count = 0;
    if (!plan_candidates_read(store, memo, candidates, err))
        return false;
    choice->ranked = selection_rank(candidates->items, candidates->count,
            &channel->subscription, arena);
    choice->items = plan_items_choose(&choice->ranked, channel, arena);
    return true;
}

static bool choose_alone(struct store *store, const struct channel *channel,
        struct plan_memo *memo, struct arena *arena,
        const struct plan_choice **choice, struct error *err)
{
    struct plan_choice *own = arena_new(arena, struct plan_choice);

    *choice = own;
    return plan_candidates_uncovered(store, channel, memo, arena,
                   &own->candidates, err) &&
            choose(store, channel, memo, arena, own, err);
}

static bool choose_together(struct store *store, const struct channel *channel,
        const struct covered_list *covered, struct plan_memo *memo,
        struct arena *arena, const struct plan_choice **choice,
        struct error *err)
{
    const struct key key = key_of(channel, covered, arena);
    void **slot =
            string_map_at(&memo->choices, memo->arena, key.bytes, key.length);

    *choice = *slot;
    if (*choice != NULL)
        return true;
    struct plan_choice *made = arena_new(memo->arena, struct plan_choice);
    made->shared = true;
    if (!plan_candidates_shared(store, channel, covered, memo,
                &made->candidates, err) ||
            !choose(store, channel, memo, memo->arena, made, err))
        return false;
    *slot = made;
    *choice = made;
    return true;
}

/* Whether the channel was told of one of the chosen papers. */
static bool told(struct store *store, const struct channel *channel,
        const struct plan_items *items, struct arena *arena, bool *any,
        struct error *err)
{
    *any = false;
    for (size_t i = 0; i < items->count && !*any; i++) {
        struct posted_paper *posted;
        if (!store_posted_get(store, channel->id, items->items[i].paper->id,
                    arena, &posted, err))
            return false;
        *any = posted != NULL;
    }
    return true;
}

bool plan_choice_uncovered(struct store *store, const struct channel *channel,
        struct plan_memo *memo, struct arena *arena,
        const struct plan_choice **choice, struct error *err)
{
    struct taste taste;
    struct covered_list covered;
    bool known;

    if (!store_taste_get(store, channel->id, arena, &taste, err))
        return false;
    if (taste.count > 0)
        return choose_alone(store, channel, memo, arena, choice, err);
    if (!store_covered_list(store, channel->id, arena, &covered, err) ||
            !choose_together(store, channel, &covered, memo, arena, choice,
                    err) ||
            !told(store, channel, &(*choice)->items, arena, &known, err))
        return false;
    return !known || choose_alone(store, channel, memo, arena, choice, err);
}
