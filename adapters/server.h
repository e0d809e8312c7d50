/*
 * server.h - an HTTP/1.1 server on the loop, over libwebsockets.
 *
 * One server for all accounts: whoever waits for requests serves a path and is
 * handed each request whole, its body as the bytes that came.  The answer may
 * be given at once or later.  The addresses are bound here and the connections
 * handed to libwebsockets, so that what is bound is what was asked for, and a
 * flood is shed before it costs memory.  Whatever a peer does is bounded by the
 * table of limits; what goes over it is answered 408, 413, 429, 431 or 503 and
 * hung up on.
 */
#ifndef ADAPTERS_SERVER_H
#define ADAPTERS_SERVER_H

#include "bot/base/error.h"
#include "bot/ports/serving.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct sockets;
struct server_route;

/* What a peer may take; the sources stand at server_limits_usual. */
struct server_limits {
    size_t header_bytes; /* request line and headers */
    size_t body_bytes;
    size_t input_bytes;        /* of all that are under way */
    unsigned connections;      /* over all peers */
    unsigned peer_connections; /* of one address; not behind a proxy */
    unsigned requests;         /* handed over and not answered yet */
    int64_t header_ms; /* from the first byte waited for to the last header */
    int64_t body_ms;   /* from there to the end of the body */
    int64_t answer_ms; /* a handler's; then the peer is answered 503 */
    int64_t write_ms;  /* for the peer to take the answer */
    int64_t idle_ms;   /* between two requests of a connection */
};

extern const struct server_limits server_limits_usual;

/*
 * Listens as wished.  limits is copied, NULL: the usual ones.  NULL and err,
 * which names the address or the file and what is wrong with it, on failure.
 * The sockets outlive the server.
 */
struct server *server_open(struct sockets *sockets,
        const struct serving_wish *wish, const struct server_limits *limits,
        struct error *err);

/* Hangs up on everyone.  Routes are gone, exchanges are not: whoever holds one
 * still answers it.  NULL is fine. */
void server_close(struct server *server);

/*
 * Goes over to another wish: addresses that stay keep their connections, the
 * certificate is read again even if its path is the same.  On false all stays as
 * it was.
 */
bool server_change(struct server *server, const struct serving_wish *wish,
        struct error *err);

/* --- requests --- */

/*
 * One request and its answer.  The handler owns it until it calls
 * server_answer, which it does exactly once, however late, also if the peer has
 * long gone or the route or the server was closed.
 */
struct server_exchange;

struct server_request {
    const char *method; /* "GET", "POST" */
    const char *path;   /* "/slack/team/commands", decoded, without the query */
    const char *query;  /* behind the "?", as it came; "" for none */
    const char *body;   /* as it came; NUL-terminated besides, never NULL */
    size_t body_bytes;
    const char *peer; /* "192.0.2.7"; behind a proxy what that says */
    bool local;       /* the peer is this machine and no proxy stands between */
};

/* Lives as long as the exchange. */
const struct server_request *
server_exchange_request(const struct server_exchange *exchange);

/* The value of a header, "" if it did not come; the name in lower case, such as
 * "x-slack-signature".  Lives as long as the exchange. */
const char *server_exchange_header(const struct server_exchange *exchange,
        const char *name);

struct server_answer {
    int status;
    const char *content_type; /* NULL: text/plain; charset=utf-8 */
    const char *body;         /* copied; NULL for none */
    size_t body_bytes;        /* 0: up to its NUL */
    int64_t retry_after_ms;   /* 0: no such header */
};

/* Answers; the exchange is gone. */
void server_answer(struct server_exchange *exchange,
        const struct server_answer *answer);
/* The same with a line of text. */
void server_answer_text(struct server_exchange *exchange, int status,
        const char *text);

/* --- routes --- */

typedef void server_handler_fn(void *ctx, struct server_exchange *exchange);

/*
 * From now on requests for exactly this path go to the handler, whatever their
 * method.  Of two that serve one path the newer has it.  The path is copied.
 */
struct server_route *server_serve(struct server *server, const char *path,
        server_handler_fn *handler, void *ctx);
/* Ends it; NULL is fine.  Before server_close. */
void server_withdraw(struct server_route *route);

/* --- what /metrics and tests read --- */

struct server_counts {
    unsigned connections;    /* open now */
    unsigned waiting;        /* requests handed over, not answered */
    uint64_t accepted, shed; /* connections: taken, closed at the door */
    uint64_t late;           /* closed because a time was over */
    /* Answers by status; [0]: other than 100 to 599. */
    uint64_t answers[600];
};

const struct server_counts *server_counted(const struct server *server);

/* False and err for what is no address to listen on. */
bool server_can_listen(const char *address, struct error *err);
/* False and err for a certificate that cannot be shown with this key. */
bool server_can_show(const char *certificate, const char *key,
        struct error *err);
/* Whether only this machine can reach an address that is listened on. */
bool server_is_local(const char *address);

/* The n-th address that is listened on, "127.0.0.1:8080"; NULL past the last. */
const char *server_address(const struct server *server, size_t n);

#endif
