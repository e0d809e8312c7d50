/*
 * similar_words.h - the words of a paper that may say what it is about.
 *
 * Title and abstract, without the words that every paper has; an English plural
 * is its singular.  How telling a word is, who knows the other papers says.
 */
#ifndef BOT_SIMILAR_WORDS_H
#define BOT_SIMILAR_WORDS_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SIMILAR_WORDS_MAX =
            250, /* different ones of a paper; later ones are left */
};

struct similar_word {
    const char *stem;  /* folded, singular */
    const char *token; /* as it can be searched for */
    const char *shown; /* as the text writes it first */
    unsigned times;    /* in the abstract once each, in the title three times */
    bool in_title;
};

struct similar_words {
    struct similar_word *items; /* by stem */
    size_t count;
};

/* All in the arena. */
struct similar_words similar_words_of(struct arena *arena,
        const struct paper *paper);

/* NULL if there is none. */
const struct similar_word *similar_words_find(const struct similar_words *words,
        const char *stem);

#endif
