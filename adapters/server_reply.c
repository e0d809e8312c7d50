#include "adapters/server_reply.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    HEAD_SIZE = 512,
};

/* RFC 9110 section 15 and RFC 6585; words for whoever meets one. */
static const struct {
    int status;
    const char *name, *words;
} statuses[] = {
        {200, "OK", "ok"},
        {202, "Accepted", "accepted"},
        {204, "No Content", ""},
        {400, "Bad Request", "this request cannot be read"},
        {401, "Unauthorized", "the signature is not good"},
        {403, "Forbidden", "not from there"},
        {404, "Not Found", "there is nothing here"},
        {405, "Method Not Allowed", "not with this method"},
        {408, "Request Timeout", "the request took too long to come"},
        {409, "Conflict", "this was said before"},
        {411, "Length Required", "say how long the body is (Content-Length)"},
        {413, "Content Too Large", "the body is too long"},
        {417, "Expectation Failed", "this cannot be expected here"},
        {415, "Unsupported Media Type", "not in this form"},
        {429, "Too Many Requests", "too often"},
        {431, "Request Header Fields Too Large", "the headers are too long"},
        {500, "Internal Server Error", "this failed here"},
        {501, "Not Implemented", "this method is not known here"},
        {505, "HTTP Version Not Supported", "speak HTTP/1.1"},
        {503, "Service Unavailable", "not now, try again"},
};

static const char *name_of(int status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    return "Other";
}

const char *server_reply_words(int status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i].status == status)
            return statuses[i].words;
    return "";
}

/* --- making --- */

static size_t head(char out[HEAD_SIZE], const struct server_answer *answer,
        size_t body_bytes, bool last)
{
    char wait[48] = "";

    if (answer->retry_after_ms > 0)
        snprintf(wait, sizeof wait, "Retry-After: %lld\r\n",
                (long long)((answer->retry_after_ms + 999) / 1000));
    int length = snprintf(out, HEAD_SIZE,
            "HTTP/1.1 %d %s\r\n"
            "Content-Type: %.100s\r\n"
            "Content-Length: %zu\r\n"
            "Cache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "%s%s\r\n",
            answer->status, name_of(answer->status),
            answer->content_type != NULL ? answer->content_type
                                         : "text/plain; charset=utf-8",
            body_bytes, wait, last ? "Connection: close\r\n" : "");
    return (size_t)length;
}

void server_reply_make(struct server_reply *reply,
        const struct server_answer *answer, bool last, bool bare)
{
    char first[HEAD_SIZE];
    const char *body = answer->body != NULL ? answer->body : "";
    size_t bytes = answer->body_bytes > 0 ? answer->body_bytes : strlen(body);
    size_t length = head(first, answer, bytes, last);

    if (bare)
        bytes = 0;
    server_reply_finish(reply);
    reply->bytes = malloc(LWS_PRE + length + bytes);
    if (reply->bytes == NULL)
        abort(); /* as an arena without memory */
    reply->count = length + bytes;
    memcpy(reply->bytes + LWS_PRE, first, length);
    memcpy(reply->bytes + LWS_PRE + length, body, bytes);
}

bool server_reply_write(const struct server_reply *reply, struct lws *wsi)
{
    int count =
            lws_write(wsi, reply->bytes + LWS_PRE, reply->count, LWS_WRITE_RAW);

    return count >= 0;
}

void server_reply_continue(struct lws *wsi)
{
    unsigned char bytes[LWS_PRE + 32];
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";

    memcpy(bytes + LWS_PRE, line, sizeof line - 1);
    lws_write(wsi, bytes + LWS_PRE, sizeof line - 1, LWS_WRITE_RAW);
}

void server_reply_finish(struct server_reply *reply)
{
    free(reply->bytes);
    *reply = (struct server_reply){0};
}

void server_reply_bare(int fd, int status)
{
    char first[HEAD_SIZE];
    const struct server_answer answer = {.status = status,
            .retry_after_ms = status == 503 ? 1000 : 0};
    size_t length = head(first, &answer, 0, true);

    /* Whoever does not take it has lost nothing but a reason. */
    (void)!send(fd, first, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}
