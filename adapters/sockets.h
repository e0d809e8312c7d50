/*
 * sockets.h - libwebsockets as a guest on the loop: for server.h and websocket.h.
 *
 * One context for both.  It lives from the first use to the end of the run.
 */
#ifndef ADAPTERS_SOCKETS_H
#define ADAPTERS_SOCKETS_H

#include "adapters/loop.h"
#include "bot/base/error.h"

struct sockets; /* opaque */

struct sockets *sockets_open(struct loop *loop, struct error *err);
/* Servers and websockets are closed before.  Turns the loop until the guest has
 * left it.  NULL is fine. */
void sockets_close(struct sockets *sockets);

struct loop *sockets_loop(const struct sockets *sockets);

#endif
