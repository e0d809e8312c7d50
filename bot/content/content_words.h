/*
 * content_words.h - the reasons of a content score, told to a reader.
 *
 * "12 authors +4, its title has "long video" +2, about medicine -5".
 */
#ifndef BOT_CONTENT_CONTENT_WORDS_H
#define BOT_CONTENT_CONTENT_WORDS_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stddef.h>

/* The heaviest reasons of the shipped model, at most so many, and what all others
 * come to, so that the numbers add up to the content score; in a language ("zh",
 * else English); "" if there are none.  In the arena. */
const char *content_words_of(const struct paper *paper, const char *language,
        size_t most, struct arena *arena);

#endif
