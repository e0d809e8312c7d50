/*
 * digest_excerpt.h - the beginning of a text, for the brief style.
 */
#ifndef BOT_DIGEST_EXCERPT_H
#define BOT_DIGEST_EXCERPT_H

#include "bot/base/arena.h"

/* DESIGN section 5: a brief digest is at most so long.  Punctuation and other
 * letters count with the Han characters. */
enum {
    DIGEST_EXCERPT_HAN = 120,
    DIGEST_EXCERPT_WORDS = 60,
};

/*
 * As many whole sentences as fit; if they would be few, words up to the bound
 * and "…".  A text with Han characters is measured in characters, another one in
 * words.
 */
char *digest_excerpt(struct arena *arena, const char *string);

#endif
