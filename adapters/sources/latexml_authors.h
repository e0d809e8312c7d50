/*
 * latexml_authors.h - who is who in the author blocks of a paper's page, and
 * where they work.
 *
 * A block holds one person, or all of them, with footnote marks, line breaks and
 * addresses as the paper's source has them.  What cannot be told is left out: a
 * wrong institute is worse than none.
 */
#ifndef ADAPTERS_SOURCES_LATEXML_AUTHORS_H
#define ADAPTERS_SOURCES_LATEXML_AUTHORS_H

#include "adapters/sources/latexml_front.h"
#include "adapters/sources/record.h"

/* Adds the authors of the blocks, in order, and the paper's affiliations. */
void latexml_authors_read(struct record *record,
        const struct latexml_front *front);

#endif
