/*
 * One row to one channel: post it, or change what was posted.  Where Slack says
 * that we are not in a public channel, join it and go on.
 */
#include "adapters/channels/slack.h"

#include "adapters/channels/slack_content.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

static void post(struct slack_call *call);

/* --- ends --- */

static void fail(struct slack_call *call, bool maybe_taken, struct error *err)
{
    error_wrap(err, "slack: %s", call->channel);
    call_end(&call->call, "", maybe_taken, err);
}

static void end_refused(void *ctx)
{
    struct slack_call *call = ctx;

    call->call.timer = NULL;
    fail(call, false, &call->failure);
}

/* Nothing is sent. */
static void refuse(struct slack_call *call, const struct error *err)
{
    call->failure = *err;
    call_soon(&call->call, call->slack->transport->loop, end_refused);
}

/* --- joining --- */

static void on_joined(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &reply, &err);
    json_close(&reply.json);
    if (ok) {
        post(call);
        return;
    }
    if (err.kind != ERROR_RETRY) {
        const struct slack_word *word = slack_words_find("not_in_channel");
        struct error why = err;
        error_set(&err, ERROR_STOP, "%s; it may not join by itself: %s",
                word->plainly, why.text);
    }
    fail(call, false, &err);
}

/* https://docs.slack.dev/reference/methods/conversations.join: public channels
 * only, with the scope channels:join. */
static void join(struct slack_call *call)
{
    const char *form = arena_format(&call->call.arena, "channel=%s",
            http_url_escape(&call->call.arena, call->channel));

    call->joined = true;
    call->call.http = slack_api_ask(call->slack,
            &(struct slack_ask){.method = "conversations.join", .form = form},
            on_joined, call);
}

/* --- the message --- */

static bool read_id(struct slack_call *call, const struct json *json,
        const char **id, struct error *err)
{
    const char *channel = NULL, *ts = NULL;
    const char *ours[2];

    if (!json_text(json, json->root, "channel", &channel, err) ||
            !json_text(json, json->root, "ts", &ts, err))
        return false;
    *id = slack_message_id(&call->call.arena, channel, ts);
    return slack_message_parts(*id, &call->call.arena, &ours[0], &ours[1]) ||
            error_set(err, ERROR_INPUT, "\"%.80s\" is no message of Slack's",
                    *id);
}

static void on_posted(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_reply reply;
    struct error err = {0};
    const char *id = "";

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &reply, &err);
    bool read = ok && read_id(call, &reply.json, &id, &err);
    json_close(&reply.json);
    if (read) {
        call_end(&call->call, id, false, NULL);
        return;
    }
    if (ok)
        err.kind = ERROR_RETRY;
    if (!ok && text_same(reply.word, "not_in_channel") && !call->joined)
        join(call);
    else
        fail(call, ok || reply.maybe_done, &err);
}

static void post(struct slack_call *call)
{
    struct arena *arena = &call->call.arena;
    struct slack_content_place place;
    const char *body = NULL;
    struct error err = {0};

    if (!slack_content_place_of(&call->row, call->channel, arena, &place,
                &err) ||
            !slack_content_make(&call->row, &place, arena, &body, &err)) {
        refuse(call, &err);
        return;
    }
    call->call.http = slack_api_ask(call->slack,
            &(struct slack_ask){.method = call->row.verb == OUTBOX_EDIT
                            ? "chat.update"
                            : "chat.postMessage",
                    .json = body},
            on_posted, call);
}

void slack_post(struct slack_call *call)
{
    struct error err = {0};

    if (slack_message_is_channel(call->channel) || call->row.person[0] != '\0')
        post(call);
    else if (!error_set(&err, ERROR_STOP,
                     "it is no channel: set room to a channel's id, "
                     "C0123456789"))
        refuse(call, &err);
}
