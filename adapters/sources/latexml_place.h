/*
 * latexml_place.h - an institute as an author block writes it, made short enough
 * for a digest's line.
 *
 * "Department of Knots, Rope University, 12 Main Street, Oslo, Norway" is "Rope
 * University"; e-mail addresses, "equal contribution" and the like are none.
 */
#ifndef ADAPTERS_SOURCES_LATEXML_PLACE_H
#define ADAPTERS_SOURCES_LATEXML_PLACE_H

#include "adapters/sources/record.h"

#include <stdbool.h>
#include <stddef.h>

/* The institute in the record's arena; "" if the text names none. */
const char *latexml_place_clean(struct record *record, const char *bytes,
        size_t length);

/* True if a text has a word that institutes have, or begins with a company's
 * name. */
bool latexml_place_is_likely(struct record *record, const char *bytes,
        size_t length);

/* True if it has one that nobody is called. */
bool latexml_place_is_plain(struct record *record, const char *bytes,
        size_t length);

#endif
