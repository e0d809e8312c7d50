/*
 * dialect_markdown.h - CommonMark that GitHub, Mattermost and Discord show
 * alike.
 *
 * What they differ in is left out: HTML, entities, tables, folding.  A line
 * break is two spaces, which each takes for one or does not show.  Every sign
 * that could begin markup has a backslash; behind every "@" stands a word
 * joiner (U+2060), so that no text calls anybody.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_MARKDOWN_H
#define ADAPTERS_DIALECTS_DIALECT_MARKDOWN_H

#include "bot/base/text.h"
#include "bot/model/document.h"
#include "bot/model/outbox.h"

#include <stddef.h>

/* Text of strangers, for inside a line: its spaces at the ends stay. */
void dialect_markdown_text(struct text *out, const char *text);

/*
 * The document in messages of at most so many characters each (as a product in
 * JavaScript counts them), cut between blocks only; an entry that alone is over
 * the limit is shortened.  characters is at least 1000.
 */
void dialect_markdown_messages(const struct document *document,
        size_t characters, struct arena *arena, struct payload_list *payloads);

#endif
