#include "tests/support/websocket_server.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
    INPUT_MAX = 1 << 16,
    FRAME_MAX = 1 << 15,
};

struct peer {
    uv_tcp_t tcp;
    struct websocket_server *server;
    unsigned char input[INPUT_MAX + 1];
    size_t count;
    bool upgraded;
};

struct websocket_server {
    uv_tcp_t tcp;
    enum websocket_server_way way;
    char url[96], head[4096], texts[1 << 16];
    unsigned pings, closed;
    struct peer *peer; /* the newest; NULL: nobody */
};

/* --- bytes out --- */

struct sending {
    uv_write_t write;
    unsigned char bytes[];
};

static void on_sent(uv_write_t *write, int status)
{
    (void)status;
    free(write->data);
}

static void put(struct peer *peer, const void *bytes, size_t count)
{
    struct sending *sending = malloc(sizeof *sending + count);

    if (sending == NULL)
        abort();
    memcpy(sending->bytes, bytes, count);
    sending->write.data = sending;
    uv_buf_t buffer = uv_buf_init((char *)sending->bytes, (unsigned)count);
    uv_write(&sending->write, (uv_stream_t *)&peer->tcp, &buffer, 1, on_sent);
}

static void frame(struct peer *peer, unsigned opcode, bool last,
        const void *bytes, size_t count)
{
    unsigned char out[FRAME_MAX + 4] = {
            (unsigned char)(opcode | (last ? 0x80 : 0))};
    size_t head = 2;

    if (count > FRAME_MAX)
        abort();
    if (count < 126) {
        out[1] = (unsigned char)count;
    } else {
        out[1] = 126;
        out[2] = (unsigned char)(count >> 8);
        out[3] = (unsigned char)count;
        head = 4;
    }
    memcpy(out + head, bytes, count);
    put(peer, out, head + count);
}

/* --- the hand-shake (RFC 6455, section 4.2.2) --- */

static void say_welcome(struct peer *peer, const char *head)
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    const char *key = strcasestr(head, "sec-websocket-key:");
    char joined[128], out[256];
    unsigned char digest[SHA_DIGEST_LENGTH], text[64];

    if (key == NULL)
        abort();
    key += strcspn(key, ":") + 1;
    key += strspn(key, " ");
    int length = snprintf(joined, sizeof joined, "%.*s%s",
            (int)strcspn(key, "\r"), key, guid);
    SHA1((const unsigned char *)joined, (size_t)length, digest);
    EVP_EncodeBlock(text, digest, sizeof digest);
    length = snprintf(out, sizeof out,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
            (const char *)text);
    put(peer, out, (size_t)length);
}

static void refuse(struct peer *peer, const char *status)
{
    char out[128];
    int length = snprintf(out, sizeof out,
            "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            status);

    put(peer, out, (size_t)length);
}

static void take_head(struct peer *peer)
{
    struct websocket_server *server = peer->server;
    char *end = strstr((char *)peer->input, "\r\n\r\n");

    if (end == NULL)
        return;
    size_t head = (size_t)(end - (char *)peer->input) + 4;
    snprintf(server->head, sizeof server->head, "%.*s", (int)head,
            (char *)peer->input);
    peer->count -= head;
    memmove(peer->input, end + 4, peer->count);
    if (server->way == WEBSOCKET_SERVER_REFUSES)
        refuse(peer, "401 Unauthorized");
    else if (server->way == WEBSOCKET_SERVER_BUSY)
        refuse(peer, "503 Service Unavailable");
    else
        say_welcome(peer, server->head);
    peer->upgraded = true;
}

/* --- frames that come --- */

static void take_message(struct peer *peer, unsigned opcode,
        const unsigned char *bytes, size_t count)
{
    struct websocket_server *server = peer->server;
    size_t length = strlen(server->texts);

    if (opcode == 9) {
        server->pings++;
        if (server->way != WEBSOCKET_SERVER_DEAF)
            frame(peer, 10, true, bytes, count);
    } else if (opcode == 8) {
        server->closed = count < 2 ? 1 : (unsigned)bytes[0] << 8 | bytes[1];
        frame(peer, 8, true, bytes, count < 2 ? 0 : 2);
    } else if (opcode == 1) {
        snprintf(server->texts + length, sizeof server->texts - length,
                "%s%.*s", length > 0 ? "|" : "", (int)count,
                (const char *)bytes);
    }
}

/* True if there was a whole one. */
static bool take_frame(struct peer *peer)
{
    unsigned char *in = peer->input;
    size_t head = 6, count = in[1] & 0x7f;

    if (peer->count < 2 || peer->count < head)
        return false;
    if (count == 126) {
        count = (size_t)in[2] << 8 | in[3];
        head = 8;
    }
    if (peer->count < head + count)
        return false;
    for (size_t i = 0; i < count; i++)
        in[head + i] ^= in[head - 4 + i % 4];
    take_message(peer, in[0] & 0x0f, in + head, count);
    peer->count -= head + count;
    memmove(in, in + head + count, peer->count);
    return true;
}

/* --- connections --- */

static void on_peer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void drop(struct peer *peer)
{
    if (peer->server->peer == peer)
        peer->server->peer = NULL;
    if (!uv_is_closing((uv_handle_t *)&peer->tcp))
        uv_close((uv_handle_t *)&peer->tcp, on_peer_closed);
}

static void allocate(uv_handle_t *handle, size_t size, uv_buf_t *buffer)
{
    struct peer *peer = handle->data;

    (void)size;
    *buffer = uv_buf_init((char *)peer->input + peer->count,
            (unsigned)(INPUT_MAX - peer->count));
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *buffer)
{
    struct peer *peer = stream->data;

    (void)buffer;
    if (got < 0) {
        drop(peer);
        return;
    }
    peer->count += (size_t)got;
    peer->input[peer->count] = '\0';
    if (peer->server->way == WEBSOCKET_SERVER_SILENT)
        return;
    if (!peer->upgraded)
        take_head(peer);
    while (peer->upgraded && take_frame(peer))
        continue;
}

static void on_connection(uv_stream_t *stream, int status)
{
    struct websocket_server *server = stream->data;
    struct peer *peer = calloc(1, sizeof *peer);

    if (status != 0 || peer == NULL)
        abort();
    peer->server = server;
    uv_tcp_init(stream->loop, &peer->tcp);
    peer->tcp.data = peer;
    uv_accept(stream, (uv_stream_t *)&peer->tcp);
    uv_read_start((uv_stream_t *)&peer->tcp, allocate, on_read);
    server->peer = peer;
}

/* --- public --- */

struct websocket_server *websocket_server_open(struct loop *loop,
        enum websocket_server_way way)
{
    struct websocket_server *server = calloc(1, sizeof *server);
    struct sockaddr_in address;
    int size = sizeof address;

    if (server == NULL)
        abort();
    server->way = way;
    uv_tcp_init(loop_native(loop), &server->tcp);
    server->tcp.data = server;
    uv_ip4_addr("127.0.0.1", 0, &address);
    if (uv_tcp_bind(&server->tcp, (struct sockaddr *)&address, 0) != 0 ||
            uv_listen((uv_stream_t *)&server->tcp, 16, on_connection) != 0)
        abort();
    uv_tcp_getsockname(&server->tcp, (struct sockaddr *)&address, &size);
    snprintf(server->url, sizeof server->url,
            "ws://localhost:%u/socket?ticket=secret",
            (unsigned)ntohs(address.sin_port));
    return server;
}

static void on_server_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void websocket_server_close(struct websocket_server *server)
{
    websocket_server_hang_up(server);
    uv_close((uv_handle_t *)&server->tcp, on_server_closed);
}

const char *websocket_server_url(const struct websocket_server *server)
{
    return server->url;
}

const char *websocket_server_head(const struct websocket_server *server)
{
    return server->head;
}

const char *websocket_server_texts(const struct websocket_server *server)
{
    return server->texts;
}

unsigned websocket_server_pings(const struct websocket_server *server)
{
    return server->pings;
}

unsigned websocket_server_closed(const struct websocket_server *server)
{
    return server->closed;
}

bool websocket_server_is_open(const struct websocket_server *server)
{
    return server->peer != NULL;
}

void websocket_server_send(struct websocket_server *server, unsigned opcode,
        bool last, const void *bytes, size_t count)
{
    if (server->peer != NULL)
        frame(server->peer, opcode, last, bytes, count);
}

void websocket_server_hang_up(struct websocket_server *server)
{
    if (server->peer != NULL)
        drop(server->peer);
}
