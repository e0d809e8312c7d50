/*
 * pictures.h - pictures of papers, from wherever an address with the paper's id
 * leads.
 *
 * Nothing is believed of what comes: it is at most 1 MiB, begins as a PNG, JPEG
 * or WebP does, and says its own size.
 */
#ifndef ADAPTERS_SOURCES_PICTURES_H
#define ADAPTERS_SOURCES_PICTURES_H

#include "bot/ports/source.h"

/* [source pictures]: url. */
extern const struct source_kind pictures_kind;

#endif
