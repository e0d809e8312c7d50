/*
 * html_paragraphs.h - the paragraphs of a scrap of HTML, as some feeds carry
 * it in a description.
 *
 * No parser of HTML: it knows <p>, </p> and the few named and the numbered
 * entities, and takes all else as text.
 */
#ifndef ADAPTERS_SOURCES_HTML_PARAGRAPHS_H
#define ADAPTERS_SOURCES_HTML_PARAGRAPHS_H

#include "bot/base/arena.h"

#include <stddef.h>

/*
 * Puts the text of at most max paragraphs, in the arena, into out and returns
 * their number; 0 if the string has none.  The string is UTF-8.
 */
size_t html_paragraphs(struct arena *arena, const char *string,
        const char **out, size_t max);

#endif
