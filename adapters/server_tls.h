/*
 * server_tls.h - a server's certificate.  For adapters/server*.c.
 */
#ifndef ADAPTERS_SERVER_TLS_H
#define ADAPTERS_SERVER_TLS_H

#include "bot/base/error.h"

#include <stdbool.h>

struct ssl_ctx_st;

/*
 * Reads certificate (with its chain) and key, PEM files, and sees that they
 * belong together; err names the file and what is wrong with it.  One that has
 * expired is shown all the same, and a warning logged.
 */
bool server_tls_check(const char *certificate, const char *key,
        struct error *err);

/* The same, into what new connections are made with; false and nothing has
 * changed if they are not good. */
bool server_tls_load(struct ssl_ctx_st *context, const char *certificate,
        const char *key, struct error *err);

#endif
