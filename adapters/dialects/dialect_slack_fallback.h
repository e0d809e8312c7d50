/*
 * dialect_slack_fallback.h - a message's text for notifications, and for who
 * cannot see blocks: of a digest its title and the papers', of anything else its
 * own words.  For adapters/dialects/dialect_slack*.c alone.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_SLACK_FALLBACK_H
#define ADAPTERS_DIALECTS_DIALECT_SLACK_FALLBACK_H

#include "adapters/dialects/dialect_split.h"
#include "bot/base/arena.h"
#include "bot/model/document.h"

#include <stdbool.h>
#include <stddef.h>

/* True of a document with papers. */
bool dialect_slack_fallback_is_digest(const struct document *document);

/* A block's line in it; "" for none.  In the arena, as all of these. */
const char *dialect_slack_fallback_line(struct arena *arena,
        const struct document *document, const struct document_node *block);

/* The first line: of a digest its title, and which part it is; "" of an aside,
 * whose papers say their own. */
const char *dialect_slack_fallback_title(struct arena *arena,
        const struct document *document, size_t part, size_t parts);

/* All of it, never "": at most SLACK_FALLBACK characters. */
const char *dialect_slack_fallback_text(struct arena *arena,
        const struct document *document, const char *title,
        const struct dialect_split_message *message);

#endif
