/*
 * taste.h - what a channel's votes say of words.
 *
 * Of each word, in how many of the papers voted up and down there it stands.
 * Counts can be taken back, so that a vote can be.
 */
#ifndef BOT_MODEL_TASTE_H
#define BOT_MODEL_TASTE_H

#include <stddef.h>

struct taste_word {
    const char *word; /* folded (text_tokens.h); "" counts the papers */
    int ups, downs;   /* never negative */
};

struct taste {
    struct taste_word *items; /* by word */
    size_t count;
};

#endif
