/*
 * digest_entry.h - one paper of a digest.
 */
#ifndef BOT_DIGEST_ENTRY_H
#define BOT_DIGEST_ENTRY_H

#include "bot/digest.h"

#include <stdbool.h>

/* Adds the paper's entry at the end of the document, which may be an answer in
 * another language than the digest's.  number counts from 1 through both tiers;
 * 0: it is not shown. */
void digest_entry_add(struct document *document,
        const struct digest_input *input, const struct digest_item *item,
        unsigned number);

/* The same for a long list: title, title in the first language, authors, link. */
void digest_entry_add_compact(struct document *document,
        const struct digest_input *input, const struct digest_item *item);

/* The language that papers are written in, as far as Paperboy knows. */
bool digest_entry_is_original(const char *language);

#endif
