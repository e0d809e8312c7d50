/*
 * http_answer.h - what came back, for adapters/http.c alone.
 */
#ifndef ADAPTERS_HTTP_ANSWER_H
#define ADAPTERS_HTTP_ANSWER_H

#include "adapters/http_job.h"

/*
 * Reads a finished leg.  Strings of the answer live in the job's arena.  True
 * if a whole answer came (of an error's answer the beginning is enough); else
 * err says why not.
 */
bool http_answer_read(struct http_job *job, CURLcode result,
        struct http_answer *answer, struct error *err);

/* Where a 301, 302, 303, 307 or 308 leads; NULL if this is none. */
const char *http_answer_location(struct http_job *job,
        const struct http_answer *answer);

#endif
