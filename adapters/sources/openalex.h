/*
 * openalex.h - where authors work and how often a paper is cited, as OpenAlex
 * knows it.
 *
 * GET https://api.openalex.org/works?filter=doi:D1|D2 (OpenAlex's documentation,
 * works and authorship objects).  New papers are absent for days.
 */
#ifndef ADAPTERS_SOURCES_OPENALEX_H
#define ADAPTERS_SOURCES_OPENALEX_H

#include "bot/ports/source.h"

/* [source openalex]: url, api_key; needs [bot] contact. */
extern const struct source_kind openalex_kind;

#endif
