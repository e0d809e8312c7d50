#include "bot/send_place.h"

#include <stdlib.h>
#include <string.h>

struct name {
    const char *text;
    size_t account;
};

/* Equal names keep their order: the first is meant. */
static int by_name(const void *a, const void *b)
{
    const struct name *one = a, *other = b;
    int order = strcmp(one->text, other->text);

    if (order != 0)
        return order;
    return one->account < other->account ? -1 : one->account > other->account;
}

static int by_id(const void *a, const void *b)
{
    const struct send_place *one = a, *other = b;

    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    return one->channel < other->channel ? -1 : one->channel > other->channel;
}

static struct name *names_of(struct account *const *accounts, size_t count,
        struct arena *arena)
{
    struct name *names = arena_array(arena, struct name, count + 1);

    for (size_t i = 0; i < count; i++)
        names[i] = (struct name){accounts[i]->name, i};
    qsort(names, count, sizeof *names, by_name);
    return names;
}

static size_t find_name(const struct name *names, size_t count,
        const char *text)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(names[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(names[low].text, text) == 0
            ? names[low].account
            : count;
}

struct send_places send_places_of(const struct channel_list *channels,
        struct account *const *accounts, size_t account_count,
        struct arena *arena)
{
    struct arena scratch = {0};
    const struct name *names = names_of(accounts, account_count, &scratch);
    struct send_places places = {.items = arena_array(arena, struct send_place,
                                         channels->count + 1),
            .count = channels->count};

    for (size_t i = 0; i < channels->count; i++)
        places.items[i] = (struct send_place){.id = channels->items[i].id,
                .channel = i,
                .account = find_name(names, account_count,
                        channels->items[i].account)};
    qsort(places.items, places.count, sizeof *places.items, by_id);
    arena_finish(&scratch);
    return places;
}

struct send_place *send_places_find(const struct send_places *places,
        int64_t id)
{
    size_t low = 0, high = places->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->count && places->items[low].id == id
            ? &places->items[low]
            : NULL;
}
