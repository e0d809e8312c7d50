/*
 * send_place.h - where rows go: each served channel with its account, found by
 * its number however many there are.
 */
#ifndef BOT_SEND_PLACE_H
#define BOT_SEND_PLACE_H

#include "bot/base/arena.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct send_place {
    int64_t id;     /* the channel's */
    size_t channel; /* in the list */
    size_t account; /* in the list; as many as there are for one that is not */
    bool broken;    /* the channel is marked so in the store */
    bool busy;      /* a message is under way to it */
};

struct send_places {
    struct send_place *items; /* by id */
    size_t count;
};

/* One for each channel, none broken or busy; in the arena. */
struct send_places send_places_of(const struct channel_list *channels,
        struct account *const *accounts, size_t account_count,
        struct arena *arena);

/* NULL if it is not served. */
struct send_place *send_places_find(const struct send_places *places,
        int64_t id);

#endif
