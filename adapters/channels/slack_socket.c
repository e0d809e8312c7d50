/*
 * Socket Mode: slack_link.h over real connections.
 *
 * Each connection asks apps.connections.open for an address that works once.
 * docs.slack.dev, "Using Socket Mode".
 */
#include "adapters/channels/slack.h"
#include "adapters/channels/slack_in.h"
#include "adapters/channels/slack_link.h"
#include "adapters/websocket.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    ENVELOPE_MAX_BYTES = 128,
};

struct line {
    struct slack_socket *socket;
    unsigned number;
    uint64_t life;          /* how often it was opened */
    struct request *asking; /* for an address, or NULL */
    struct websocket *wire; /* or NULL */
};

struct slack_socket {
    struct arena arena; /* of itself */
    struct slack *slack;
    struct slack_link link;
    struct line lines[SLACK_LINK_SOCKETS_MAX];
    struct loop_timer *timer;
};

static void step(void *ctx);

static int64_t now_ms(const struct slack_socket *socket)
{
    return clock_now_ms(socket->slack->transport->clock);
}

/* In the loop's next turn: not from within a callback of the wire. */
static void wake(struct slack_socket *socket, int64_t wait_ms)
{
    loop_timer_stop(socket->timer);
    socket->timer = loop_timer_start(socket->slack->transport->loop,
            wait_ms > 0 ? wait_ms : 0, step, socket);
}

static void let_go(struct line *line)
{
    request_cancel(line->asking);
    websocket_close(line->wire);
    line->asking = NULL;
    line->wire = NULL;
}

static void lose(struct line *line, const struct error *why)
{
    struct slack_socket *socket = line->socket;

    slack_link_lost(&socket->link, line->number, why, now_ms(socket));
    if (slack_link_ready(&socket->link) == 0)
        log_warning("Socket Mode has lost a connection",
                log_text("account", socket->slack->account.name),
                log_text("why", why->text));
    else
        log_debug("Socket Mode has lost a connection, others are there",
                log_text("account", socket->slack->account.name),
                log_text("why", why->text));
    wake(socket, 0);
}

/* --- acknowledging --- */

/* To be acknowledged once it is kept. */
struct envelope {
    struct arena arena; /* of itself */
    struct line *line;
    uint64_t life;
    const char *id;
};

static void acknowledge(struct line *line, const char *id)
{
    cJSON *json = cJSON_CreateObject();
    char *text = NULL;

    if (cJSON_AddStringToObject(json, "envelope_id", id) != NULL)
        text = cJSON_PrintUnformatted(json);
    if (text != NULL && line->wire != NULL)
        websocket_send(line->wire, text, strlen(text));
    cJSON_free(text);
    cJSON_Delete(json);
}

/* What is malformed would come again as it is. */
static void heard(void *cookie, enum slack_in_outcome outcome,
        const struct slack_heard *what, const struct error *err)
{
    struct envelope *envelope = cookie;

    (void)what;
    (void)err;
    if (outcome != SLACK_IN_BUSY && envelope->life == envelope->line->life)
        acknowledge(envelope->line, envelope->id);
    struct arena arena = envelope->arena;
    arena_finish(&arena);
}

/* --- what comes --- */

static void hear_payload(struct line *line, enum slack_event_form form,
        const char *id, struct json *frame)
{
    struct arena arena = {0};
    struct envelope *envelope = arena_new(&arena, struct envelope);
    struct json payload = {
            .root = cJSON_DetachItemFromObjectCaseSensitive(frame->root,
                    "payload")};

    envelope->arena = arena;
    envelope->line = line;
    envelope->life = line->life;
    envelope->id = arena_string(&envelope->arena, id);
    slack_in_hear(line->socket->slack, form, &payload, heard, envelope);
}

static void be_greeted(struct line *line)
{
    struct slack_socket *socket = line->socket;

    slack_link_greeted(&socket->link, line->number, now_ms(socket));
    log_info("Socket Mode listens",
            log_text("account", socket->slack->account.name),
            log_number("connections", slack_link_ready(&socket->link)));
}

static void be_told(struct line *line, const char *word)
{
    struct slack_socket *socket = line->socket;
    const char *account = socket->slack->account.name;
    enum slack_link_reason reason = slack_link_reason_of(word);

    slack_link_told(&socket->link, line->number, reason, now_ms(socket));
    if (reason == SLACK_LINK_DISABLED)
        log_error("Socket Mode is switched off in the app's settings: switch "
                  "it "
                  "on, or set signing_secret and let Slack reach us over HTTP",
                log_text("account", account));
    else if (reason == SLACK_LINK_CROWDED)
        log_warning("the app has too many Socket Mode connections: another "
                    "paperboy, or another program, runs with this app_token",
                log_text("account", account));
    else
        log_debug("Socket Mode renews a connection",
                log_text("account", account), log_text("why", word));
}

static bool read_frame(struct line *line, struct json *frame, struct error *err)
{
    const char *type, *id, *word;
    enum slack_event_form form;

    if (!json_text(frame, frame->root, "type", &type, err) ||
            !json_text_or(frame, frame->root, "envelope_id", "", &id, err) ||
            !json_text_or(frame, frame->root, "reason", "", &word, err))
        return false;
    if (strlen(id) >= ENVELOPE_MAX_BYTES)
        return error_set(err, ERROR_INPUT, "an envelope's id has %zu bytes",
                strlen(id));
    if (text_same(type, "hello"))
        be_greeted(line);
    else if (text_same(type, "disconnect"))
        be_told(line, word);
    else if (slack_event_form_of(type, &form))
        hear_payload(line, form, id, frame);
    else if (id[0] != '\0')
        acknowledge(line, id);
    return true;
}

static void on_text(void *ctx, const char *text, size_t bytes)
{
    struct line *line = ctx;
    struct slack_socket *socket = line->socket;
    struct json frame = {0};
    struct error err = {0};

    if (!json_parse(&frame, text, bytes, SLACK_EVENT_BYTES_MAX, &err) ||
            !read_frame(line, &frame, &err)) {
        socket->slack->in.counts.malformed++;
        log_warning("what Socket Mode brings cannot be read",
                log_text("account", socket->slack->account.name),
                log_text("why", err.text));
    }
    json_close(&frame);
    wake(socket, 0);
}

/* --- connecting --- */

static void on_opened(void *ctx)
{
    (void)ctx;
}

static void on_closed(void *ctx, const struct error *err)
{
    struct line *line = ctx;

    line->wire = NULL;
    lose(line, err);
}

static void connect_to(struct line *line, const char *url)
{
    static const struct websocket_ears ears = {.opened = on_opened,
            .text = on_text,
            .closed = on_closed};
    const struct slack_link_times *times = line->socket->link.times;
    const struct websocket_wish wish = {.url = url,
            .message_max = SLACK_EVENT_BYTES_MAX,
            .connect_ms = times->hello_ms,
            .ping_ms = times->ping_ms,
            .hang_up_ms = times->hang_up_ms};

    line->wire = websocket_open(line->socket->slack->transport->sockets, &wish,
            &ears, line);
}

static void on_address(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct line *line = cookie;
    struct slack_said said;
    const char *url;
    struct error err = {0};

    line->asking = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err) &&
            json_text(&said.json, said.json.root, "url", &url, &err);
    if (ok)
        connect_to(line, url);
    json_close(&said.json);
    if (!ok) {
        error_wrap(&err, "apps.connections.open");
        lose(line, &err);
    }
}

static void open_line(struct slack_socket *socket, unsigned number)
{
    struct line *line = &socket->lines[number];
    const struct slack_ask ask = {.method = "apps.connections.open",
            .token = socket->slack->app_token};

    line->life++;
    line->asking = slack_api_ask(socket->slack, &ask, on_address, line);
}

static void step(void *ctx)
{
    struct slack_socket *socket = ctx;
    enum slack_link_act act;
    unsigned number;

    socket->timer = NULL;
    while ((act = slack_link_next(&socket->link, now_ms(socket), &number)) !=
            SLACK_LINK_WAIT) {
        if (act == SLACK_LINK_OPEN)
            open_line(socket, number);
        else
            let_go(&socket->lines[number]);
    }
    int64_t due_ms = slack_link_due_ms(&socket->link);
    if (due_ms != INT64_MAX)
        wake(socket, due_ms - now_ms(socket));
}

struct slack_socket *slack_socket_open(struct slack *slack)
{
    struct arena arena = {0};
    struct slack_socket *socket = arena_new(&arena, struct slack_socket);

    socket->arena = arena;
    socket->slack = slack;
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++) {
        socket->lines[i].socket = socket;
        socket->lines[i].number = i;
    }
    slack_link_init(&socket->link, slack->connections, slack->link_times,
            &chance_system);
    wake(socket, 0);
    return socket;
}

void slack_socket_pass(struct slack_socket *socket, struct slack *slack)
{
    socket->slack = slack;
    socket->link.wanted = slack->connections;
    wake(socket, 0);
}

unsigned slack_socket_ready(const struct slack_socket *socket)
{
    return slack_link_ready(&socket->link);
}

void slack_socket_close(struct slack_socket *socket)
{
    if (socket == NULL)
        return;
    loop_timer_stop(socket->timer);
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        let_go(&socket->lines[i]);
    struct arena arena = socket->arena;
    arena_finish(&arena);
}
