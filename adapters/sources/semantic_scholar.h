/*
 * semantic_scholar.h - where authors work and how often a paper is cited, as
 * Semantic Scholar knows it.
 *
 * POST https://api.semanticscholar.org/graph/v1/paper/batch with ids (Academic
 * Graph API).  Affiliations are mostly missing there.
 */
#ifndef ADAPTERS_SOURCES_SEMANTIC_SCHOLAR_H
#define ADAPTERS_SOURCES_SEMANTIC_SCHOLAR_H

#include "adapters/json.h"
#include "adapters/sources/record.h"
#include "bot/ports/source.h"

#include <stdbool.h>

/* [source semantic_scholar]: url, api_key; needs [bot] contact. */
extern const struct source_kind semantic_scholar_kind;

/* Fills a record from a paper object (lookup_read_fn). */
bool semantic_scholar_read_paper(struct record *record, const cJSON *paper);

#endif
