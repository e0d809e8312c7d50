/*
 * search_step.h - what to search for instead, where nothing was found.
 *
 * Each step is near to what was asked for, and true: it was tried, and finds
 * something.  The work is bounded whatever was asked.
 */
#ifndef BOT_SEARCH_STEP_H
#define BOT_SEARCH_STEP_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/search.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>

enum search_step_kind {
    SEARCH_STEP_SPELLING,   /* words that no paper has, as papers write them */
    SEARCH_STEP_SPACES,     /* spaces within Chinese */
    SEARCH_STEP_DAYS,       /* without since: and until: */
    SEARCH_STEP_CATEGORIES, /* without in: */
    SEARCH_STEP_AUTHORS,    /* without by: */
    SEARCH_STEP_UNWANTED,   /* without what is not wanted */
    SEARCH_STEP_QUOTES,     /* a phrase's words, wherever they stand */
    SEARCH_STEP_WORD,       /* without one word, or all that no paper has */
};

enum {
    SEARCH_STEPS_MAX = 2 /* a person reads no more of them */
};

struct search_step {
    enum search_step_kind kind;
    const char *subject; /* SEARCH_STEP_WORD: what is left out; else "" */
    const char *line;    /* to be searched for, as the language writes it */
    size_t total;        /* papers that it finds */
    bool more;           /* than that */
};

/* The first steps that help to a query for which there is nothing; all in the
 * arena. */
bool search_step_find(struct store *store, const struct search_query *query,
        const char *language, struct arena *arena,
        struct search_step steps[SEARCH_STEPS_MAX], size_t *count,
        struct error *err);

#endif
