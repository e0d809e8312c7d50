/*
 * arxiv_pace.h - what arXiv's terms of use ask for, the same for its feed, its
 * API and its OAI-PMH.
 *
 * One connection and 3 s between requests over all arXiv hosts together (help/
 * api/tou), and how the servers say that it was too much.
 */
#ifndef ADAPTERS_SOURCES_ARXIV_PACE_H
#define ADAPTERS_SOURCES_ARXIV_PACE_H

#include "adapters/http.h"
#include "bot/base/error.h"

#include <stdbool.h>

enum {
    ARXIV_PACE_GAP_MS = 3000,           /* help/api/tou */
    ARXIV_PACE_DEADLINE_MS = 60 * 1000, /* stalls of 30 s have been seen */
    ARXIV_PACE_ANSWER_MAX = 32 * 1024 * 1024, /* 2000 rows are some 5 MiB */
};

/* The pace that all requests to arXiv share. */
extern const struct http_pace arxiv_pace;

/* True, with ERROR_RETRY and the wait that was asked for, if the answer says
 * that there were too many requests: "Rate exceeded." with HTTP 200, 429, 406. */
bool arxiv_pace_exceeded(const struct http_answer *answer, struct error *err);

#endif
