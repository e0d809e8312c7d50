#include "tests/support/http_server.h"

#include "bot/base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uv.h>

enum {
    CONNECTION_MAX_BYTES = 4 * 1024 * 1024,
    READ_BYTES = 64 * 1024,
};

struct scripted {
    struct http_script script;
    unsigned served;
    struct scripted *next;
};

struct recorded {
    struct http_record record;
    struct recorded *next;
};

struct peer {
    uv_tcp_t tcp;
    struct loop_timer *delay; /* NULL: none */
    struct http_server *server;
    struct peer *next;
    unsigned number;
    char *bytes;
    size_t length;
    bool continued;                /* was told "100 Continue" */
    bool busy;                     /* a request is unanswered */
    const struct scripted *chosen; /* what answers it; NULL: 404 */
};

struct http_server {
    uv_tcp_t tcp;
    struct loop *loop;
    struct arena arena;
    char url[64];
    struct scripted *scripts;
    struct recorded *records;
    struct peer *peers;
    size_t count;
    unsigned peer_count, at_once, most_at_once;
};

struct writing {
    uv_write_t write;
    struct peer *peer;
    char *bytes;
    bool hang_up;
};

static void *must(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

/* --- peers --- */

static void on_peer_closed(uv_handle_t *handle)
{
    struct peer *peer = handle->data;

    free(peer->bytes);
    free(peer);
}

static void peer_idle(struct peer *peer)
{
    if (peer->busy)
        peer->server->at_once--;
    peer->busy = false;
}

static void peer_close(struct peer *peer)
{
    struct peer **at = &peer->server->peers;

    if (uv_is_closing((uv_handle_t *)&peer->tcp))
        return;
    while (*at != peer)
        at = &(*at)->next;
    *at = peer->next;
    peer_idle(peer);
    uv_close((uv_handle_t *)&peer->tcp, on_peer_closed);
    loop_timer_stop(peer->delay);
    peer->delay = NULL;
}

static void on_written(uv_write_t *write, int status)
{
    struct writing *writing = (struct writing *)write;

    if (writing->hang_up || status < 0)
        peer_close(writing->peer);
    free(writing->bytes);
    free(writing);
}

static void peer_write(struct peer *peer, const char *bytes, size_t length,
        bool hang_up)
{
    struct writing *writing = must(calloc(1, sizeof *writing));

    writing->peer = peer;
    writing->hang_up = hang_up;
    writing->bytes = must(malloc(length + 1));
    memcpy(writing->bytes, bytes, length);
    uv_buf_t buffer = uv_buf_init(writing->bytes, (unsigned)length);
    if (uv_write(&writing->write, (uv_stream_t *)&peer->tcp, &buffer, 1,
                on_written) != 0)
        abort();
}

/* --- answers --- */

static void answer(struct peer *peer, const struct http_script *script)
{
    bool truncate = script->act == SERVER_TRUNCATE;
    char head[512];
    int head_bytes = snprintf(head, sizeof head,
            "HTTP/1.1 %d Scripted\r\nContent-Length: %zu\r\n", script->status,
            script->body_bytes);
    size_t headers_bytes = strlen(script->headers);
    size_t body_bytes = truncate ? script->body_bytes / 2 : script->body_bytes;
    size_t length = (size_t)head_bytes + headers_bytes + 2 + body_bytes;
    char *whole = must(malloc(length));
    char *at = whole;

    memcpy(at, head, (size_t)head_bytes);
    at += head_bytes;
    memcpy(at, script->headers, headers_bytes);
    at += headers_bytes;
    memcpy(at, "\r\n", 2);
    if (body_bytes > 0)
        memcpy(at + 2, script->body, body_bytes);
    peer_idle(peer);
    peer_write(peer, whole, length, truncate);
    free(whole);
}

static void serve_next(struct peer *peer);

static void act(struct peer *peer)
{
    static const struct http_script unknown = {.status = 404, .headers = ""};
    const struct http_script *script =
            peer->chosen != NULL ? &peer->chosen->script : &unknown;

    switch (script->act) {
    case SERVER_SILENCE:
        break;
    case SERVER_HANG_UP:
        peer_close(peer);
        break;
    case SERVER_ANSWER:
    case SERVER_TRUNCATE:
        answer(peer, script);
        serve_next(peer);
        break;
    }
}

static void on_delay(void *ctx)
{
    struct peer *peer = ctx;

    peer->delay = NULL;
    act(peer);
}

static const struct scripted *choose(struct http_server *server,
        const struct http_record *record)
{
    for (struct scripted *at = server->scripts; at != NULL; at = at->next) {
        const struct http_script *script = &at->script;
        if (script->method != NULL &&
                strcmp(script->method, record->method) != 0)
            continue;
        if (script->path != NULL &&
                strncmp(script->path, record->target, strlen(script->path)) !=
                        0)
            continue;
        if (script->times != 0 && at->served == script->times)
            continue;
        at->served++;
        return at;
    }
    return NULL;
}

/* --- requests --- */

static const char *find_header(struct arena *arena, const char *headers,
        const char *name)
{
    size_t length = strlen(name);

    for (const char *line = headers; *line != '\0';) {
        const char *end = strstr(line, "\r\n");
        if (end == NULL)
            break;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            const char *value = line + length + 1;
            value += strspn(value, " ");
            return arena_string_n(arena, value, (size_t)(end - value));
        }
        line = end + 2;
    }
    return "";
}

static void take_request(struct peer *peer, const char *headers,
        size_t head_bytes, size_t body_bytes)
{
    struct http_server *server = peer->server;
    struct recorded *recorded = arena_new(&server->arena, struct recorded);
    struct http_record *record = &recorded->record;
    char *first = arena_string_n(&server->arena, peer->bytes,
            (size_t)(headers - peer->bytes));
    char *rest = NULL;

    record->method = strtok_r(first, " ", &rest);
    record->target = strtok_r(NULL, " ", &rest);
    record->headers = arena_string_n(&server->arena, headers,
            head_bytes - (size_t)(headers - peer->bytes));
    record->body = arena_string_n(&server->arena, peer->bytes + head_bytes,
            body_bytes);
    record->body_bytes = body_bytes;
    record->arrived_ms = (int64_t)(uv_hrtime() / 1000000);
    record->connection = peer->number;
    if (record->method == NULL || record->target == NULL)
        abort();
    struct recorded **at = &server->records;
    while (*at != NULL)
        at = &(*at)->next;
    *at = recorded;
    server->count++;
    peer->chosen = choose(server, record);
}

/* Takes the next whole request off the connection's bytes, if there is one. */
static void serve_next(struct peer *peer)
{
    if (peer->busy || peer->length == 0)
        return;
    peer->bytes[peer->length] = '\0';
    const char *end = strstr(peer->bytes, "\r\n\r\n");
    if (end == NULL)
        return;
    struct http_server *server = peer->server;
    const char *headers = strstr(peer->bytes, "\r\n") + 2;
    size_t head_bytes = (size_t)(end - peer->bytes) + 4;
    size_t body_bytes = (size_t)strtoul(find_header(&server->arena, headers,
                                                "Content-Length"),
            NULL, 10);
    if (peer->length < head_bytes + body_bytes) {
        if (!peer->continued &&
                find_header(&server->arena, headers, "Expect")[0] != '\0')
            peer_write(peer, "HTTP/1.1 100 Continue\r\n\r\n", 25, false);
        peer->continued = true;
        return;
    }
    take_request(peer, headers, head_bytes, body_bytes);
    peer->length -= head_bytes + body_bytes;
    memmove(peer->bytes, peer->bytes + head_bytes + body_bytes, peer->length);
    peer->continued = false;
    peer->busy = true;
    if (++server->at_once > server->most_at_once)
        server->most_at_once = server->at_once;
    int64_t delay_ms = peer->chosen != NULL ? peer->chosen->script.delay_ms : 0;
    peer->delay = loop_timer_start(server->loop, delay_ms, on_delay, peer);
}

static void on_room_wanted(uv_handle_t *handle, size_t suggested,
        uv_buf_t *buffer)
{
    (void)suggested;
    struct peer *peer = handle->data;

    if (peer->length > CONNECTION_MAX_BYTES)
        abort();
    peer->bytes = must(realloc(peer->bytes, peer->length + READ_BYTES + 1));
    *buffer = uv_buf_init(peer->bytes + peer->length, READ_BYTES);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    (void)buffer;
    struct peer *peer = stream->data;

    if (count < 0) {
        peer_close(peer);
        return;
    }
    peer->length += (size_t)count;
    serve_next(peer);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct http_server *server = listener->data;
    struct peer *peer = must(calloc(1, sizeof *peer));

    if (status < 0)
        abort();
    uv_tcp_init(loop_native(server->loop), &peer->tcp);
    peer->tcp.data = peer;
    peer->server = server;
    peer->number = ++server->peer_count;
    peer->next = server->peers;
    server->peers = peer;
    if (uv_accept(listener, (uv_stream_t *)&peer->tcp) != 0 ||
            uv_read_start((uv_stream_t *)&peer->tcp, on_room_wanted, on_read) !=
                    0)
        abort();
}

/* --- public --- */

struct http_server *http_server_open(struct loop *loop)
{
    struct http_server *server = must(calloc(1, sizeof *server));
    struct sockaddr_in address;
    int size = sizeof address;

    server->loop = loop;
    server->tcp.data = server;
    if (uv_ip4_addr("127.0.0.1", 0, &address) != 0 ||
            uv_tcp_init(loop_native(loop), &server->tcp) != 0 ||
            uv_tcp_bind(&server->tcp, (struct sockaddr *)&address, 0) != 0 ||
            uv_listen((uv_stream_t *)&server->tcp, 16, on_connection) != 0 ||
            uv_tcp_getsockname(&server->tcp, (struct sockaddr *)&address,
                    &size) != 0)
        abort();
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%u",
            (unsigned)ntohs(address.sin_port));
    return server;
}

static void on_server_closed(uv_handle_t *handle)
{
    struct http_server *server = handle->data;

    arena_finish(&server->arena);
    free(server);
}

void http_server_close(struct http_server *server)
{
    while (server->peers != NULL)
        peer_close(server->peers);
    uv_close((uv_handle_t *)&server->tcp, on_server_closed);
}

const char *http_server_url(const struct http_server *server)
{
    return server->url;
}

const char *http_server_address(struct http_server *server, const char *path)
{
    return arena_format(&server->arena, "%s%s", server->url, path);
}

static const char *copy_or_null(struct arena *arena, const char *string)
{
    return string != NULL ? arena_string(arena, string) : NULL;
}

void http_server_script(struct http_server *server,
        const struct http_script *script)
{
    struct arena *arena = &server->arena;
    struct scripted *scripted = arena_new(arena, struct scripted);
    struct http_script *copy = &scripted->script;
    const char *body = script->body != NULL ? script->body : "";

    *copy = *script;
    copy->method = copy_or_null(arena, script->method);
    copy->path = copy_or_null(arena, script->path);
    copy->headers = arena_string(arena, script->headers);
    copy->status = script->status != 0 ? script->status : 200;
    if (copy->body_bytes == 0)
        copy->body_bytes = strlen(body);
    copy->body = arena_string_n(arena, body, copy->body_bytes);
    struct scripted **at = &server->scripts;
    while (*at != NULL)
        at = &(*at)->next;
    *at = scripted;
}

void http_server_forget(struct http_server *server)
{
    server->scripts = NULL; /* the arena keeps what is still being served */
}

void http_server_answer(struct http_server *server, const char *method,
        const char *path, unsigned times, int status, const char *body)
{
    const struct http_script script = {.method = method,
            .path = path,
            .times = times,
            .status = status,
            .body = body};

    http_server_script(server, &script);
}

size_t http_server_count(const struct http_server *server)
{
    return server->count;
}

const struct http_record *http_server_record(const struct http_server *server,
        size_t index)
{
    const struct recorded *at = server->records;

    if (index >= server->count)
        abort();
    for (size_t i = 0; i < index; i++)
        at = at->next;
    return &at->record;
}

const char *http_server_header(struct http_server *server, size_t index,
        const char *name)
{
    return find_header(&server->arena,
            http_server_record(server, index)->headers, name);
}

unsigned http_server_most_at_once(const struct http_server *server)
{
    return server->most_at_once;
}
