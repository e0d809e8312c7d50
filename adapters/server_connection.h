/*
 * server_connection.h - the connections of a server, from the door to the last
 * answer.  For adapters/server*.c.
 *
 * libwebsockets reads and writes, in the clear or over TLS; here is kept who
 * waits for what and until when.  At a full house a newcomer takes somebody's
 * place, as server_place.h says whose.
 */
#ifndef ADAPTERS_SERVER_CONNECTION_H
#define ADAPTERS_SERVER_CONNECTION_H

#include "adapters/server.h"
#include "adapters/server_place.h"
#include "adapters/sockets.h"
#include "bot/base/arena.h"

struct lws_vhost;
struct ssl_ctx_st;
struct server_connection;

/* All connections of a server. */
struct server_connections {
    struct sockets *sockets;
    struct server_limits limits;
    bool proxy; /* as in the wish */
    /* Who takes a whole request. */
    void (*handle)(void *ctx, struct server_exchange *exchange);
    void *ctx;
    /* Own. */
    struct server_places places;
    struct loop_timer *timer;       /* for the next look at the times */
    size_t input_bytes;             /* held of what came */
    struct server_exchange *handed; /* not answered yet */
    struct ssl_ctx_st *tls;         /* of the host that speaks it */
    struct server_counts counts;
};

/* Before all else, with the first members set. */
void server_connection_init(struct server_connections *connections);

/* A virtual host that listens on nothing: connections are brought to it.  With
 * a certificate it speaks TLS.  It lasts as long as the context. */
struct lws_vhost *server_connection_host(struct server_connections *connections,
        const char *certificate, const char *key, struct error *err);

/* A descriptor that was accepted; it is the callee's. */
void server_connection_take(struct server_connections *connections,
        struct lws_vhost *host, bool tls, int fd, const char *peer, bool local);

/* As server_answer. */
void server_connection_answer(struct server_exchange *exchange,
        const struct server_answer *answer);

/* Hangs up on everyone, at once, and knows of no exchange any more. */
void server_connection_close_all(struct server_connections *connections);

#endif
