/*
 * http_proxy.h - through which proxy an address is reached, for those who do not
 * ask through curl.
 *
 * Read as curl does (curl's manual, "Environment"): https_proxy, HTTPS_PROXY,
 * all_proxy or ALL_PROXY, unless no_proxy or NO_PROXY names the host.
 */
#ifndef ADAPTERS_HTTP_PROXY_H
#define ADAPTERS_HTTP_PROXY_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>

struct http_proxy {
    const char *host; /* NULL: none, it is reached directly */
    unsigned port;
    const char *login; /* "name:password"; "" for none; a secret */
};

/* For https and what is built upon it.  False and err for a proxy that is not
 * spoken to as http:// is.  Strings live in the arena. */
bool http_proxy_find(const char *host, struct arena *arena,
        struct http_proxy *proxy, struct error *err);

#endif
