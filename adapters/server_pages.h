/*
 * server_pages.h - /healthz and /metrics.
 *
 * /healthz is 200 "ok" while the loop turns and all is well, else 503 with a
 * line why; asked through a proxy or from elsewhere it says only that it is not.
 * /metrics answers this machine alone: names of channels stand in it.  What a
 * question costs is asked at most once a second, however many come.
 */
#ifndef ADAPTERS_SERVER_PAGES_H
#define ADAPTERS_SERVER_PAGES_H

#include "adapters/loop.h"
#include "adapters/server.h"
#include "bot/ports/query.h"

struct server_pages;

/* The query is copied, its ctx outlives the pages; they end before the
 * server. */
struct server_pages *server_pages_open(struct loop *loop, struct server *server,
        const struct query *query);
void server_pages_close(struct server_pages *pages); /* NULL is fine */

#endif
