/*
 * phrase.h - one thing that Paperboy says, in both languages.
 *
 * Answers are many and each is said in one place: so a phrase stands beside the
 * code that says it.  (What digests are made of is in labels.h.)  A text may
 * hold the places %1 to %4.
 */
#ifndef BOT_PHRASE_H
#define BOT_PHRASE_H

#include "bot/base/arena.h"

#include <stddef.h>

struct phrase {
    const char *english, *chinese;
    const char *one; /* English, where %1 is "1"; NULL: as for any number */
};

/* Four values at most; those that are not given are "". */
#define PHRASE_VALUES(...) ((const char *const[4]){__VA_ARGS__})
#define PHRASE_NO_VALUES ((const char *const[4]){NULL})

/* The text in a language (English but for Chinese), its places filled, in the
 * arena.  Values are UTF-8 and of any length. */
char *phrase_fill(struct arena *arena, const struct phrase *phrase,
        const char *language, const char *const values[4]);

/* The text without values. */
const char *phrase_text(const struct phrase *phrase, const char *language);

/* "1", "212": a number as a value. */
const char *phrase_number(struct arena *arena, size_t number);

#endif
