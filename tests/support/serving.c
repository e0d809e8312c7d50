#include "tests/support/serving.h"

#include "tests/support/loop_wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATIENCE_MS = 10 * 1000,
};

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from);
}

static void on_taken(void *ctx, struct server_exchange *exchange)
{
    struct serving *serving = ctx;
    const struct server_request *request = server_exchange_request(exchange);

    serving->times++;
    copy(serving->method, sizeof serving->method, request->method);
    copy(serving->path, sizeof serving->path, request->path);
    copy(serving->query, sizeof serving->query, request->query);
    copy(serving->peer, sizeof serving->peer, request->peer);
    copy(serving->signature, sizeof serving->signature,
            server_exchange_header(exchange, "x-slack-signature"));
    copy(serving->agent, sizeof serving->agent,
            server_exchange_header(exchange, "user-agent"));
    serving->local = request->local;
    free(serving->body);
    serving->body_bytes = request->body_bytes;
    serving->body = malloc(request->body_bytes + 1);
    if (serving->body == NULL)
        abort();
    memcpy(serving->body, request->body, request->body_bytes + 1);
    if (serving->later && serving->held_count < 64)
        serving->held[serving->held_count++] = exchange;
    else
        server_answer_text(exchange, 200, "taken");
}

void serving_init(struct serving *serving)
{
    *serving = (struct serving){.limits = server_limits_usual,
            .wish = {.listen = {"127.0.0.1:0"},
                    .listen_count = 1,
                    .certificate = "",
                    .key = ""}};
    serving->limits.header_ms = serving->limits.body_ms =
            serving->limits.idle_ms = 300;
    serving->limits.answer_ms = serving->limits.write_ms = 300;
}

void serving_open(struct serving *serving)
{
    struct error err = {0};

    serving->transport = transport_open(&err);
    if (serving->transport != NULL)
        serving->server = server_open(serving->transport->sockets,
                &serving->wish, &serving->limits, &err);
    if (serving->server == NULL) {
        fprintf(stderr, "no server: %s\n", err.text);
        abort();
    }
    server_serve(serving->server, "/taken", on_taken, serving);
}

void serving_answer_held(struct serving *serving)
{
    struct server_exchange *oldest = serving->held[0];

    serving->held_count--;
    for (size_t i = 0; i < serving->held_count; i++)
        serving->held[i] = serving->held[i + 1];
    server_answer_text(oldest, 200, "late");
}

void serving_close(struct serving *serving)
{
    server_close(serving->server);
    while (serving->held_count > 0)
        serving_answer_held(serving);
    transport_close(serving->transport);
    free(serving->body);
}

struct raw_client *serving_client_from(struct serving *serving,
        const char *source)
{
    return raw_client_open(serving->transport->loop,
            server_address(serving->server, 0), source);
}

struct raw_client *serving_client(struct serving *serving)
{
    return serving_client_from(serving, NULL);
}

char *serving_ask(struct serving *serving, const char *request,
        const char *until)
{
    struct raw_client *client = serving_client(serving);

    raw_client_say(client, request);
    raw_client_wait_for(client, until);
    char *heard = strdup(raw_client_heard(client));
    raw_client_close(client);
    return heard;
}

static bool is_empty(void *ctx)
{
    const struct serving *serving = ctx;

    return server_counted(serving->server)->connections == 0;
}

bool serving_wait_empty(struct serving *serving)
{
    return loop_wait_until(serving->transport->loop, is_empty, serving,
            PATIENCE_MS);
}
