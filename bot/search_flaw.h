/*
 * search_flaw.h - what is wrong with a search, to be said in either language.
 */
#ifndef BOT_SEARCH_FLAW_H
#define BOT_SEARCH_FLAW_H

#include "bot/base/arena.h"

enum search_flaw_kind {
    SEARCH_FLAW_NONE,
    SEARCH_FLAW_NOTHING,    /* it looks for nothing */
    SEARCH_FLAW_LONG,       /* the whole is too long */
    SEARCH_FLAW_LONG_TERM,  /* one phrase is */
    SEARCH_FLAW_MANY,       /* words */
    SEARCH_FLAW_NO_VALUE,   /* a key with nothing behind it */
    SEARCH_FLAW_NEGATED,    /* a key that cannot be turned round */
    SEARCH_FLAW_CATEGORY,   /* none that is known */
    SEARCH_FLAW_AMBIGUOUS,  /* a tag of several */
    SEARCH_FLAW_CATEGORIES, /* more than one */
    SEARCH_FLAW_NAME,
    SEARCH_FLAW_DAY,
    SEARCH_FLAW_KEY, /* none of ours */
};

struct search_flaw {
    enum search_flaw_kind kind;
    const char *key;     /* as it was written, without its colon; "" for none */
    const char *subject; /* what is wrong, as it was written; "" for none */
    const char *nearest; /* what would be right; NULL if nobody knows */
};

/* A sentence or two that say what was wrong and what would be right. */
const char *search_flaw_text(struct arena *arena,
        const struct search_flaw *flaw, const char *language);

#endif
