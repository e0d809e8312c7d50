/*
 * http_asker.h - adapters/http.h asking a scripted server, and what it is told.
 */
#ifndef TESTS_SUPPORT_HTTP_ASKER_H
#define TESTS_SUPPORT_HTTP_ASKER_H

#include "adapters/http.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_asker {
    struct transport *transport;
    struct http_server *server;
};

/* What done was told, copied; and how often it ran. */
struct http_heard {
    bool over;
    unsigned times;
    bool returned; /* http_send has returned */
    bool early;    /* done ran before that */
    int status;
    char body[64], content_type[64], etag[64], last_modified[64];
    size_t body_bytes;
    int64_t retry_after_ms, started_ms;
    bool maybe_taken, failed;
    struct error err;
};

/* For cmocka: the state is a struct http_asker. */
int http_asker_set_up(void **state);
int http_asker_tear_down(void **state);
#define HTTP_ASKER_TEST(name)                                                  \
    cmocka_unit_test_setup_teardown(name, http_asker_set_up,                   \
            http_asker_tear_down)

/* An http_done_fn whose cookie is a struct http_heard. */
void http_asker_hear(void *cookie, const struct http_answer *answer,
        const struct error *err);
/* Begins a request; heard outlives it. */
struct request *http_asker_begin(struct http_asker *asker,
        const struct http_request *request, struct http_heard *heard);
/* The same, and waits until it was answered, which is once. */
void http_asker_get(struct http_asker *asker,
        const struct http_request *request, struct http_heard *heard);
/* The server's address of a path; valid as http_server_address says. */
const char *http_asker_address(struct http_asker *asker, const char *path);

/* The server answers one path with the way to another. */
void http_asker_redirect(struct http_asker *asker, const char *from,
        const char *to);

#endif
