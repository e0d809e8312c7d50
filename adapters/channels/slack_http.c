/*
 * Slack's requests over HTTP: slash commands, events and presses, each signed.
 *
 * docs.slack.dev, "Slash commands", "Events API over HTTP", "Interactivity".
 */
#include "adapters/channels/slack.h"
#include "adapters/channels/slack_in.h"
#include "adapters/channels/slack_signature.h"
#include "adapters/http_form.h"
#include "adapters/server.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    FORGED_SAID_MS = 60 * 1000, /* not more often in the log */
    RETRY_AFTER_MS = 1000,
};

static const char *const paths[] = {SLACK_PATH_COMMANDS, SLACK_PATH_EVENTS,
        SLACK_PATH_ACTIONS};

enum {
    PATHS = sizeof paths / sizeof *paths
};

struct slack_http {
    struct slack *slack;
    struct server_route *routes[PATHS];
};

/* --- answers --- */

static void answer(struct server_exchange *exchange, int status,
        const char *text)
{
    const struct server_answer said = {.status = status,
            .body = text,
            .retry_after_ms = status == 503 ? RETRY_AFTER_MS : 0};

    server_answer(exchange, &said);
}

/* An empty answer shows nothing in Slack: what is asked for comes later. */
static void heard(void *cookie, enum slack_in_outcome outcome,
        const struct slack_heard *what, const struct error *err)
{
    struct server_exchange *exchange = cookie;

    switch (outcome) {
    case SLACK_IN_TAKEN:
        answer(exchange, 200, what->challenge);
        break;
    case SLACK_IN_MALFORMED:
        answer(exchange, 400, err->text);
        break;
    case SLACK_IN_FOREIGN:
        answer(exchange, 403, err->text);
        break;
    case SLACK_IN_BUSY:
        answer(exchange, 503, "the store is busy");
        break;
    }
}

/* --- the signature --- */

/* Anybody may knock: once in a while is enough to be told. */
static void say_forged(struct slack *slack, const char *peer,
        const struct error *err)
{
    int64_t now_ms = clock_now_ms(slack->transport->clock);
    struct slack_in *in = &slack->in;

    in->counts.forged++;
    if (in->forged_said_ms != 0 && now_ms >= in->forged_said_ms &&
            now_ms - in->forged_said_ms < FORGED_SAID_MS)
        return;
    in->forged_said_ms = now_ms;
    log_warning("a request that Slack has not signed is refused",
            log_text("account", slack->account.name), log_text("peer", peer),
            log_text("why", err->text),
            log_number("refused_so_far", in->counts.forged));
}

static bool is_signed(struct slack *slack, struct server_exchange *exchange)
{
    const struct server_request *request = server_exchange_request(exchange);
    struct arena arena = {0};
    const struct slack_signature signature =
            {.timestamp = arena_string(&arena,
                     server_exchange_header(exchange,
                             "x-slack-request-timestamp")),
                    .signature = arena_string(&arena,
                            server_exchange_header(exchange,
                                    "x-slack-signature")),
                    .body = request->body,
                    .body_bytes = request->body_bytes};
    struct error err = {0};

    bool ok = slack_signature_check(&signature, slack->signing_secret,
            clock_now_ms(slack->transport->clock), &err);
    if (!ok) {
        say_forged(slack, request->peer, &err);
        answer(exchange, 401, err.text);
    }
    arena_finish(&arena);
    return ok;
}

/* --- the body --- */

/* What a request holds, whatever path it came by. */
struct body {
    enum slack_event_form form;
    struct json json;
    bool is_check; /* Slack only looks whether TLS works */
};

static bool parse_payload(const char *text, size_t bytes, struct body *body,
        struct error *err)
{
    return json_parse(&body->json, text, bytes, SLACK_EVENT_BYTES_MAX, err);
}

static bool parse_form(const struct server_request *request, struct body *body,
        struct error *err)
{
    struct arena arena = {0};
    struct http_form form;

    bool ok = http_form_parse(request->body, request->body_bytes, &arena, &form,
            err);
    const char *payload = ok ? http_form_get(&form, "payload", NULL) : NULL;
    body->form = payload != NULL ? SLACK_EVENT_INTERACTIVE
                                 : SLACK_EVENT_SLASH_COMMANDS;
    body->is_check =
            ok && text_same(http_form_get(&form, "ssl_check", ""), "1");
    if (payload != NULL)
        ok = parse_payload(payload, strlen(payload), body, err);
    else
        ok = ok && slack_event_from_form(&form, &body->json, err);
    arena_finish(&arena);
    return ok;
}

static bool parse(struct server_exchange *exchange, struct body *body,
        struct error *err)
{
    const struct server_request *request = server_exchange_request(exchange);
    const char *type = server_exchange_header(exchange, "content-type");

    *body = (struct body){.form = SLACK_EVENT_EVENTS_API};
    if (text_starts(type, "application/json"))
        return parse_payload(request->body, request->body_bytes, body, err);
    if (text_starts(type, "application/x-www-form-urlencoded"))
        return parse_form(request, body, err);
    return error_set(err, ERROR_INPUT,
            "the body is neither application/json nor "
            "application/x-www-form-urlencoded");
}

/* --- requests --- */

static void on_request(void *ctx, struct server_exchange *exchange)
{
    struct slack_http *http = ctx;
    struct slack *slack = http->slack;
    struct body body;
    struct error err = {0};

    if (!text_same(server_exchange_request(exchange)->method, "POST")) {
        answer(exchange, 405, "Slack's requests are POST");
        return;
    }
    if (!is_signed(slack, exchange))
        return;
    if (!parse(exchange, &body, &err)) {
        slack->in.counts.malformed++;
        answer(exchange, 400, err.text);
    } else if (body.is_check) {
        answer(exchange, 200, NULL);
    } else {
        slack_in_hear(slack, body.form, &body.json, heard, exchange);
    }
    json_close(&body.json);
}

struct slack_http *slack_http_open(struct slack *slack)
{
    struct arena arena = {0};

    if (slack->transport->server == NULL)
        return NULL;
    struct slack_http *http = arena_new(&slack->arena, struct slack_http);
    http->slack = slack;
    for (size_t i = 0; i < PATHS; i++)
        http->routes[i] = server_serve(slack->transport->server,
                arena_format(&arena, "/slack/%s/%s", slack->account.name,
                        paths[i]),
                on_request, http);
    arena_finish(&arena);
    return http;
}

void slack_http_close(struct slack_http *http)
{
    if (http == NULL)
        return;
    for (size_t i = 0; i < PATHS; i++)
        server_withdraw(http->routes[i]);
}
