/*
 * search_plan.h - a query as phrases of search_text.h's text, the same for every
 * store.
 *
 * A paper fits if each clause that is not negated has a phrase that stands in
 * its text, no negated one has, and its row lies between first and last.  Best
 * are those where every wanted clause of words stands in a title; of equals, the
 * greater row.
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
    bool prefix; /* the last token may go on */
};

enum {
    SEARCH_PHRASES_MAX = 2
};

struct search_clause {
    struct search_phrase phrases[SEARCH_PHRASES_MAX]; /* any of them */
    struct search_phrase titled[SEARCH_PHRASES_MAX];  /* the same in a title */
    size_t count;
    bool words; /* false: a name or a category; titled is not set */
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
