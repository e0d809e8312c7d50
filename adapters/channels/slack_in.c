#include "adapters/channels/slack_in.h"

#include "adapters/channels/slack.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

enum {
    AGAIN_MS = 250,
    PATIENCE_MS = 2200, /* of Slack's three seconds */
};

/* What waits for the store. */
struct slack_telling {
    struct slack_telling *previous, *next;
    struct slack *slack;
    struct arena arena; /* of itself, and of what was heard */
    struct json json;
    struct slack_heard heard;
    int64_t arrived_ms;
    struct loop_timer *timer;
    slack_in_done_fn *done;
    void *cookie;
};

static void forget(struct slack_telling *telling)
{
    struct slack_in *in = &telling->slack->in;

    if (telling->previous != NULL)
        telling->previous->next = telling->next;
    else
        in->first = telling->next;
    if (telling->next != NULL)
        telling->next->previous = telling->previous;
    loop_timer_stop(telling->timer);
    json_close(&telling->json);
    struct arena arena = telling->arena;
    arena_finish(&arena);
}

static void end(struct slack_telling *telling, enum slack_in_outcome outcome,
        const struct error *err)
{
    telling->done(telling->cookie, outcome, &telling->heard, err);
    forget(telling);
}

/* --- the store --- */

static int64_t now_ms(const struct slack *slack)
{
    return clock_now_ms(slack->transport->clock);
}

static void try(void *ctx);

static void try_again(struct slack_telling *telling, const struct error *err)
{
    struct slack *slack = telling->slack;
    int64_t waited_ms = now_ms(slack) - telling->arrived_ms;

    if (waited_ms >= 0 && waited_ms < PATIENCE_MS) {
        telling->timer = loop_timer_start(slack->transport->loop, AGAIN_MS, try,
                telling);
        return;
    }
    slack->in.counts.busy++;
    log_error("what Slack told could not be kept, and is not acknowledged",
            log_text("account", slack->account.name),
            log_text("why", err->text));
    end(telling, SLACK_IN_BUSY, err);
}

static void try(void *ctx)
{
    struct slack_telling *telling = ctx;
    struct slack_in *in = &telling->slack->in;
    struct error err = {0};

    telling->timer = NULL;
    if (!in->ears.received(in->ears.ctx, &telling->slack->account,
                telling->heard.events, telling->heard.count, "", &err)) {
        try_again(telling, &err);
        return;
    }
    in->counts.told++;
    end(telling, SLACK_IN_TAKEN, NULL);
}

/* --- a payload --- */

static void pass_over(struct slack_telling *telling)
{
    struct slack *slack = telling->slack;
    const char *why = telling->heard.why;

    slack->in.counts.ignored++;
    if (telling->heard.grave)
        log_error("Slack says something that a person should know",
                log_text("account", slack->account.name),
                log_text("what", why));
    else
        log_debug("what Slack told is not for us",
                log_text("account", slack->account.name), log_text("why", why));
    end(telling, SLACK_IN_TAKEN, NULL);
}

static void refuse(struct slack_telling *telling, const struct error *err)
{
    struct slack *slack = telling->slack;

    slack->in.counts.malformed++;
    log_warning("what Slack told cannot be taken",
            log_text("account", slack->account.name),
            log_text("why", err->text));
    end(telling,
            err->kind == ERROR_REJECTED ? SLACK_IN_FOREIGN : SLACK_IN_MALFORMED,
            err);
}

static struct slack_telling *begin(struct slack *slack, struct json *payload,
        slack_in_done_fn *done, void *cookie)
{
    struct arena arena = {0};
    struct slack_telling *telling = arena_new(&arena, struct slack_telling);

    telling->arena = arena;
    telling->slack = slack;
    telling->json = *payload;
    telling->arrived_ms = now_ms(slack);
    telling->done = done;
    telling->cookie = cookie;
    telling->next = slack->in.first;
    if (telling->next != NULL)
        telling->next->previous = telling;
    slack->in.first = telling;
    *payload = (struct json){0};
    return telling;
}

void slack_in_hear(struct slack *slack, enum slack_event_form form,
        struct json *payload, slack_in_done_fn *done, void *cookie)
{
    const struct slack_event_self self = {.team_id = slack->session.team_id,
            .user_id = slack->session.user_id};
    struct slack_telling *telling = begin(slack, payload, done, cookie);
    struct error err = {0};

    if (!slack_event_read(form, &telling->json, &self, telling->arrived_ms,
                &telling->arena, &telling->heard, &err))
        refuse(telling, &err);
    else if (telling->heard.count == 0)
        pass_over(telling);
    else
        try(telling);
}

/* --- listening --- */

/* Whose workspace it is is good to know; nothing waits for it. */
static void session_known(void *cookie, const struct error *err)
{
    struct slack *slack = cookie;

    if (err != NULL)
        log_warning("Slack does not say who the bot is",
                log_text("account", slack->account.name),
                log_text("why", err->text));
}

static void listen_http(struct slack *slack)
{
    slack->in.http = slack_http_open(slack);
    if (slack->in.http == NULL)
        log_error("Slack cannot reach us over HTTP: signing_secret is set, but "
                  "[server] listen is not",
                log_text("account", slack->account.name));
}

static bool is_same_app(const struct slack *one, const struct slack *other)
{
    return text_same(one->token, other->token) &&
            text_same(one->app_token, other->app_token) &&
            text_same(one->api_url, other->api_url);
}

/* What waits for the store is still to be answered. */
static void pass_tellings(struct slack *from, struct slack *to)
{
    for (struct slack_telling *at = from->in.first; at != NULL; at = at->next)
        at->slack = to;
    to->in.first = from->in.first;
    from->in.first = NULL;
}

void slack_in_take_over(struct account *account, struct account *before)
{
    struct slack *slack = (struct slack *)account;
    struct slack *old = (struct slack *)before;

    if (!is_same_app(slack, old))
        return;
    pass_tellings(old, slack);
    slack->in.ears = old->in.ears;
    slack->in.counts = old->in.counts;
    slack->session = old->session;
    old->session = (struct slack_session){.who = ""};
    if (old->in.socket != NULL)
        slack_socket_pass(old->in.socket, slack);
    slack->in.socket = old->in.socket;
    old->in.socket = NULL;
}

void slack_in_listen(struct account *account, const struct account_ears *ears,
        const char *checkpoint)
{
    struct slack *slack = (struct slack *)account;

    (void)checkpoint;
    slack->in.ears = *ears;
    if (!slack->session.known)
        account->ops->verify(account, session_known, slack);
    if (slack->signing_secret[0] != '\0')
        listen_http(slack);
    if (slack->app_token[0] != '\0' && slack->in.socket == NULL)
        slack->in.socket = slack_socket_open(slack);
}

/* --- counting --- */

static void add_outcome(const struct account *account, const char *outcome,
        uint64_t count, struct arena *arena, struct measure_list *list)
{
    query_add(list, arena,
            (struct measure){.name = "account_told_total",
                    .help = "What a product told an account, by what became of "
                            "it.",
                    .counter = true,
                    .labels = {{"account", account->name},
                            {"outcome", outcome}},
                    .value = (double)count});
}

void slack_in_measures(const struct account *account, struct arena *arena,
        struct measure_list *list)
{
    const struct slack_in *in = &((const struct slack *)account)->in;

    add_outcome(account, "kept", in->counts.told, arena, list);
    add_outcome(account, "ignored", in->counts.ignored, arena, list);
    add_outcome(account, "malformed", in->counts.malformed, arena, list);
    add_outcome(account, "forged", in->counts.forged, arena, list);
    add_outcome(account, "busy", in->counts.busy, arena, list);
    if (in->socket != NULL)
        query_add(list, arena,
                (struct measure){.name = "account_connections",
                        .help = "Connections that an account listens over.",
                        .labels = {{"account", account->name}},
                        .value = slack_socket_ready(in->socket)});
}

/* --- the end --- */

void slack_in_close(struct slack *slack)
{
    const struct error leaving = {.kind = ERROR_RETRY,
            .text = "the bot is being stopped"};

    while (slack->in.first != NULL)
        end(slack->in.first, SLACK_IN_BUSY, &leaving);
    slack_http_close(slack->in.http);
    slack_socket_close(slack->in.socket);
    slack->in.http = NULL;
    slack->in.socket = NULL;
}
