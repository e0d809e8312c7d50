/*
 * search_rank.h - how well a paper that fits stands to a query; the same for
 * every store.
 *
 * A number of small parts.  Each wanted clause of words counts once, more where
 * it stands in a title or a name, and by how often it stands elsewhere; words
 * that were asked for one behind the other and stand so count besides.  Where a
 * paper is filed and when, is no part of it.
 */
#ifndef STORE_SEARCH_RANK_H
#define STORE_SEARCH_RANK_H

#include "store/search_plan.h"

enum {
    SEARCH_PLACES_MAX = 16 /* of a phrase in a text; the first ones */
};

/* Where a phrase begins in a text, counted in tokens, rising; *count of them, at
 * most SEARCH_PLACES_MAX. */
typedef void search_places_fn(void *ctx, const struct search_phrase *phrase,
        int places[SEARCH_PLACES_MAX], size_t *count);

/* titled: all wanted words stand in titles or names, and only there places are
 * asked for; the number is the same. */
int search_rank_of(const struct search_plan *plan, bool titled,
        search_places_fn *places, void *ctx);

#endif
