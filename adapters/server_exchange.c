#include "adapters/server_exchange.h"

#include "adapters/server_connection.h"

#include <stdlib.h>

struct server_exchange *
server_exchange_new(struct server_connections *connections, const char *peer,
        bool local)
{
    struct server_exchange *exchange = calloc(1, sizeof *exchange);

    if (exchange == NULL)
        abort(); /* as an arena without memory */
    exchange->connections = connections;
    exchange->request.peer = arena_string(&exchange->arena, peer);
    exchange->request.local = local;
    return exchange;
}

void server_exchange_free(struct server_exchange *exchange)
{
    arena_finish(&exchange->arena);
    free(exchange);
}

/* Somebody may stand between us and whoever asks. */
static void note_proxy(struct server_exchange *exchange)
{
    struct server_request *request = &exchange->request;
    const char *peer = exchange->connections->proxy
            ? server_request_forwarded(&exchange->head, &exchange->arena)
            : NULL;

    if (peer != NULL)
        request->peer = peer;
    if (server_request_is_forwarded(&exchange->head))
        request->local = false;
}

int server_exchange_read(struct server_exchange *exchange, const char *bytes,
        size_t count)
{
    struct server_request *request = &exchange->request;
    struct server_request_head *head = &exchange->head;
    int flaw = server_request_read(bytes, count, &exchange->arena, head);

    request->method = head->method;
    request->path = head->path;
    request->query = head->query;
    request->body = "";
    request->body_bytes = (size_t)head->body_bytes;
    note_proxy(exchange);
    return flaw;
}

void server_exchange_hand(struct server_exchange *exchange)
{
    struct server_connections *all = exchange->connections;

    exchange->next = all->handed;
    if (all->handed != NULL)
        all->handed->previous = exchange;
    all->handed = exchange;
    all->counts.waiting++;
}

void server_exchange_take_back(struct server_exchange *exchange)
{
    struct server_connections *all = exchange->connections;

    if (all == NULL)
        return;
    if (exchange->previous != NULL)
        exchange->previous->next = exchange->next;
    else
        all->handed = exchange->next;
    if (exchange->next != NULL)
        exchange->next->previous = exchange->previous;
    all->counts.waiting--;
}

/* --- what server.h promises --- */

const struct server_request *
server_exchange_request(const struct server_exchange *exchange)
{
    return &exchange->request;
}

const char *server_exchange_header(const struct server_exchange *exchange,
        const char *name)
{
    return server_request_value(&exchange->head, name);
}
