#include "adapters/http_wire.h"

#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

enum {
    SPARE_MAX = 32,
    PLACES_LEAST = 64,
};

struct wire_socket {
    uv_poll_t poll; /* first: the handle is the socket */
    curl_socket_t fd;
    struct http_wire *wire;
    int wanted;  /* by curl, of enum uv_poll_event; 0 while it is idle */
    int watched; /* what the poll waits for */
};

/* By descriptor. */
struct wire_place {
    struct wire_socket *socket; /* NULL: curl does not wait for it */
    bool connection;            /* curl closes it through on_close */
};

struct http_wire {
    CURLM *multi;
    uv_loop_t *loop;
    uv_timer_t timer;
    struct wire_place *places;
    size_t place_count;
    CURL *spare[SPARE_MAX]; /* handles that wait for their next transfer */
    size_t spare_count;
    http_wire_fn *done;
    void *ctx;
};

/* --- what happened --- */

static void drain(struct http_wire *wire)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(wire->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        /* The message dies with the handle's removal. */
        CURL *easy = message->easy_handle;
        CURLcode result = message->data.result;
        curl_multi_remove_handle(wire->multi, easy);
        wire->done(wire->ctx, easy, result);
    }
}

static void act(struct http_wire *wire, curl_socket_t fd, int events)
{
    int running;

    /* A failure of the multi handle itself shows as time-outs of transfers. */
    curl_multi_socket_action(wire->multi, fd, events, &running);
    drain(wire);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct wire_socket *watched = poll->data;
    int what = 0;

    if (watched->wanted == 0) { /* its end: curl finds out when it needs it */
        uv_poll_stop(poll);
        watched->watched = 0;
        return;
    }
    if (status < 0)
        what |= CURL_CSELECT_ERR;
    if (events & UV_READABLE)
        what |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        what |= CURL_CSELECT_OUT;
    act(watched->wire, watched->fd, what);
}

static void on_timeout(uv_timer_t *timer)
{
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

/* --- what curl asks for --- */

/* The callbacks run inside curl: they may not call it (curl #8286), so even a
 * time-out of 0 goes through the timer, and sockets are found without
 * curl_multi_assign. */

static struct wire_place *place_of(struct http_wire *wire, curl_socket_t fd)
{
    size_t number = (size_t)fd;

    if (number < wire->place_count)
        return &wire->places[number];
    size_t count = number + PLACES_LEAST;
    struct wire_place *places =
            realloc(wire->places, count * sizeof *wire->places);
    if (places == NULL)
        return NULL;
    for (size_t i = wire->place_count; i < count; i++)
        places[i] = (struct wire_place){0};
    wire->places = places;
    wire->place_count = count;
    return &places[number];
}

static void free_socket(uv_handle_t *handle)
{
    free(handle->data);
}

static void drop_socket(struct wire_place *place)
{
    struct wire_socket *watched = place->socket;

    place->socket = NULL;
    if (watched != NULL)
        uv_close((uv_handle_t *)&watched->poll, free_socket);
}

static struct wire_socket *add_socket(struct http_wire *wire, curl_socket_t fd)
{
    struct wire_socket *watched = calloc(1, sizeof *watched);
    if (watched == NULL)
        return NULL;
    if (uv_poll_init_socket(wire->loop, &watched->poll, fd) != 0) {
        free(watched);
        return NULL;
    }
    watched->poll.data = watched;
    watched->fd = fd;
    watched->wire = wire;
    return watched;
}

/* A connection that is kept for the next request stays watched: to take it off
 * and put it back costs more system calls than the request itself. */
static void stop_watching(struct wire_place *place)
{
    if (place->connection && place->socket != NULL &&
            place->socket->watched == UV_READABLE)
        place->socket->wanted = 0;
    else
        drop_socket(place);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx,
        void *unused)
{
    (void)easy;
    (void)unused;
    struct http_wire *wire = ctx;
    struct wire_place *place = place_of(wire, fd);

    if (place == NULL)
        return -1;
    if (what == CURL_POLL_REMOVE) {
        stop_watching(place);
        return 0;
    }
    if (place->socket == NULL)
        place->socket = add_socket(wire, fd);
    struct wire_socket *watched = place->socket;
    if (watched == NULL)
        return -1;
    watched->wanted = (what & CURL_POLL_IN ? UV_READABLE : 0) |
            (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    if (watched->wanted == watched->watched)
        return 0;
    watched->watched = watched->wanted;
    return uv_poll_start(&watched->poll, watched->wanted, on_poll) == 0 ? 0
                                                                        : -1;
}

/* A new connection's. */
static int on_open(void *ctx, curl_socket_t fd, curlsocktype purpose)
{
    struct wire_place *place = place_of(ctx, fd);

    (void)purpose;
    if (place == NULL)
        return CURL_SOCKOPT_ERROR;
    place->connection = true;
    return CURL_SOCKOPT_OK;
}

static int on_close(void *ctx, curl_socket_t fd)
{
    struct wire_place *place = place_of(ctx, fd);

    if (place != NULL) {
        drop_socket(place);
        place->connection = false;
    }
    return close(fd);
}

static int on_timer_wanted(CURLM *multi, long wait_ms, void *ctx)
{
    (void)multi;
    struct http_wire *wire = ctx;

    if (wait_ms < 0)
        return uv_timer_stop(&wire->timer);
    uv_update_time(wire->loop);
    return uv_timer_start(&wire->timer, on_timeout, (uint64_t)wait_ms, 0);
}

/* --- opening and closing --- */

struct http_wire *http_wire_open(struct loop *loop, http_wire_fn *done,
        void *ctx, struct error *err)
{
    struct http_wire *wire = calloc(1, sizeof *wire);
    CURLM *multi = curl_multi_init();
    if (wire == NULL || multi == NULL) {
        error_set(err, ERROR_STOP, "curl: out of memory");
        curl_multi_cleanup(multi);
        free(wire);
        return NULL;
    }
    *wire = (struct http_wire){.multi = multi,
            .loop = loop_native(loop),
            .done = done,
            .ctx = ctx};
    uv_timer_init(wire->loop, &wire->timer);
    wire->timer.data = wire;
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, wire);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer_wanted);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, wire);
    return wire;
}

static void free_wire(uv_handle_t *timer)
{
    struct http_wire *wire = timer->data;

    free(wire->places);
    free(wire);
}

void http_wire_close(struct http_wire *wire)
{
    if (wire == NULL)
        return;
    while (wire->spare_count > 0)
        curl_easy_cleanup(wire->spare[--wire->spare_count]);
    curl_multi_cleanup(wire->multi);
    for (size_t i = 0; i < wire->place_count; i++)
        drop_socket(&wire->places[i]);
    uv_close((uv_handle_t *)&wire->timer, free_wire);
}

CURL *http_wire_handle(struct http_wire *wire)
{
    return wire->spare_count > 0 ? wire->spare[--wire->spare_count]
                                 : curl_easy_init();
}

void http_wire_give_back(struct http_wire *wire, CURL *easy)
{
    if (easy == NULL)
        return;
    if (wire->spare_count == SPARE_MAX) {
        curl_easy_cleanup(easy);
        return;
    }
    curl_easy_reset(easy);
    wire->spare[wire->spare_count++] = easy;
}

bool http_wire_add(struct http_wire *wire, CURL *easy, struct error *err)
{
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, wire);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, wire);
    CURLMcode code = curl_multi_add_handle(wire->multi, easy);

    return code == CURLM_OK ||
            error_set(err, ERROR_RETRY, "curl: %s", curl_multi_strerror(code));
}

void http_wire_remove(struct http_wire *wire, CURL *easy)
{
    curl_multi_remove_handle(wire->multi, easy);
}
