/*
 * http_job.h - one request from its queue to its answer, for adapters/http*.c
 * alone.
 *
 * A job lives in its own arena.  What it asks for is copied at the start; each
 * leg (the request itself, and every redirect) gets a curl handle of its own.
 */
#ifndef ADAPTERS_HTTP_JOB_H
#define ADAPTERS_HTTP_JOB_H

#include "adapters/http.h"
#include "adapters/http_url.h"
#include "bot/base/arena.h"
#include "bot/base/text.h"

#include <curl/curl.h>

enum http_stage {
    HTTP_WAITING,   /* for its turn or its time */
    HTTP_UNDER_WAY, /* curl has it */
    HTTP_DONE,      /* done is running */
};

struct http_job {
    struct request request; /* first: the request is the job */
    struct http *http;
    struct http_job *previous, *next;
    struct arena arena;
    enum http_stage stage;
    struct http_pace_state *pace; /* NULL: none */
    int64_t gap_ms, not_before_ms;
    http_done_fn *done;
    void *cookie;

    const char *method, *url, *user_agent, *body;
    struct http_url parts; /* of url */
    const char *host;      /* for messages: the address may be a secret */
    const char **headers;
    size_t header_count, body_bytes, answer_max;
    int64_t deadline_ms;
    bool follow, nearby, beginning_is_enough;
    const char *wanted_header; /* NULL: none */
    unsigned hops;
    struct error refusal; /* why it cannot even begin; ERROR_NONE if it can */

    CURL *easy; /* of this leg; NULL while waiting */
    struct curl_slist *header_list;
    char curl_words[CURL_ERROR_SIZE];
    struct text answer; /* its body */
    bool over_cap;
    bool given_up;           /* curl was about to send a POST once more */
    unsigned departures;     /* of this leg's request */
    bool begun;              /* a leg has been started */
    int64_t first_begun_ms;  /* monotonic; the deadline runs from here */
    int64_t begun_ms;        /* monotonic; this leg */
    int64_t started_wall_ms; /* of the first leg, since the epoch */
};

/* Copies the request; never NULL.  What is wrong with it is in refusal. */
struct http_job *http_job_new(const struct http_request *request);
void http_job_free(struct http_job *job); /* without a leg */

/* Sets up a new curl handle, which the job takes, for a leg that may take so
 * long. */
bool http_job_prepare(struct http_job *job, CURL *easy, int64_t time_left_ms,
        struct error *err);
/* The leg's handle, which the caller takes; NULL if there is none. */
CURL *http_job_drop_leg(struct http_job *job);

/* How long after a leg was begun its first byte could leave: name, connection
 * and TLS come first. */
int64_t http_job_lead_ms(const struct http_job *job);

/*
 * Turns the job to where the answer's Location leads: only GET, at most three
 * times, to https or from this machine to this machine, without the headers
 * that say who we are.  False and err if it may not go there.
 */
bool http_job_redirect(struct http_job *job, const char *location,
        struct error *err);

#endif
