#include "adapters/websocket.h"

#include "adapters/http_url.h"
#include "adapters/sockets.h"
#include "adapters/websocket_name.h"
#include "adapters/websocket_wire.h"
#include "bot/base/arena.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    MESSAGE_BYTES = 256 * 1024,
    QUEUE_BYTES = 1024 * 1024,
    CONNECT_MS = 15 * 1000,
    /* As FACTS 5 says of half-open sockets: ping every 5 to 15 s, give up at
     * 30 s. */
    PING_MS = 10 * 1000,
    HANG_UP_MS = 30 * 1000,
    GOOD_BYE_MS = 1000,
};

struct message {
    struct message *next;
    size_t count;
    unsigned char bytes[]; /* behind the room that the wire wants */
};

struct websocket {
    struct sockets *sockets;
    struct arena arena; /* of the place */
    struct websocket_wire_place place;
    struct http_proxy proxy;
    struct error flaw; /* of the address, told once the loop turns */
    struct websocket_wish wish;
    struct websocket_ears ears;
    void *ctx;
    bool silent;  /* nothing is told any more */
    bool parting; /* what is queued goes out, then it is closed */
    bool parted;  /* it has all gone out */

    struct websocket_name *name;
    struct websocket_name_found found;
    size_t tried; /* of the addresses found */
    struct websocket_wire wire;
    struct loop_timer *timer; /* to begin, to give up, to ping, to be freed */
    int64_t heard_ms, pinged_ms;
    bool ping; /* one is wanted */

    char *message; /* what came of one */
    size_t count, size;
    struct message *first, *last;
    size_t queued_bytes;
};

/* --- its end --- */

static void destroy(void *ctx)
{
    struct websocket *websocket = ctx;
    struct message *next;

    loop_timer_stop(websocket->timer);
    websocket_name_stop(websocket->name);
    websocket_wire_drop(&websocket->wire);
    for (struct message *at = websocket->first; at != NULL; at = next) {
        next = at->next;
        free(at);
    }
    free(websocket->message);
    arena_finish(&websocket->arena);
    free(websocket);
}

static void on_destroy(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->timer = NULL; /* it has run */
    destroy(websocket);
}

static void set_timer(struct websocket *websocket, int64_t delay_ms,
        loop_timer_fn *fn)
{
    loop_timer_stop(websocket->timer);
    websocket->timer = loop_timer_start(sockets_loop(websocket->sockets),
            delay_ms, fn, websocket);
}

/* Once the loop has turned, because libwebsockets may be the caller. */
static void leave(struct websocket *websocket)
{
    websocket->silent = true;
    set_timer(websocket, 0, on_destroy);
}

static void fail(struct websocket *websocket, const struct error *err)
{
    struct error named = *err;

    if (websocket->silent)
        return;
    if (websocket->place.through != NULL)
        error_wrap(&named, "through the proxy %s", websocket->proxy.host);
    error_wrap(&named, "%s",
            websocket->place.host != NULL ? websocket->place.host
                                          : "websocket");
    websocket->silent = true;
    websocket->ears.closed(websocket->ctx, &named);
    leave(websocket);
}

static void fail_with(struct websocket *websocket, enum error_kind kind,
        const char *what, long long number)
{
    struct error err = {0};

    error_set(&err, kind, what, number);
    fail(websocket, &err);
}

/* --- times --- */

static int64_t now_ms(const struct websocket *websocket)
{
    return sockets_now_ms(websocket->sockets);
}

static void on_late(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->timer = NULL;
    fail_with(websocket, ERROR_RETRY, "no connection within %lld ms",
            websocket->wish.connect_ms);
}

static void look(void *ctx)
{
    struct websocket *websocket = ctx;
    const struct websocket_wish *wish = &websocket->wish;
    int64_t now = now_ms(websocket);
    int64_t silence_ms = now - websocket->heard_ms;

    websocket->timer = NULL;
    if (silence_ms >= wish->hang_up_ms) {
        fail_with(websocket, ERROR_RETRY, "it has said nothing for %lld ms",
                silence_ms);
        return;
    }
    if (silence_ms >= wish->ping_ms &&
            now - websocket->pinged_ms >= wish->ping_ms) {
        websocket->ping = true;
        websocket_wire_want(&websocket->wire);
    }
    set_timer(websocket, wish->ping_ms / 4 + 1, look);
}

/* --- connecting --- */

static void try_next(struct websocket *websocket)
{
    struct error err = {0};

    websocket->place.address = websocket->found.addresses[websocket->tried++];
    if (!websocket_wire_connect(&websocket->wire, websocket->sockets,
                &websocket->place, &err))
        fail(websocket, &err);
}

static void on_try_next(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->timer = NULL;
    websocket_wire_drop(&websocket->wire);
    set_timer(websocket, websocket->wish.connect_ms, on_late);
    try_next(websocket);
}

static void on_found(void *ctx, const struct websocket_name_found *found,
        const struct error *err)
{
    struct websocket *websocket = ctx;

    websocket->name = NULL;
    if (err != NULL) {
        fail(websocket, err);
        return;
    }
    websocket->found = *found;
    try_next(websocket);
}

static void on_begin(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->timer = NULL;
    if (websocket->flaw.kind != ERROR_NONE) {
        fail(websocket, &websocket->flaw);
        return;
    }
    set_timer(websocket, websocket->wish.connect_ms, on_late);
    websocket->name = websocket_name_find(sockets_loop(websocket->sockets),
            websocket->place.through != NULL ? websocket->proxy.host
                                             : websocket->place.host,
            on_found, websocket);
}

/* --- what happens on the wire --- */

static void on_failed(void *ctx, bool reached, const struct error *err)
{
    struct websocket *websocket = ctx;

    if (!websocket->silent && !reached &&
            websocket->tried < websocket->found.count)
        set_timer(websocket, 0, on_try_next);
    else
        fail(websocket, err);
}

static void on_opened(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->heard_ms = websocket->pinged_ms = now_ms(websocket);
    if (websocket->silent)
        return;
    set_timer(websocket, websocket->wish.ping_ms / 4 + 1, look);
    websocket->ears.opened(websocket->ctx);
    websocket_wire_want(&websocket->wire);
}

static bool keep_piece(struct websocket *websocket, const char *bytes,
        size_t count)
{
    size_t need = websocket->count + count;

    if (need > websocket->wish.message_max)
        return false;
    if (need + 1 > websocket->size) {
        size_t size = 2 * need + 1;
        char *message = realloc(websocket->message, size);
        if (message == NULL)
            abort(); /* as an arena without memory */
        websocket->message = message;
        websocket->size = size;
    }
    memcpy(websocket->message + websocket->count, bytes, count);
    websocket->count = need;
    websocket->message[need] = '\0';
    return true;
}

static bool on_piece(void *ctx, const char *bytes, size_t count, bool text,
        bool last)
{
    struct websocket *websocket = ctx;

    websocket->heard_ms = now_ms(websocket);
    if (websocket->silent)
        return true;
    if (!keep_piece(websocket, bytes, count)) {
        fail_with(websocket, ERROR_REJECTED,
                "a message of more than %lld bytes",
                (long long)websocket->wish.message_max);
        return false;
    }
    if (!last)
        return true;
    count = websocket->count;
    websocket->count = 0;
    if (!text || !text_is_utf8(websocket->message, count)) {
        fail_with(websocket, ERROR_REJECTED, "a message that is no text", 0);
        return false;
    }
    websocket->ears.text(websocket->ctx, websocket->message, count);
    return true;
}

static void on_pong(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->heard_ms = now_ms(websocket);
}

static bool write_first(struct websocket *websocket)
{
    struct message *message = websocket->first;

    websocket->first = message->next;
    websocket->last = message->next == NULL ? NULL : websocket->last;
    websocket->queued_bytes -= message->count;
    bool good = websocket_wire_write(&websocket->wire,
            message->bytes + websocket_wire_room(), message->count);
    free(message);
    return good;
}

static void on_part(void *ctx)
{
    struct websocket *websocket = ctx;

    websocket->timer = NULL;
    websocket->parted = true;
    set_timer(websocket, GOOD_BYE_MS, on_destroy);
    websocket_wire_part(&websocket->wire);
}

static bool on_writable(void *ctx)
{
    struct websocket *websocket = ctx;
    bool good = true;

    if (websocket->ping) {
        websocket->ping = false;
        websocket->pinged_ms = now_ms(websocket);
        good = websocket_wire_ping(&websocket->wire);
    } else if (websocket->first != NULL) {
        good = write_first(websocket);
    } else {
        if (websocket->parting && !websocket->parted)
            set_timer(websocket, 0, on_part);
        return true;
    }
    websocket_wire_want(&websocket->wire);
    return good;
}

static void on_hung_up(void *ctx, unsigned code)
{
    struct websocket *websocket = ctx;

    if (!websocket->parting)
        fail_with(websocket, ERROR_RETRY,
                code != 0 ? "it has hung up (%lld)" : "it has hung up", code);
}

/* The good-bye has been said, or cannot be any more. */
static void on_gone(void *ctx)
{
    struct websocket *websocket = ctx;

    if (websocket->parting)
        leave(websocket);
}

static const struct websocket_wire_ears wire_ears = {
        .failed = on_failed,
        .opened = on_opened,
        .piece = on_piece,
        .pong = on_pong,
        .writable = on_writable,
        .hung_up = on_hung_up,
        .gone = on_gone,
};

/* --- public --- */

static size_t or_usual(size_t value, size_t usual)
{
    return value != 0 ? value : usual;
}

/* ws and wss are to http and https what they are named after. */
static void take_url(struct websocket *websocket, const char *url)
{
    struct http_url parts;
    bool secure = text_starts(url, "wss://");

    if ((!secure && !text_starts(url, "ws://")) ||
            !http_url_parse(arena_format(&websocket->arena, "http%s",
                                    url + strlen("ws")),
                    &websocket->arena, &parts)) {
        error_set(&websocket->flaw, ERROR_REJECTED,
                "no address; expected wss://HOST/…");
        return;
    }
    websocket->place = (struct websocket_wire_place){.host = parts.host,
            .target = parts.target,
            .port = parts.port,
            .secure = secure};
    /* As http.h: what is on this machine is reached directly. */
    if (secure && !parts.loopback &&
            http_proxy_find(parts.host, &websocket->arena, &websocket->proxy,
                    &websocket->flaw) &&
            websocket->proxy.host != NULL)
        websocket->place.through = &websocket->proxy;
    if (!secure && !parts.loopback)
        error_set(&websocket->flaw, ERROR_REJECTED,
                "not encrypted; expected wss:// (ws:// only to this machine)");
}

struct websocket *websocket_open(struct sockets *sockets,
        const struct websocket_wish *wish, const struct websocket_ears *ears,
        void *ctx)
{
    struct websocket *websocket = calloc(1, sizeof *websocket);

    if (websocket == NULL)
        abort(); /* as an arena without memory */
    websocket->sockets = sockets;
    websocket->ears = *ears;
    websocket->ctx = ctx;
    websocket->wire.ears = wire_ears;
    websocket->wire.ctx = websocket;
    take_url(websocket, wish->url);
    websocket->wish =
            (struct websocket_wish){.message_max = or_usual(wish->message_max,
                                            MESSAGE_BYTES),
                    .connect_ms = wish->connect_ms != 0 ? wish->connect_ms
                                                        : CONNECT_MS,
                    .ping_ms = wish->ping_ms != 0 ? wish->ping_ms : PING_MS,
                    .hang_up_ms = wish->hang_up_ms != 0 ? wish->hang_up_ms
                                                        : HANG_UP_MS};
    set_timer(websocket, 0, on_begin);
    return websocket;
}

bool websocket_send(struct websocket *websocket, const char *text, size_t bytes)
{
    size_t room = websocket_wire_room();

    if (websocket->silent || websocket->parting ||
            websocket->queued_bytes + bytes > QUEUE_BYTES)
        return false;
    struct message *message = malloc(sizeof *message + room + bytes);
    if (message == NULL)
        abort(); /* as an arena without memory */
    message->next = NULL;
    message->count = bytes;
    memcpy(message->bytes + room, text, bytes);
    if (websocket->last != NULL)
        websocket->last->next = message;
    else
        websocket->first = message;
    websocket->last = message;
    websocket->queued_bytes += bytes;
    websocket_wire_want(&websocket->wire);
    return true;
}

void websocket_close(struct websocket *websocket)
{
    if (websocket == NULL || websocket->silent)
        return;
    websocket->silent = true;
    if (!websocket->wire.open) {
        leave(websocket);
        return;
    }
    websocket->parting = true;
    set_timer(websocket, GOOD_BYE_MS, on_destroy);
    websocket_wire_want(&websocket->wire);
}
