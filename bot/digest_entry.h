/*
 * digest_entry.h - one paper of a digest.
 */
#ifndef BOT_DIGEST_ENTRY_H
#define BOT_DIGEST_ENTRY_H

#include "bot/digest.h"

#include <stdbool.h>

/* Adds the paper's entry at the end of the document.  number counts from 1
 * through both tiers. */
void digest_entry_add(struct document *document,
        const struct digest_input *input, const struct digest_item *item,
        unsigned number);

/* The language that papers are written in, as far as Paperboy knows. */
bool digest_entry_is_original(const char *language);

#endif
