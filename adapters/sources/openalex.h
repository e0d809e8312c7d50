/*
 * openalex.h - where authors work and how often a paper is cited, as OpenAlex
 * knows it.
 *
 * GET https://api.openalex.org/works?filter=doi:D1|D2 (OpenAlex's documentation,
 * works and authorship objects).  New papers are absent for days.
 */
#ifndef ADAPTERS_SOURCES_OPENALEX_H
#define ADAPTERS_SOURCES_OPENALEX_H

#include "adapters/json.h"
#include "adapters/sources/record.h"
#include "bot/ports/source.h"

#include <stdbool.h>

/* [source openalex]: url, api_key; needs [bot] contact. */
extern const struct source_kind openalex_kind;

/* Fills a record from a work object (lookup_read_fn). */
bool openalex_read_work(struct record *record, const cJSON *work);

#endif
