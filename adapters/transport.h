/*
 * transport.h - what an adapter on the network is opened with.
 */
#ifndef ADAPTERS_TRANSPORT_H
#define ADAPTERS_TRANSPORT_H

#include "adapters/http.h"
#include "adapters/loop.h"
#include "adapters/sockets.h"
#include "bot/base/clock.h"

struct server;

struct transport {
    struct loop *loop;
    struct http *http;
    struct sockets *sockets; /* for websocket.h */
    /* Where accounts serve paths; NULL: the configuration has no [server]. */
    struct server *server;
    const struct clock *clock;
    /* For the console account: where it writes; NULL: standard output. */
    void *console; /* FILE * */
    bool console_is_terminal;
    /* And what it reads; one account at a time. */
    int typed; /* descriptor; -1: nothing */
    bool typed_is_terminal, typed_is_read;
};

/* Opens loop, http and sockets; NULL and err on failure. */
struct transport *transport_open(struct error *err);
void transport_close(struct transport *transport); /* NULL is fine */

#endif
