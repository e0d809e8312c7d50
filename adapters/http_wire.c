#include "adapters/http_wire.h"

#include <stdlib.h>
#include <uv.h>

struct wire_socket {
    uv_poll_t poll; /* first: the handle is the socket */
    curl_socket_t fd;
    struct http_wire *wire;
    struct wire_socket *next;
};

struct http_wire {
    CURLM *multi;
    uv_loop_t *loop;
    uv_timer_t timer;
    struct wire_socket *sockets;
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

/* Both callbacks run inside curl: they may not call it (curl #8286), so even a
 * time-out of 0 goes through the timer, and sockets are found without
 * curl_multi_assign. */

static void free_socket(uv_handle_t *handle)
{
    free(handle->data);
}

static struct wire_socket **find_socket(struct http_wire *wire,
        curl_socket_t fd)
{
    struct wire_socket **at = &wire->sockets;

    while (*at != NULL && (*at)->fd != fd)
        at = &(*at)->next;
    return at;
}

static void drop_socket(struct wire_socket **at)
{
    struct wire_socket *watched = *at;

    *at = watched->next;
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
    watched->next = wire->sockets;
    wire->sockets = watched;
    return watched;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx,
        void *unused)
{
    (void)easy;
    (void)unused;
    struct http_wire *wire = ctx;
    struct wire_socket **at = find_socket(wire, fd);

    if (what == CURL_POLL_REMOVE) {
        if (*at != NULL)
            drop_socket(at);
        return 0;
    }
    struct wire_socket *watched = *at != NULL ? *at : add_socket(wire, fd);
    if (watched == NULL)
        return -1;
    int events = 0;
    if (what & CURL_POLL_IN)
        events |= UV_READABLE;
    if (what & CURL_POLL_OUT)
        events |= UV_WRITABLE;
    return uv_poll_start(&watched->poll, events, on_poll) == 0 ? 0 : -1;
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
    free(timer->data);
}

void http_wire_close(struct http_wire *wire)
{
    if (wire == NULL)
        return;
    curl_multi_cleanup(wire->multi);
    while (wire->sockets != NULL)
        drop_socket(&wire->sockets);
    uv_close((uv_handle_t *)&wire->timer, free_wire);
}

bool http_wire_add(struct http_wire *wire, CURL *easy, struct error *err)
{
    CURLMcode code = curl_multi_add_handle(wire->multi, easy);

    return code == CURLM_OK ||
            error_set(err, ERROR_RETRY, "curl: %s", curl_multi_strerror(code));
}

void http_wire_remove(struct http_wire *wire, CURL *easy)
{
    curl_multi_remove_handle(wire->multi, easy);
}
