/*
 * http_url.h - which addresses requests may go to, and how they are put
 * together.
 *
 * https everywhere; plain http only to this machine, where nobody is in
 * between.  Addresses may be secrets (a webhook's is): errors name the host,
 * never the rest.
 */
#ifndef ADAPTERS_HTTP_URL_H
#define ADAPTERS_HTTP_URL_H

#include "bot/base/arena.h"

#include <stdbool.h>

struct http_url {
    const char *host;   /* without brackets or port, lower case; in the arena */
    unsigned port;      /* the scheme's own where it has none */
    const char *target; /* path and query: "/a?b=c" */
    bool secure;        /* https */
    bool loopback;      /* localhost, 127.0.0.0/8 or [::1] */
};

/* False if this is no absolute http or https address with a host, or one that
 * holds a user name. */
bool http_url_parse(const char *url, struct arena *arena,
        struct http_url *parts);

/* True if requests may go there: https, or http to this machine. */
bool http_url_allowed(const char *url);

/* For setting_spec.flaw: what would be right, or NULL if the value is. */
const char *http_url_flaw(const char *value);

/* Percent-encodes all but RFC 3986's unreserved characters: one segment of a
 * path, or one value of a query. */
char *http_url_escape(struct arena *arena, const char *string);

/* Where a Location header leads from base; NULL if it is no address. */
char *http_url_join(struct arena *arena, const char *base,
        const char *location);

#endif
