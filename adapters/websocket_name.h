/*
 * websocket_name.h - a host's addresses, looked up off the loop.
 *
 * Debian's libwebsockets asks for them itself only by standing still.
 */
#ifndef ADAPTERS_WEBSOCKET_NAME_H
#define ADAPTERS_WEBSOCKET_NAME_H

#include "adapters/loop.h"
#include "bot/base/error.h"

#include <stddef.h>

enum {
    WEBSOCKET_NAME_ADDRESSES_MAX = 8,
    WEBSOCKET_NAME_ADDRESS_SIZE = 48, /* an IPv6 address in numbers */
};

struct websocket_name_found {
    char addresses[WEBSOCKET_NAME_ADDRESSES_MAX][WEBSOCKET_NAME_ADDRESS_SIZE];
    size_t count;
};

/* err is NULL if at least one was found, else of ERROR_RETRY. */
typedef void websocket_name_fn(void *ctx,
        const struct websocket_name_found *found, const struct error *err);

struct websocket_name;

/* fn runs once, on the loop and after this has returned; then the look-up is
 * gone. */
struct websocket_name *websocket_name_find(struct loop *loop, const char *host,
        websocket_name_fn *fn, void *ctx);
/* fn will not run.  NULL is fine. */
void websocket_name_stop(struct websocket_name *name);

#endif
