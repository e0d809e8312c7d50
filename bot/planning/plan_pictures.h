/*
 * plan_pictures.h - which papers of a digest are shown with a picture.
 *
 * Planning takes what is in the store: whoever fetches asks here beforehand what
 * the next digest would show.
 */
#ifndef BOT_PLAN_PICTURES_H
#define BOT_PLAN_PICTURES_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/picture.h"
#include "bot/planning/plan_items.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

#include <stdbool.h>
#include <stddef.h>

struct plan_picture {
    const char *paper_id;
    const char *caption; /* "3. Title", as it counts in the digest */
    const struct picture *picture;
};

struct plan_picture_list {
    struct plan_picture *items;
    size_t count;
};

/* Whether the channel's digests show pictures at all. */
bool plan_pictures_are_shown(const struct channel *channel,
        const struct account *account);

/* The pictures that a digest of these items shows, in its order: those wanted
 * that the store has.  All in the arena. */
bool plan_pictures_find(struct store *store, const struct channel *channel,
        const struct account *account, const struct plan_items *items,
        struct arena *arena, struct plan_picture_list *pictures,
        struct error *err);

/* The papers whose pictures the due digest would show if it were planned now,
 * in its order.  Nothing is changed; all in the arena. */
bool plan_pictures_wanted(struct store *store, const struct channel *channel,
        const struct due *due, struct arena *arena, struct string_list *ids,
        struct error *err);

#endif
