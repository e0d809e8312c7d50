#include "adapters/server.h"

#include "adapters/server_connection.h"
#include "adapters/server_exchange.h"
#include "adapters/server_listen.h"
#include "adapters/server_tls.h"

#include <stdlib.h>
#include <string.h>

/* Where no source is named the figure is ours, for a bot on a small machine. */
const struct server_limits server_limits_usual = {
        /* As nginx's large_client_header_buffers. */
        .header_bytes = 8192,
        /* An interaction brings its message along, up to about 13 200
         * characters (FACTS 5), each as nine bytes of a form at most. */
        .body_bytes = 262144,
        .input_bytes = 16777216,
        .connections = 256,
        .peer_connections = 128,
        .requests = 64,
        .header_ms = 10000,
        .body_ms = 10000,
        /* Slack gives up after 3 s (FACTS 5). */
        .answer_ms = 10000,
        .write_ms = 10000,
        /* Proxies keep a connection for 60 s (nginx, keepalive_timeout). */
        .idle_ms = 60000,
};

struct server_route {
    struct server_route *next;
    struct server *server;
    char *path;
    server_handler_fn *handler;
    void *ctx;
};

struct server {
    struct server_connections connections;
    struct server_listen *listening[SERVING_ADDRESSES_MAX];
    size_t listening_count;
    /* Made at their first use; they stay. */
    struct lws_vhost *plain, *secure;
    bool tls;                    /* which of them newcomers come to */
    struct server_route *routes; /* the newest first */
};

/* --- requests --- */

static void handle(void *ctx, struct server_exchange *exchange)
{
    const struct server *server = ctx;

    for (struct server_route *at = server->routes; at != NULL; at = at->next)
        if (strcmp(at->path, exchange->request.path) == 0) {
            at->handler(at->ctx, exchange);
            return;
        }
    server_answer_text(exchange, 404, "there is nothing here");
}

void server_answer(struct server_exchange *exchange,
        const struct server_answer *answer)
{
    server_connection_answer(exchange, answer);
}

void server_answer_text(struct server_exchange *exchange, int status,
        const char *text)
{
    server_answer(exchange,
            &(struct server_answer){.status = status, .body = text});
}

/* --- routes --- */

struct server_route *server_serve(struct server *server, const char *path,
        server_handler_fn *handler, void *ctx)
{
    struct server_route *route = malloc(sizeof *route);
    char *copy = strdup(path);

    if (route == NULL || copy == NULL)
        abort(); /* as an arena without memory */
    *route = (struct server_route){.next = server->routes,
            .server = server,
            .path = copy,
            .handler = handler,
            .ctx = ctx};
    server->routes = route;
    return route;
}

static void route_free(struct server_route *route)
{
    free(route->path);
    free(route);
}

void server_withdraw(struct server_route *route)
{
    if (route == NULL)
        return;
    struct server_route **at = &route->server->routes;
    while (*at != route)
        at = &(*at)->next;
    *at = route->next;
    route_free(route);
}

/* --- addresses --- */

static void on_accept(void *ctx, int fd, const char *peer, bool local)
{
    struct server *server = ctx;

    server_connection_take(&server->connections,
            server->tls ? server->secure : server->plain, server->tls, fd, peer,
            local);
}

static bool wishes(const struct serving_wish *wish, const char *address)
{
    for (size_t i = 0; i < wish->listen_count; i++)
        if (strcmp(wish->listen[i], address) == 0)
            return true;
    return false;
}

static bool listens(const struct server *server, const char *address)
{
    for (size_t i = 0; i < server->listening_count; i++)
        if (strcmp(server_listen_wished(server->listening[i]), address) == 0)
            return true;
    return false;
}

/* Those that are new, behind those that there are. */
static bool listen_more(struct server *server, const struct serving_wish *wish,
        struct server_listen **more, size_t *count, struct error *err)
{
    struct loop *loop = sockets_loop(server->connections.sockets);

    *count = 0;
    for (size_t i = 0; i < wish->listen_count; i++) {
        if (listens(server, wish->listen[i]))
            continue;
        more[*count] = server_listen_open(loop, wish->listen[i], on_accept,
                server, err);
        if (more[*count] == NULL)
            goto close_them;
        ++*count;
    }
    return true;

close_them:
    while (*count > 0)
        server_listen_close(more[--*count]);
    return error_wrap(err, "server");
}

static void go_over(struct server *server, const struct serving_wish *wish,
        struct server_listen **more, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < server->listening_count; i++)
        if (wishes(wish, server_listen_wished(server->listening[i])))
            server->listening[kept++] = server->listening[i];
        else
            server_listen_close(server->listening[i]);
    for (size_t i = 0; i < count && kept < SERVING_ADDRESSES_MAX; i++)
        server->listening[kept++] = more[i];
    server->listening_count = kept;
}

/* --- opening --- */

/* Makes the kind of host that is wanted ready, with the certificate as it is
 * now. */
static bool make_host(struct server *server, const struct serving_wish *wish,
        struct error *err)
{
    struct server_connections *connections = &server->connections;
    bool tls = *wish->certificate != '\0';
    struct lws_vhost **host = tls ? &server->secure : &server->plain;

    if (tls && !server_tls_check(wish->certificate, wish->key, err))
        return error_wrap(err, "server");
    if (tls && *host != NULL)
        return server_tls_load(connections->tls, wish->certificate, wish->key,
                err);
    if (*host == NULL)
        *host = server_connection_host(connections, wish->certificate,
                wish->key, err);
    return *host != NULL;
}

bool server_change(struct server *server, const struct serving_wish *wish,
        struct error *err)
{
    struct server_listen *more[SERVING_ADDRESSES_MAX];
    size_t count;

    if (!listen_more(server, wish, more, &count, err))
        return false;
    if (!make_host(server, wish, err)) {
        while (count > 0)
            server_listen_close(more[--count]);
        return false;
    }
    go_over(server, wish, more, count);
    server->tls = *wish->certificate != '\0';
    server->connections.proxy = wish->proxy;
    return true;
}

struct server *server_open(struct sockets *sockets,
        const struct serving_wish *wish, const struct server_limits *limits,
        struct error *err)
{
    struct server *server = calloc(1, sizeof *server);

    if (server == NULL) {
        error_set(err, ERROR_STOP, "server: out of memory");
        return NULL;
    }
    server->connections = (struct server_connections){.sockets = sockets,
            .limits = limits != NULL ? *limits : server_limits_usual,
            .handle = handle,
            .ctx = server};
    server_connection_init(&server->connections);
    if (server_change(server, wish, err))
        return server;
    server_close(server);
    return NULL;
}

void server_close(struct server *server)
{
    if (server == NULL)
        return;
    for (size_t i = 0; i < server->listening_count; i++)
        server_listen_close(server->listening[i]);
    server_connection_close_all(&server->connections);
    struct server_route *next;
    for (struct server_route *at = server->routes; at != NULL; at = next) {
        next = at->next;
        route_free(at);
    }
    free(server);
}

/* --- what is known --- */

const struct server_counts *server_counted(const struct server *server)
{
    return &server->connections.counts;
}

const char *server_address(const struct server *server, size_t n)
{
    return n < server->listening_count
            ? server_listen_bound(server->listening[n])
            : NULL;
}

bool server_can_listen(const char *address, struct error *err)
{
    return server_listen_parses(address, err);
}

bool server_can_show(const char *certificate, const char *key,
        struct error *err)
{
    return server_tls_check(certificate, key, err);
}

bool server_is_local(const char *address)
{
    return server_listen_is_local(address);
}
