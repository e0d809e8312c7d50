/*
 * http.h - requests over curl's multi interface on the loop.
 *
 * Every request has a deadline and a cap on its answer's body.  Addresses are
 * https, or http to this machine, or where a request says so to the local
 * network (directly, past any proxy).  Redirects are not followed unless asked,
 * then only a GET's, to https (or from this machine to this machine) and
 * without Authorization.  A pace keeps a least gap between requests that share
 * it (all arXiv hosts: one connection, 3 s).  Of what is sent to a host (POST, PUT)
 * 32 requests are under way at most.  A POST leaves once: where a kept connection
 * turns out dead, it is not sent again over another.
 * Proxies and certificate authorities come from the environment, as the curl
 * tool reads it: https_proxy, no_proxy, CURL_CA_BUNDLE, SSL_CERT_FILE,
 * SSL_CERT_DIR.
 */
#ifndef ADAPTERS_HTTP_H
#define ADAPTERS_HTTP_H

#include "adapters/loop.h"
#include "bot/base/error.h"
#include "bot/ports/request.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http; /* opaque */

struct http *http_open(struct loop *loop, struct error *err);
void http_close(struct http *http); /* cancels what is under way; NULL fine */

/* Requests that share a pace go one at a time, each starting at least gap_ms
 * after the one before has started. */
struct http_pace {
    const char *name; /* "arxiv"; NULL: no pace */
    int64_t gap_ms;
};

struct http_request {
    const char *method; /* "GET", "POST", "PUT" */
    const char *url;
    const char *const
            *headers;       /* "Name: value", NULL-terminated; may be NULL */
    const char *user_agent; /* NULL: "paperboy/VERSION" */
    const char *body;       /* copied; NULL for none */
    size_t body_bytes;
    /* For the whole, from when it leaves the queue; 0: 60 s. */
    int64_t deadline_ms;
    /* Bytes; 0: 1 MiB.  More is ERROR_INPUT, but of an error's answer (400 and
     * up) the beginning is handed over. */
    size_t answer_max;
    bool beginning_is_enough; /* then more is no failure: the rest is not read */
    int64_t not_before_ms;    /* wall clock, ms since the epoch; 0: now */
    struct http_pace pace;
    bool follow_redirects; /* at most 3 */
    bool nearby; /* http:// may go to the local network (http_url.nearby) */
    const char *wanted_header; /* whose value the answer is to have; or NULL */
};

struct http_answer {
    int status;       /* 0 if no answer came */
    const char *body; /* NUL-terminated besides; never NULL */
    size_t body_bytes;
    const char *content_type, *etag, *last_modified; /* "" if absent */
    const char *wanted; /* the header that the request wanted; "" if absent */
    int64_t retry_after_ms; /* from Retry-After, seconds or date; 0 if absent */
    int64_t started_ms;     /* when the request left, ms since the epoch */
    bool maybe_taken; /* no answer came, but bytes of the request had left */
};

/*
 * err is NULL if an HTTP answer came, whatever its status; else it says why
 * none came (answer->maybe_taken then tells whether the server may have acted
 * on the request all the same).
 */
typedef void http_done_fn(void *cookie, const struct http_answer *answer,
        const struct error *err);

/* Begins a request; all strings are copied. */
struct request *http_send(struct http *http, const struct http_request *request,
        http_done_fn *done, void *cookie);

/* Says "HTTP 503" with the beginning of the body where it is text, as an error
 * of the kind that the status calls for: 429 and 5xx and 408 are ERROR_RETRY
 * with the server's wait, 401, 403, 404 and 410 ERROR_STOP, others
 * ERROR_REJECTED.  Always returns false. */
bool http_status_error(const struct http_answer *answer, struct error *err);

#endif
