/*
 * dialect_part.h - what every dialect reads in the parts of a document.
 *
 * Texts come from strangers.  They were cleaned where they entered; they are
 * cleaned again here, where it would hurt.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_PART_H
#define ADAPTERS_DIALECTS_DIALECT_PART_H

#include "bot/base/arena.h"
#include "bot/model/document.h"

#include <stdbool.h>
#include <stddef.h>

/* True for the kinds that stand in a line, not on their own. */
bool dialect_part_is_inline(const struct document_node *node);

/* As text_one_line, but a space at either end stays one space: pieces are set
 * one after the other. */
char *dialect_part_text(struct arena *arena, const char *text);

/*
 * The lines of a verbatim block, each cleaned as text_one_line does but for its
 * spaces, which stay; each ends in \n.
 */
char *dialect_part_lines(struct arena *arena,
        const struct document_node *verbatim);

/* The text, or its beginning of at most so many bytes, between graphemes, and
 * "…". */
const char *dialect_part_cut(struct arena *arena, const char *text,
        size_t bytes);

/*
 * A link that is safe inside quotes, brackets and markup: https, at most 2000
 * bytes, everything outside the printable ASCII of a URL percent-encoded.  ""
 * for any other.
 */
char *dialect_part_url(struct arena *arena, const char *url);

/* Bytes of the https address that the text begins with, without the stop or the
 * bracket that ends its sentence; 0 if it begins with none. */
size_t dialect_part_address_length(const char *text);

/* Where a paper is: the safe url of its LINK block, else of a link in its
 * title, else "". */
const char *dialect_part_entry_url(struct arena *arena,
        const struct document_node *entry);

/* The piece of a title that is the paper's name: its link or strong text, else
 * the last text in it; NULL if there is none. */
const struct document_node *
dialect_part_name(const struct document_node *title);

/* True for an abstract that a note stands before, and which may therefore be
 * small or folded away.  Without one it is what the entry says. */
bool dialect_part_is_background(const struct document_node *entry,
        const struct document_node *block);

/* "3. " if the entry has a number that its title does not begin with already;
 * else "". */
const char *dialect_part_number(struct arena *arena,
        const struct document_node *entry);

/* True for a translated title with a text below it, from which it should stand
 * out. */
bool dialect_part_stands_out(const struct document_node *entry,
        const struct document_node *block);

/* What a folded abstract is called in the reader's language. */
const char *dialect_part_abstract_label(const char *language);

/*
 * A copy in which a word joiner (U+2060) stands between "@" and each of the
 * words, whatever their case.  The reader sees no difference, but a program
 * that looks for "@room" finds none.
 */
char *dialect_part_unmention(struct arena *arena, const char *text,
        const char *const *words);

#endif
