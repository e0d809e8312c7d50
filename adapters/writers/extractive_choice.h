/*
 * extractive_choice.h - which sentences of an abstract say what a paper is about.
 * Pure.
 */
#ifndef ADAPTERS_WRITERS_EXTRACTIVE_CHOICE_H
#define ADAPTERS_WRITERS_EXTRACTIVE_CHOICE_H

#include "bot/base/arena.h"

#include <stddef.h>

enum {
    /* DESIGN section 5: a brief digest has 60 at most, and who counts "Top-p~5" as
     * two shall not find more. */
    EXTRACTIVE_WORDS = 57,
};

/*
 * The best sentences that fit into so many words, whole and in their order,
 * one space between them; the best one if none fits, "" of an empty abstract.  An
 * opening that points to what is left out ("To bridge this gap, we show") goes, and
 * so does the number of an item ("(iii) We show").
 */
char *extractive_choice(struct arena *arena, const char *title,
        const char *abstract, size_t words);

#endif
