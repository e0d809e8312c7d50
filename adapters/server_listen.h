/*
 * server_listen.h - one address that is listened on.  For adapters/server*.c.
 *
 * Bound here, not by libwebsockets: its interface setting was seen to bind every
 * address.
 */
#ifndef ADAPTERS_SERVER_LISTEN_H
#define ADAPTERS_SERVER_LISTEN_H

#include "adapters/loop.h"
#include "bot/base/error.h"

#include <stdbool.h>

enum {
    /* "[" an IPv6 address "]:65535" */
    SERVER_LISTEN_ADDRESS_SIZE = 64,
};

/* Who has connected: the descriptor, which does not block, is the callee's. */
typedef void server_listen_fn(void *ctx, int fd, const char *peer, bool local);

struct server_listen;

/* Whether that is an address: "127.0.0.1:8080", "[::1]:8080"; else err says what
 * would be. */
bool server_listen_parses(const char *address, struct error *err);

/* Whether only this machine can reach it. */
bool server_listen_is_local(const char *address);

/* NULL and err if it cannot be bound. */
struct server_listen *server_listen_open(struct loop *loop, const char *address,
        server_listen_fn *fn, void *ctx, struct error *err);
void server_listen_close(struct server_listen *listen); /* NULL is fine */

/* As it was asked for, and as it is: a port of 0 has become one. */
const char *server_listen_wished(const struct server_listen *listen);
const char *server_listen_bound(const struct server_listen *listen);

#endif
