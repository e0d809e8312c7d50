/*
 * search_plan.h - a query as phrases of search_text.h's text, the same for every
 * store.
 *
 * A paper fits if each clause that is not negated stands in its text, no negated
 * one does, and its row lies between first and last.  A clause stands in a text
 * if one of its ways does, that is all phrases of it.  What is best, search_rank.h
 * says.
 */
#ifndef STORE_SEARCH_PLAN_H
#define STORE_SEARCH_PLAN_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/search.h"

#include <stdint.h>

/* Tokens with a space between: letters, digits and marks, nothing that any
 * query language could take for its own. */
struct search_phrase {
    const char *tokens;
    size_t count;  /* of tokens */
    bool prefix;   /* the last token may go on */
    size_t number; /* for a store's own use */
};

enum {
    SEARCH_PHRASES_MAX = 4 /* of one way */
};

struct search_way {
    struct search_phrase phrases[SEARCH_PHRASES_MAX];
    size_t count;
};

struct search_ways {
    struct search_way *items;
    size_t count, capacity;
};

struct search_clause {
    struct search_ways anywhere;
    struct search_ways titled; /* the same in titles and names; of words only */
    bool words;                /* false: a name or a category */
    /* How a word begins: costly to look for, and so in titles only where all
     * wanted words are looked for there. */
    bool prefix;
    bool negated;
};

struct search_plan {
    struct search_clause clauses[SEARCH_TERMS_MAX];
    size_t count;
    bool words; /* some clause of words is wanted */
    int64_t first_row, last_row;
};

/* ERROR_INPUT for a query that looks for nothing, has a term in which there is
 * nothing to look for, or is too long. */
bool search_plan_make(const struct search_query *query, struct arena *arena,
        struct search_plan *plan, struct error *err);

#endif
