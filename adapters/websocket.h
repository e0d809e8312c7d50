/*
 * websocket.h - a WebSocket client on the loop, over libwebsockets.
 *
 * One object is one connection, from the first look-up of the name to its end;
 * connecting again is the caller's.  Names are resolved off the loop.  Addresses
 * are wss, through the proxy that the environment names (http_proxy.h), or ws to
 * this machine.  The certificate must be good for the name;
 * authorities come from where http.h has them (CURL_CA_BUNDLE, SSL_CERT_FILE,
 * SSL_CERT_DIR).  A peer that says nothing is pinged, and given up if it stays
 * silent.
 */
#ifndef ADAPTERS_WEBSOCKET_H
#define ADAPTERS_WEBSOCKET_H

#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sockets;
struct websocket;

struct websocket_wish {
    const char *url;    /* "wss://host[:port]/path?query", copied; a secret may
                         * stand in it: errors name the host alone */
    size_t message_max; /* bytes of one that comes; 0: 256 KiB */
    int64_t connect_ms; /* name, connection, TLS and hand-shake; 0: 15 s */
    int64_t ping_ms;    /* silence after which it is pinged; 0: 10 s */
    int64_t hang_up_ms; /* silence after which it is given up; 0: 30 s */
};

/*
 * What happens.  Nothing is called before websocket_open has returned, nothing
 * after closed or websocket_close.  Each may call websocket_send and
 * websocket_close.
 */
struct websocket_ears {
    void (*opened)(void *ctx);
    /* A whole message: valid UTF-8, NUL-terminated besides. */
    void (*text)(void *ctx, const char *text, size_t bytes);
    /*
     * Over, or never begun; the websocket is gone when this returns.  ERROR_RETRY
     * where another try may help (names, connections, time-outs, hang-ups, 429
     * and 5xx), ERROR_STOP where a person must act (a certificate that is not
     * good, 401, 403, 404), ERROR_REJECTED for a message too long or no text.
     */
    void (*closed)(void *ctx, const struct error *err);
};

/* Never NULL.  The ears are copied, ctx is borrowed. */
struct websocket *websocket_open(struct sockets *sockets,
        const struct websocket_wish *wish, const struct websocket_ears *ears,
        void *ctx);

/* Queues a message; before opened it waits for that.  False if more than 1 MiB
 * would wait, or it is closing. */
bool websocket_send(struct websocket *websocket, const char *text,
        size_t bytes);

/* Says good-bye and closes; nothing more is called and the websocket is gone for
 * the caller.  What was queued is sent first, within a second.  NULL is fine. */
void websocket_close(struct websocket *websocket);

#endif
