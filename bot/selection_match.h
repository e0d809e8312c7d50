/*
 * selection_match.h - words and names found in a paper, written however.
 *
 * Everything is compared in folded form (text_fold) with hyphens as spaces, so
 * "fine-tuning" finds "Fine tuning".  A paper is folded once.
 */
#ifndef BOT_SELECTION_MATCH_H
#define BOT_SELECTION_MATCH_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MATCH_BEGINNINGS = 1024,
};

struct match_paper {
    const char *title, *abstract, *comment; /* folded */
    const struct paper *paper;
    /* A bit for the first three bytes of each word of title and abstract: most
     * phrases are known to be missing without looking through the text. */
    uint64_t begins[MATCH_BEGINNINGS / 64];
};

struct match_paper selection_match_paper(const struct paper *paper,
        struct arena *arena);

/* Folds what is looked for or looked in. */
char *selection_match_fold(struct arena *arena, const char *string);

/* The same for names: dots are spaces and hyphens go, so that "J.-L. Kim",
 * "J L Kim" and "Fei-Fei Li", "Feifei Li" are alike. */
char *selection_match_fold_name(struct arena *arena, const char *name);

/*
 * True if the folded phrase stands in the folded text as whole words, a plural
 * "s" allowed.  Scripts without spaces (Han, kana) match anywhere.  An empty
 * phrase stands nowhere.
 */
bool selection_match_phrase(const char *text, const char *phrase);

/* False only if the folded phrase stands in neither title nor abstract. */
bool selection_match_may_hold(const struct match_paper *paper,
        const char *phrase);

/* True if a phrase that begins like the text ends with a whole word there. */
bool selection_match_begins(const char *text, const char *phrase);

/*
 * True if both folded names can be one person's: last words alike, and first
 * words alike or one of them the other's initial.  A wanted name of one word is
 * a family name.
 */
bool selection_match_name(const char *wanted, const char *name);

#endif
