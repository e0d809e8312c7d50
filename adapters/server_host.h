/*
 * server_host.h - a virtual host of libwebsockets that listens on nothing.  For
 * adapters/server*.c.
 */
#ifndef ADAPTERS_SERVER_HOST_H
#define ADAPTERS_SERVER_HOST_H

#include "adapters/sockets.h"
#include "bot/base/error.h"

struct lws_protocols;
struct lws_vhost;

/* One whose connections speak the first of the protocols, which outlive it; with
 * a certificate over TLS.  It lasts as long as the sockets' context. */
struct lws_vhost *server_host_make(struct sockets *sockets,
        const struct lws_protocols *protocols, void *user,
        const char *certificate, const char *key, struct error *err);

#endif
