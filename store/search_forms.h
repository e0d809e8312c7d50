/*
 * search_forms.h - an English word's singular and plural.
 *
 * People look for "diffusion model" and mean "diffusion models" as well.  The
 * rules are of spelling alone: a form that is no word is in no text, and does no
 * harm.
 */
#ifndef STORE_SEARCH_FORMS_H
#define STORE_SEARCH_FORMS_H

#include "bot/base/arena.h"

#include <stddef.h>

enum {
    SEARCH_FORMS_MAX = 2
};

/* Other forms of a folded word: how many, in the arena.  None of what holds
 * anything but a to z, or is shorter than three letters. */
size_t search_forms_of(struct arena *arena, const char *word,
        const char *forms[SEARCH_FORMS_MAX]);

#endif
