/*
 * lookup_world.h - a source that is asked for papers by id, before a scripted
 * server.
 */
#ifndef TESTS_SUPPORT_LOOKUP_WORLD_H
#define TESTS_SUPPORT_LOOKUP_WORLD_H

#include "adapters/transport.h"
#include "bot/ports/source.h"
#include "tests/support/http_server.h"
#include "tests/support/records.h"

#include <stdbool.h>

struct lookup_world {
    struct transport *transport;
    struct http_server *server;
    struct source *source;
    struct records records;
    bool over, failed;
    struct source_page page;
    struct error err;
};

/* The kind's source, at the server's "/api"; key NULL: it has none. */
struct lookup_world *lookup_world_open(const struct source_kind *kind,
        const char *key);
void lookup_world_close(struct lookup_world *world);

/* Asks for 2605.00001 and hep-th/9901001, waits for the end; the server answers
 * so. */
void lookup_world_ask(struct lookup_world *world, int status,
        const char *headers, const char *body);

#endif
