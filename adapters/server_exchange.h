/*
 * server_exchange.h - a request between its head and its answer.  For
 * adapters/server*.c; what everybody may do with one stands in server.h.
 */
#ifndef ADAPTERS_SERVER_EXCHANGE_H
#define ADAPTERS_SERVER_EXCHANGE_H

#include "adapters/server.h"
#include "adapters/server_request.h"
#include "bot/base/arena.h"

struct server_connection;
struct server_connections;

struct server_exchange {
    struct server_request request;
    struct server_connections *connections; /* NULL: the server is closed */
    struct server_exchange *previous, *next;
    struct server_connection *connection; /* NULL: nobody waits any more */
    struct arena arena;                   /* of the request's strings */
    struct server_request_head head;
};

/* One from that address, before its head is read. */
struct server_exchange *
server_exchange_new(struct server_connections *connections, const char *peer,
        bool local);
void server_exchange_free(struct server_exchange *exchange);

/* Reads its head; 0, or the status it is to be refused with. */
int server_exchange_read(struct server_exchange *exchange, const char *bytes,
        size_t count);

/* It goes to its handler, or comes back from there with the answer. */
void server_exchange_hand(struct server_exchange *exchange);
void server_exchange_take_back(struct server_exchange *exchange);

#endif
