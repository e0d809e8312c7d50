/*
 * dialect_text.h - the plain form of blocks, which other dialects carry too: as
 * Matrix's body, as Slack's fall-back.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_TEXT_H
#define ADAPTERS_DIALECTS_DIALECT_TEXT_H

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/model/document.h"

#include <stdbool.h>

/* The inline pieces of one block as one line, without its end. */
char *dialect_text_line(struct arena *arena, const struct document_node *block);

/* A block as whole lines; what is empty gives none. */
void dialect_text_block(struct text *out, const struct document_node *block);

/* True if a spaced document has an empty line between these neighbours. */
bool dialect_text_apart(const struct document_node *before,
        const struct document_node *after);

#endif
