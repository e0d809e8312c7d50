/*
 * taste_words.h - the words of a paper, and how rare they are.
 */
#ifndef BOT_TASTE_WORDS_H
#define BOT_TASTE_WORDS_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>

/* A common word and its rarity. */
struct taste_common {
    const char *word;
    int rarity;
};

/* In the order of strcmp (bot/data/common_words.c). */
extern const struct taste_common taste_words_common[];
extern const size_t taste_words_common_count;

struct taste_paper_word {
    const char *word; /* folded */
    bool in_title;
};

struct taste_paper_words {
    struct taste_paper_word *items; /* by word, each once */
    size_t count;
};

/* Of title and abstract: words with a letter, of at least three bytes; at most
 * 400.  All in the arena. */
struct taste_paper_words taste_words_of(const struct paper *paper,
        struct arena *arena);

/*
 * Four times log2(1/p), where p is the share of papers that have the word: 1 for
 * what is nearly everywhere, and 27 (one in a hundred) for every word that is
 * not common.
 */
int taste_words_rarity(const char *word);

#endif
