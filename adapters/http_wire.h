/*
 * http_wire.h - curl's multi handle on the loop, for adapters/http.c alone.
 *
 * curl says which sockets and which time-out it waits for; uv_poll and uv_timer
 * wait.  Nothing here knows what a request is about.
 */
#ifndef ADAPTERS_HTTP_WIRE_H
#define ADAPTERS_HTTP_WIRE_H

#include "adapters/loop.h"
#include "bot/base/error.h"

#include <curl/curl.h>

/* A transfer ended and has been taken off the wire.  Runs outside of curl, so
 * anything may be called but http_wire_close. */
typedef void http_wire_fn(void *ctx, CURL *easy, CURLcode result);

struct http_wire;

struct http_wire *http_wire_open(struct loop *loop, http_wire_fn *done,
        void *ctx, struct error *err);
/* All transfers must have been removed.  NULL is fine. */
void http_wire_close(struct http_wire *wire);

/* A handle for one transfer, as curl_easy_init makes it; NULL without memory. */
CURL *http_wire_handle(struct http_wire *wire);
/* It is not needed any longer, and on no wire; NULL is fine. */
void http_wire_give_back(struct http_wire *wire, CURL *easy);

/* Begins a transfer; done will not run before this has returned. */
bool http_wire_add(struct http_wire *wire, CURL *easy, struct error *err);
/* Breaks a transfer off; done will not run for it. */
void http_wire_remove(struct http_wire *wire, CURL *easy);

#endif
