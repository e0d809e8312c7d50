/*
 * serving.h - what a configuration says of the HTTP server.
 */
#ifndef BOT_PORTS_SERVING_H
#define BOT_PORTS_SERVING_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SERVING_ADDRESSES_MAX = 8,
};

struct serving_wish {
    /* "127.0.0.1:8080", "[::1]:8080"; port 0 is any that is free. */
    const char *listen[SERVING_ADDRESSES_MAX];
    size_t listen_count;
    const char *certificate, *key; /* PEM files; "" for plain HTTP */
    /* A reverse proxy stands before it: the last address of X-Forwarded-For is
     * the peer. */
    bool proxy;
};

#endif
