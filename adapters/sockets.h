/*
 * sockets.h - libwebsockets as a guest on the loop: for server.h and websocket.h.
 *
 * One context for both.  It begins with the first use and lasts to the end of
 * the run.
 */
#ifndef ADAPTERS_SOCKETS_H
#define ADAPTERS_SOCKETS_H

#include "adapters/loop.h"
#include "bot/base/error.h"

struct lws_context;
struct sockets; /* opaque */

/* Cheap: libwebsockets is not begun yet. */
struct sockets *sockets_open(struct loop *loop, struct error *err);
/* Servers and websockets are closed before.  Turns the loop until the guest has
 * left it.  NULL is fine. */
void sockets_close(struct sockets *sockets);

/* For adapters/server*.c and adapters/websocket*.c: the loop, its monotonic
 * time, and the context; NULL and err if that cannot be made. */
struct loop *sockets_loop(const struct sockets *sockets);
int64_t sockets_now_ms(const struct sockets *sockets);
struct lws_context *sockets_context(struct sockets *sockets, struct error *err);

#endif
