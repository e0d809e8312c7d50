/*
 * serving.h - a server on a free port of the test's loop, with a handler that
 * remembers and answers as it is told.
 */
#ifndef TESTS_SUPPORT_SERVING_H
#define TESTS_SUPPORT_SERVING_H

#include "adapters/server.h"
#include "adapters/transport.h"
#include "tests/support/raw_client.h"

struct serving {
    struct transport *transport;
    struct server *server;
    struct server_limits limits; /* shortened; change before serving_open */
    struct serving_wish wish;
    /* What the handler of /taken does and has had. */
    bool later; /* it does not answer at once */
    unsigned times;
    char method[16], path[64], query[64], peer[64], signature[96], agent[64];
    bool local;
    char *body; /* of the last request */
    size_t body_bytes;
    struct server_exchange *held[64];
    size_t held_count;
};

/* With times of some hundred milliseconds, on 127.0.0.1; nothing is opened. */
void serving_init(struct serving *serving);
void serving_open(struct serving *serving);
/* Says "late" to the oldest that is held. */
void serving_answer_held(struct serving *serving);
/* All connections are forgotten by then, or the test program ends. */
void serving_close(struct serving *serving);

struct raw_client *serving_client(struct serving *serving);
/* From another address of this machine, such as "127.0.0.2". */
struct raw_client *serving_client_from(struct serving *serving,
        const char *source);
/* Says it on a connection of its own and gives what came until "\r\n\r\n" and the
 * text, or until the server hung up; free it. */
char *serving_ask(struct serving *serving, const char *request,
        const char *until);

/* Turns until no connection is open. */
bool serving_wait_empty(struct serving *serving);

#endif
