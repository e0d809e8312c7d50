/*
 * arxiv_archive.h - what arXiv has of past days and of single ids: its API and
 * its OAI-PMH.
 *
 * The API (help/api/user-manual) is asked by the day of submission, in slices;
 * OAI-PMH (help/oa, openarchives.org 2.0) by the day of the last change, page by
 * page with resumption tokens.  What the servers send instead of papers is told
 * apart here.
 */
#ifndef ADAPTERS_SOURCES_ARXIV_ARCHIVE_H
#define ADAPTERS_SOURCES_ARXIV_ARCHIVE_H

#include "adapters/http.h"
#include "adapters/sources/page_call.h"
#include "bot/base/arena.h"
#include "bot/ports/source.h"

enum {
    ARXIV_ARCHIVE_SLICE = 500, /* papers in one answer of the API */
};

struct arxiv_archive {
    struct http *http; /* these four are borrowed */
    const char *api_url, *oai_url;
    const char *user_agent;
    struct page_calls calls;
};

/* See source_ops.page. */
struct request *arxiv_archive_page(struct arxiv_archive *archive,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie);

/* Calls off what is under way. */
void arxiv_archive_finish(struct arxiv_archive *archive);

/* The OAI-PMH set of a category: "cs:cs:LG", "physics:hep-th". */
char *arxiv_archive_set(struct arena *arena, const char *category);

#endif
