/*
 * dialect_html.h - HTML of strangers' texts, for a page and for Matrix.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_HTML_H
#define ADAPTERS_DIALECTS_DIALECT_HTML_H

#include "bot/base/text.h"

/* The text as text, within an element or a quoted attribute. */
void dialect_html_text(struct text *out, const char *text);

#endif
