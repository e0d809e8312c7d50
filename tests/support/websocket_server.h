/*
 * websocket_server.h - a WebSocket server on 127.0.0.1, on the test's loop, that
 * sends frames as it is told, also broken ones.
 */
#ifndef TESTS_SUPPORT_WEBSOCKET_SERVER_H
#define TESTS_SUPPORT_WEBSOCKET_SERVER_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stddef.h>

struct websocket_server;

/* How it meets whoever connects. */
enum websocket_server_way {
    WEBSOCKET_SERVER_OPENS,
    WEBSOCKET_SERVER_SILENT,  /* reads, says nothing */
    WEBSOCKET_SERVER_REFUSES, /* "HTTP/1.1 401" */
    WEBSOCKET_SERVER_BUSY,    /* "HTTP/1.1 503" */
    WEBSOCKET_SERVER_DEAF,    /* opens, and answers no ping */
};

/* Ends the test program if it cannot listen. */
struct websocket_server *websocket_server_open(struct loop *loop,
        enum websocket_server_way way);
void websocket_server_close(struct websocket_server *server);

/* "ws://localhost:PORT/socket?ticket=secret" */
const char *websocket_server_url(const struct websocket_server *server);

/* What the newest client has sent: the request's head, texts joined by "|", how
 * many pings, and whether it has closed, with which code. */
const char *websocket_server_head(const struct websocket_server *server);
const char *websocket_server_texts(const struct websocket_server *server);
unsigned websocket_server_pings(const struct websocket_server *server);
unsigned websocket_server_closed(const struct websocket_server *server);
bool websocket_server_is_open(const struct websocket_server *server);

/* One frame; opcode 1 text, 0 more of it, 2 binary, 8 close, 9 ping. */
void websocket_server_send(struct websocket_server *server, unsigned opcode,
        bool last, const void *bytes, size_t count);
/* Ends the connection without a word. */
void websocket_server_hang_up(struct websocket_server *server);

#endif
