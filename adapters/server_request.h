/*
 * server_request.h - the head of an HTTP/1.1 request, read strictly (RFC 9112).
 *
 * Read here and not by libwebsockets 4.1.6, which was seen to go round for ever
 * over requests that came in one piece, and cannot say why it hangs up.  Where a
 * request ends must be beyond doubt: a proxy that reads it in another way than
 * we do could be made to pass one within another.  So line ends are CR LF, a
 * length comes once and in digits, and what is odd is refused.  Pure.
 */
#ifndef ADAPTERS_SERVER_REQUEST_H
#define ADAPTERS_SERVER_REQUEST_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SERVER_REQUEST_HEADERS_MAX = 100, /* as Apache's LimitRequestFields */
};

struct server_request_header {
    const char *name; /* in lower case */
    const char *value;
};

struct server_request_head {
    const char *method, *path, *query; /* as server_request has them */
    struct server_request_header headers[SERVER_REQUEST_HEADERS_MAX];
    size_t header_count;
    uint64_t body_bytes; /* that follow */
    bool last;           /* the peer wants the connection closed behind it */
    bool waits;          /* for "100 Continue" before it sends the body */
};

/* How many of the bytes the head takes, its empty line included; 0 if it does
 * not end there. */
size_t server_request_end(const char *bytes, size_t count);

/* Reads a head of count bytes; 0, or the status it is to be refused with.
 * Strings are in the arena. */
int server_request_read(const char *bytes, size_t count, struct arena *arena,
        struct server_request_head *head);

/* The first value of a header, by its name in lower case; "" for none. */
const char *server_request_value(const struct server_request_head *head,
        const char *name);

/*
 * The address that the proxy before us says a request is from: the last one of
 * all X-Forwarded-For, which it has added itself.  NULL if that is no address.
 */
const char *server_request_forwarded(const struct server_request_head *head,
        struct arena *arena);

/* Whether any proxy says that it passed the request on. */
bool server_request_is_forwarded(const struct server_request_head *head);

#endif
