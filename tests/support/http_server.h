/*
 * http_server.h - a scripted HTTP/1.1 server on 127.0.0.1, on the test's loop.
 *
 * A test writes down what is to be answered, lets its adapter ask, and reads
 * what was asked.  No thread, no fixed port, no sleep.
 */
#ifndef TESTS_SUPPORT_HTTP_SERVER_H
#define TESTS_SUPPORT_HTTP_SERVER_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum http_server_act {
    SERVER_ANSWER,
    SERVER_HANG_UP,  /* reads the request, closes without a byte */
    SERVER_TRUNCATE, /* announces the body whole, sends half, closes */
    SERVER_SILENCE,  /* never answers; the connection stays open */
};

struct http_script {
    const char *method;  /* NULL: any */
    const char *path;    /* what the target begins with; NULL: anything */
    unsigned times;      /* how often it serves; 0: for ever */
    int status;          /* 0: 200 */
    const char *headers; /* "Name: value\r\n", any number; NULL: none */
    const char *body;    /* NULL: "" */
    size_t body_bytes;   /* 0: up to its NUL */
    enum http_server_act act;
    int64_t delay_ms; /* before the act */
};

struct http_record {
    const char *method, *target; /* "GET", "/a?b=c" */
    const char *headers;         /* as they came, lines ended "\r\n" */
    const char *body;
    size_t body_bytes;
    int64_t arrived_ms;  /* monotonic, when the request was complete */
    unsigned connection; /* counted from 1 */
};

struct http_server;

/* Ends the test program if it cannot listen. */
struct http_server *http_server_open(struct loop *loop);
/* Handles are gone after the loop's next turn; loop_close sees to it. */
void http_server_close(struct http_server *server);

/* "http://127.0.0.1:PORT" */
const char *http_server_url(const struct http_server *server);
/* The same with a path behind; lives as long as the server. */
const char *http_server_address(struct http_server *server, const char *path);

/* Adds to the end of the table; of what fits a request and has times left the
 * first serves.  What nothing fits is answered 404.  Strings are copied. */
void http_server_script(struct http_server *server,
        const struct http_script *script);

/* The usual case: this often (0: for ever) this status and body. */
void http_server_answer(struct http_server *server, const char *method,
        const char *path, unsigned times, int status, const char *body);

/* Takes all scripts away: from now on everything is answered 404 until new ones
 * come.  Requests that wait for a delayed answer still get it. */
void http_server_forget(struct http_server *server);

/* What came, in order. */
size_t http_server_count(const struct http_server *server);
const struct http_record *http_server_record(const struct http_server *server,
        size_t index);
/* The value of a header, "" if it did not come; lives as long as the server. */
const char *http_server_header(struct http_server *server, size_t index,
        const char *name);
/* The most requests that were unanswered at one time. */
unsigned http_server_most_at_once(const struct http_server *server);

#endif
