/*
 * plain_text.h - a document as lines, to see in a test what it says.
 */
#ifndef TESTS_SUPPORT_PLAIN_TEXT_H
#define TESTS_SUPPORT_PLAIN_TEXT_H

#include "bot/model/document.h"

/* One line a block, tags in brackets, links as their text or else their url; an
 * empty line around entries if the document is spaced. */
char *plain_text_render(struct arena *arena, const struct document *document);

#endif
