/*
 * arxiv_feed.h - arXiv as a source: its announcement feed, a category at a time,
 * and its archive behind it (arxiv_archive.h).
 *
 * A User-Agent that says whom to write to, and conditional requests.  What arXiv
 * sends instead of a feed is told apart here.
 */
#ifndef ADAPTERS_SOURCES_ARXIV_FEED_H
#define ADAPTERS_SOURCES_ARXIV_FEED_H

#include "adapters/http.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"

/* "arxiv": settings feed_url, api_url, oai_url; needs [bot] contact. */
extern const struct source_kind arxiv_feed_kind;

enum arxiv_feed_outcome {
    ARXIV_FEED_FAILED,    /* err says why */
    ARXIV_FEED_UNCHANGED, /* as it was when the validator came */
    ARXIV_FEED_PAPERS,    /* a body worth reading */
};

/* What an HTTP answer to the question for a category is.  Pure; for tests. */
enum arxiv_feed_outcome arxiv_feed_classify(const struct http_answer *answer,
        const char *category, struct error *err);

#endif
