/*
 * http_url.h - which addresses requests may go to, and how they are put
 * together.
 *
 * https everywhere; plain http only to this machine, where nobody is in
 * between, and, where a setting says so, to the local network, which its owner
 * answers for.  Addresses may be secrets (a webhook's is): errors name the host,
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
    /* Of the local network by its very name: an address of RFC 1918 or of
     * fc00::/7 (RFC 4193), a name without a dot, or one that ends in .local (RFC
     * 6762), .home.arpa (RFC 8375) or .internal (set apart by ICANN). */
    bool nearby;
};

/* False if this is no absolute http or https address with a host, or one that
 * holds a user name. */
bool http_url_parse(const char *url, struct arena *arena,
        struct http_url *parts);

/* True if requests may go there: https, or http to this machine. */
bool http_url_allowed(const char *url);

/* For setting_spec.flaw: what would be right, or NULL if the value is. */
const char *http_url_flaw(const char *value);
/* The same where http may go to the local network, too. */
const char *http_url_nearby_flaw(const char *value);

/* Percent-encodes all but RFC 3986's unreserved characters: one segment of a
 * path, or one value of a query. */
char *http_url_escape(struct arena *arena, const char *string);

/* Where a Location header leads from base; NULL if it is no address. */
char *http_url_join(struct arena *arena, const char *base,
        const char *location);

#endif
