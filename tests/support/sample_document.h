/*
 * sample_document.h - documents to render: a small digest, a hostile one, long
 * ones and random ones.
 *
 * Built by hand, in the shape bot/digest.c gives them.  All live in the arena.
 */
#ifndef TESTS_SUPPORT_SAMPLE_DOCUMENT_H
#define TESTS_SUPPORT_SAMPLE_DOCUMENT_H

#include "bot/base/chance.h"
#include "bot/model/document.h"

#include <stddef.h>

/* Two papers and one more, Chinese leading, in the full style. */
struct document *sample_document_digest(struct arena *arena);

/* One line without papers. */
struct document *sample_document_quiet(struct arena *arena);

/* Papers whose every field tries something: mentions, markup of each product,
 * bidirectional marks, joined emoji, 300 authors, an abstract of 100 kB. */
struct document *sample_document_hostile(struct arena *arena);

/* count papers with about so many bytes each of abstract; the names contain
 * "Paper 00001." to "Paper COUNT." */
struct document *sample_document_long(struct arena *arena, size_t count,
        size_t abstract_bytes);

/* Anything the document's contract allows; its entries' names are numbered as
 * above, with no gaps.  *entries gets their number. */
struct document *sample_document_random(struct arena *arena,
        const struct random_source *chance, size_t *entries);

/* "Paper 00042." */
const char *sample_document_name(struct arena *arena, size_t number);

/* NULL if the text holds the names 1 to count, each once and in order; else
 * what is wrong. */
const char *sample_document_names_flaw(struct arena *arena, const char *text,
        size_t count);

size_t sample_document_occurrences(const char *text, const char *word);

#endif
