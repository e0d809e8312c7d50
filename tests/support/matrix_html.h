/*
 * matrix_html.h - a strict reader of a Matrix message's formatted_body: only
 * the tags and attributes of the specification's list, well nested, links to
 * https alone.
 */
#ifndef TESTS_SUPPORT_MATRIX_HTML_H
#define TESTS_SUPPORT_MATRIX_HTML_H

#include "bot/base/arena.h"

/* NULL if the HTML is good; else what is wrong with it. */
const char *matrix_html_flaw(struct arena *arena, const char *html);

/* The text that a reader sees, tags gone. */
const char *matrix_html_text(struct arena *arena, const char *html);

#endif
