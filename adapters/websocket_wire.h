/*
 * websocket_wire.h - libwebsockets as a client: one connection to one address.
 * For adapters/websocket.c.
 */
#ifndef ADAPTERS_WEBSOCKET_WIRE_H
#define ADAPTERS_WEBSOCKET_WIRE_H

#include "adapters/http_proxy.h"
#include "adapters/sockets.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct lws;
struct websocket_wire;

/* What happens on it; gone is the last. */
struct websocket_wire_ears {
    /* No connection: connected is false where nobody was reached, so that
     * another address may be tried. */
    void (*failed)(void *ctx, bool reached, const struct error *err);
    void (*opened)(void *ctx);
    /* A piece of a message; false: hang up. */
    bool (*piece)(void *ctx, const char *bytes, size_t count, bool text,
            bool last);
    void (*pong)(void *ctx);
    /* Something may be written, by one call of websocket_wire_write or _ping;
     * false: hang up. */
    bool (*writable)(void *ctx);
    /* It was open and is closed; code is the peer's, 0 for none. */
    void (*hung_up)(void *ctx, unsigned code);
    /* Nothing is left of it. */
    void (*gone)(void *ctx);
};

struct websocket_wire {
    struct lws *wsi; /* NULL: there is none */
    struct websocket_wire_ears ears;
    void *ctx;
    unsigned code;
    bool open, over; /* it was told that it ended */
};

struct websocket_wire_place {
    const char *address; /* in numbers, the proxy's if there is one */
    const struct http_proxy *through; /* NULL: no proxy */
    unsigned port;
    const char *host, *target;
    bool secure;
};

/* Begins to connect; true, or err.  The ears may be called from within. */
bool websocket_wire_connect(struct websocket_wire *wire,
        struct sockets *sockets, const struct websocket_wire_place *place,
        struct error *err);

/* Asks for a call of writable. */
void websocket_wire_want(const struct websocket_wire *wire);

/* bytes stand behind websocket_wire_room() of room. */
size_t websocket_wire_room(void);
bool websocket_wire_write(const struct websocket_wire *wire,
        unsigned char *bytes, size_t count);
bool websocket_wire_ping(const struct websocket_wire *wire);

/* Says good-bye and closes; gone is called when that is done.  Never from within
 * an ear: libwebsockets would close without a word. */
void websocket_wire_part(struct websocket_wire *wire);

/* Breaks it off and calls nothing any more.  Never from within an ear. */
void websocket_wire_drop(struct websocket_wire *wire);

#endif
