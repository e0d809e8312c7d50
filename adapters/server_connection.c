#include "adapters/server_connection.h"

#include "adapters/server_exchange.h"
#include "adapters/server_host.h"
#include "adapters/server_input.h"
#include "adapters/server_reply.h"
#include "adapters/server_request.h"

#include <arpa/inet.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    /* Times are looked at this often, or eight times within the shortest. */
    LOOK_MOST_MS = 250,
    LOOK_LEAST_MS = 10,
    READ_BYTES = 4096, /* of libwebsockets at a time */
    /* For the peer to hear the answer before it is hung up on: a hang-up while
     * it still sends would take the answer along (RFC 9112, section 9.6). */
    FAREWELL_MS = 500,
};

/* What libwebsockets holds of a connection: it goes on calling for a while after
 * that is gone, also where adopting it has failed. */
struct link {
    struct server_connection *connection; /* NULL: gone */
};

struct server_connection {
    struct server_place place; /* first: of_place relies on it */
    struct link *link;
    struct server_connections *all;
    struct lws *wsi;
    char peer[INET6_ADDRSTRLEN];
    bool local, tls;
    bool served;                      /* one request was answered */
    int64_t until_ms;                 /* of the stage */
    struct server_exchange *exchange; /* from its head on */
    struct server_input input; /* a request, and perhaps more behind it */
    size_t wanted; /* bytes of the request, once its head is known */
    struct server_reply reply;
    bool written, last; /* the reply is out; nothing follows it */
};

static struct server_connection *of_place(struct server_place *place)
{
    return (struct server_connection *)place;
}

/* --- times --- */

static void enter(struct server_connection *connection, enum server_stage stage,
        int64_t limit_ms)
{
    struct server_place *place = &connection->place;

    place->stage = stage;
    place->since_ms = sockets_now_ms(connection->all->sockets);
    connection->until_ms = place->since_ms + limit_ms;
}

static void forget(struct server_connection *connection);

/* Never from within a call of libwebsockets for the same connection, which goes
 * on to exist there until the loop has turned. */
static void hang_up(struct server_connection *connection)
{
    struct lws *wsi = connection->wsi;

    forget(connection);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

static void refuse(struct server_connection *connection, int status);

/* It is hung up on at once: whoever is slow may be so on purpose. */
static void say_late(struct server_connection *connection)
{
    if (connection->tls)
        return;
    server_reply_bare(lws_get_socket_fd(connection->wsi), 408);
    connection->all->counts.answers[408]++;
}

static void time_is_over(struct server_connection *connection)
{
    if (connection->place.stage != STAGE_FAREWELL)
        connection->all->counts.late++;
    switch (connection->place.stage) {
    case STAGE_SILENT:
    case STAGE_HEAD:
        if (!connection->served || connection->place.stage == STAGE_HEAD)
            say_late(connection);
        hang_up(connection);
        break;
    case STAGE_BODY:
        refuse(connection, 408);
        break;
    case STAGE_HANDED:
        refuse(connection, 503);
        break;
    case STAGE_ANSWER:
    case STAGE_FAREWELL:
        hang_up(connection);
        break;
    }
}

static int64_t shortest_ms(const struct server_limits *limits)
{
    const int64_t times[] = {limits->header_ms, limits->body_ms,
            limits->answer_ms, limits->write_ms, limits->idle_ms};
    int64_t least = times[0];

    for (size_t i = 1; i < sizeof times / sizeof times[0]; i++)
        least = times[i] < least ? times[i] : least;
    return least;
}

static void look(void *ctx)
{
    struct server_connections *all = ctx;
    int64_t now = sockets_now_ms(all->sockets);
    struct server_place *next;

    all->timer = NULL;
    for (struct server_place *at = all->places.first; at != NULL; at = next) {
        next = at->next;
        if (of_place(at)->until_ms <= now)
            time_is_over(of_place(at));
    }
    if (all->places.first == NULL)
        return;
    int64_t wait = shortest_ms(&all->limits) / 8;
    wait = wait > LOOK_MOST_MS ? LOOK_MOST_MS : wait;
    all->timer = loop_timer_start(sockets_loop(all->sockets),
            wait < LOOK_LEAST_MS ? LOOK_LEAST_MS : wait, look, all);
}

/* --- a request --- */

/* Before it was handed over it is the connection's alone. */
static void drop_request(struct server_connection *connection)
{
    if (connection->exchange == NULL)
        return;
    if (connection->place.stage == STAGE_HANDED)
        connection->exchange->connection = NULL;
    else
        server_exchange_free(connection->exchange);
    connection->exchange = NULL;
}

static void begin_reply(struct server_connection *connection,
        const struct server_answer *answer, bool last)
{
    struct server_connections *all = connection->all;
    bool known = answer->status >= 100 && answer->status < 600;
    bool bare = connection->exchange != NULL &&
            strcmp(connection->exchange->request.method, "HEAD") == 0;

    drop_request(connection);
    server_reply_make(&connection->reply, answer, last, bare);
    connection->last = last;
    connection->written = false;
    all->counts.answers[known ? answer->status : 0]++;
    enter(connection, STAGE_ANSWER, all->limits.write_ms);
    lws_callback_on_writable(connection->wsi);
}

/* What is refused is hung up on: what follows may be no request. */
static void refuse(struct server_connection *connection, int status)
{
    begin_reply(connection,
            &(struct server_answer){.status = status,
                    .body = server_reply_words(status),
                    .retry_after_ms = status == 503 ? 1000 : 0},
            true);
}

static void hand_over(struct server_connection *connection)
{
    struct server_connections *all = connection->all;
    struct server_exchange *exchange = connection->exchange;
    struct server_request *request = &exchange->request;

    if (all->counts.waiting >= all->limits.requests) {
        refuse(connection, 503);
        return;
    }
    request->body = arena_string_n(&exchange->arena,
            connection->input.bytes + connection->wanted - request->body_bytes,
            request->body_bytes);
    server_exchange_hand(exchange);
    enter(connection, STAGE_HANDED, all->limits.answer_ms);
    all->handle(all->ctx, exchange);
}

static void on_head(struct server_connection *connection, size_t head_bytes)
{
    struct server_connections *all = connection->all;
    struct server_exchange *exchange =
            server_exchange_new(all, connection->peer, connection->local);
    const struct server_request_head *head = &exchange->head;

    exchange->connection = connection;
    connection->exchange = exchange;
    int flaw =
            server_exchange_read(exchange, connection->input.bytes, head_bytes);
    if (flaw == 0 && head->body_bytes > all->limits.body_bytes)
        flaw = 413;
    if (flaw != 0) {
        refuse(connection, flaw);
        return;
    }
    connection->wanted = head_bytes + (size_t)head->body_bytes;
    enter(connection, STAGE_BODY, all->limits.body_ms);
    if (head->waits && connection->input.count < connection->wanted)
        server_reply_continue(connection->wsi);
}

/* As far as what has come allows. */
static void advance(struct server_connection *connection)
{
    const struct server_limits *limits = &connection->all->limits;

    if (connection->place.stage == STAGE_HEAD) {
        size_t head_bytes = server_request_end(connection->input.bytes,
                connection->input.count);
        if (head_bytes > limits->header_bytes ||
                (head_bytes == 0 &&
                        connection->input.count > limits->header_bytes))
            refuse(connection, 431);
        else if (head_bytes > 0)
            on_head(connection, head_bytes);
    }
    if (connection->place.stage == STAGE_BODY &&
            connection->input.count >= connection->wanted)
        hand_over(connection);
}

/* --- what comes --- */

/* How much more than what it has may a connection hold: the rest of its
 * request, and something of the next one. */
static size_t input_max(const struct server_connection *connection)
{
    const struct server_limits *limits = &connection->all->limits;
    enum server_stage stage = connection->place.stage;
    bool head = stage == STAGE_SILENT || stage == STAGE_HEAD;

    return (head ? 0 : connection->wanted) + limits->header_bytes + READ_BYTES;
}

/* False if it is to be hung up on. */
static bool on_input(struct server_connection *connection, const void *bytes,
        size_t count)
{
    struct server_connections *all = connection->all;

    if (connection->place.stage == STAGE_FAREWELL ||
            (connection->place.stage == STAGE_ANSWER && connection->last))
        return true;
    if (connection->place.stage == STAGE_SILENT)
        enter(connection, STAGE_HEAD, all->limits.header_ms);
    if (connection->input.count + count > input_max(connection))
        return false;
    server_input_add(&connection->input, bytes, count);
    if (connection->place.stage == STAGE_BODY &&
            all->input_bytes > all->limits.input_bytes)
        refuse(connection, 503);
    else
        advance(connection);
    return true;
}

/* --- an answer --- */

/* All is said: our side is closed, theirs gets a moment. */
static void farewell(struct server_connection *connection)
{
    server_input_clear(&connection->input);
    connection->wanted = 0;
    shutdown(lws_get_socket_fd(connection->wsi), SHUT_WR);
    enter(connection, STAGE_FAREWELL, FAREWELL_MS);
}

/* False if it is to be hung up on. */
static bool on_writable(struct server_connection *connection)
{
    if (connection->place.stage != STAGE_ANSWER)
        return true;
    if (!connection->written) {
        connection->written = true;
        lws_callback_on_writable(connection->wsi);
        return server_reply_write(&connection->reply, connection->wsi);
    }
    server_reply_finish(&connection->reply);
    if (connection->last) {
        farewell(connection);
        return true;
    }
    connection->served = true;
    server_input_drop(&connection->input, connection->wanted);
    connection->wanted = 0;
    if (connection->input.count == 0) {
        enter(connection, STAGE_SILENT, connection->all->limits.idle_ms);
        return true;
    }
    enter(connection, STAGE_HEAD, connection->all->limits.header_ms);
    advance(connection);
    return true;
}

void server_connection_answer(struct server_exchange *exchange,
        const struct server_answer *answer)
{
    server_exchange_take_back(exchange);
    if (exchange->connection != NULL)
        begin_reply(exchange->connection, answer, exchange->head.last);
    server_exchange_free(exchange);
}

/* --- as libwebsockets calls --- */

static void leave(struct server_connection *connection)
{
    struct server_connections *all = connection->all;

    server_place_remove(&all->places, &connection->place);
    all->counts.connections = all->places.count;
}

static void forget(struct server_connection *connection)
{
    drop_request(connection);
    server_reply_finish(&connection->reply);
    server_input_clear(&connection->input);
    leave(connection);
    connection->link->connection = NULL;
    free(connection);
}

/* The host is being made; its certificate will be changed there. */
static void note_tls(struct lws *wsi, void *context)
{
    struct server_connections *all = lws_vhost_user(lws_get_vhost(wsi));

    all->tls = context;
}

static int callback(struct lws *wsi, enum lws_callback_reasons reason,
        void *user, void *in, size_t bytes)
{
    struct link *link = wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);
    struct server_connection *connection =
            link == NULL ? NULL : link->connection;

    if (reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS)
        note_tls(wsi, user);
    if (reason == LWS_CALLBACK_WSI_DESTROY && link != NULL) {
        lws_set_opaque_user_data(wsi, NULL);
        if (connection != NULL)
            forget(connection);
        free(link);
        return 0;
    }
    if (connection == NULL)
        return 0;
    switch (reason) {
    case LWS_CALLBACK_RAW_RX:
        return on_input(connection, in, bytes) ? 0 : -1;
    case LWS_CALLBACK_RAW_WRITEABLE:
        return on_writable(connection) ? 0 : -1;
    default:
        return 0;
    }
}

static const struct lws_protocols protocols[] = {
        {.name = "http", .callback = callback},
        {.name = NULL},
};

struct lws_vhost *server_connection_host(struct server_connections *connections,
        const char *certificate, const char *key, struct error *err)
{
    return server_host_make(connections->sockets, protocols, connections,
            certificate, key, err);
}

/* --- the door --- */

/* Not what libwebsockets holds of TLS: it reads on as long as it has some. */
static bool has_arrived(const struct server_place *place)
{
    int count = 0;

    return ioctl(place->fd, FIONREAD, &count) == 0 && count > 0;
}

void server_connection_init(struct server_connections *all)
{
    all->places.most = all->limits.connections;
    all->places.has_arrived = has_arrived;
}

/* Whoever goes had its time, or it is one of too many. */
static bool make_room(struct server_connections *all, uint64_t network)
{
    bool many = !all->proxy &&
            server_place_count(&all->places, network) >=
                    all->limits.peer_connections;

    if (!many && all->places.count < all->limits.connections)
        return true;
    struct server_place *least = server_place_least(&all->places,
            many ? &network : NULL, sockets_now_ms(all->sockets));
    all->counts.shed++;
    if (least == NULL)
        return false;
    hang_up(of_place(least));
    return true;
}

/* Adopting may have ended it already, or only will. */
static bool is_listed(const struct server_connections *all,
        const struct server_connection *connection)
{
    const struct server_place *at = all->places.first;

    while (at != NULL && at != &connection->place)
        at = at->next;
    return at != NULL;
}

void server_connection_take(struct server_connections *all,
        struct lws_vhost *host, bool tls, int fd, const char *peer, bool local)
{
    uint64_t network = server_place_network(peer);

    if (!make_room(all, network)) {
        if (!tls)
            server_reply_bare(fd, 503);
        close(fd);
        return;
    }
    struct server_connection *connection = calloc(1, sizeof *connection);
    struct link *link = calloc(1, sizeof *link);
    if (connection == NULL || link == NULL)
        abort(); /* as an arena without memory */
    connection->link = link;
    link->connection = connection;
    connection->all = all;
    connection->input.total = &all->input_bytes;
    connection->local = local;
    connection->tls = tls;
    memcpy(connection->peer, peer, strlen(peer) + 1);
    connection->place.network = network;
    connection->place.fd = fd;
    enter(connection, STAGE_SILENT, all->limits.header_ms);
    server_place_add(&all->places, &connection->place);
    all->counts.connections = all->places.count;
    all->counts.accepted++;
    const lws_adopt_desc_t desc = {.vh = host,
            .type = LWS_ADOPT_SOCKET | (tls ? LWS_ADOPT_ALLOW_SSL : 0),
            .fd = {.sockfd = fd},
            .vh_prot_name = protocols[0].name,
            .opaque = link};
    struct lws *wsi = lws_adopt_descriptor_vhost_via_info(&desc);
    if (wsi != NULL)
        connection->wsi = wsi;
    else if (is_listed(all, connection))
        forget(connection);
    if (all->timer == NULL)
        look(all);
}

void server_connection_close_all(struct server_connections *all)
{
    struct server_place *next;

    for (struct server_place *at = all->places.first; at != NULL; at = next) {
        next = at->next;
        hang_up(of_place(at));
    }
    loop_timer_stop(all->timer);
    all->timer = NULL;
    for (struct server_exchange *at = all->handed; at != NULL; at = at->next)
        at->connections = NULL;
    all->handed = NULL;
}
