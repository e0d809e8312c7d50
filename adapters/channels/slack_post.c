/*
 * One row to one channel: look whether it is there already, if that is not
 * certain; post it, or change what was posted.  Where Slack says that we are not
 * in a public channel, join it and go on.
 */
#include "adapters/channels/slack.h"

#include "adapters/channels/slack_content.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

/* --- ends --- */

void slack_post_fail(struct slack_call *call, bool maybe_taken,
        struct error *err)
{
    error_wrap(err, "slack: %s", call->channel);
    call_end(&call->call, "", maybe_taken, err);
}

static void end_refused(void *ctx)
{
    struct slack_call *call = ctx;

    call->call.timer = NULL;
    slack_post_fail(call, false, &call->failure);
}

void slack_post_refuse(struct slack_call *call, const struct error *err)
{
    call->failure = *err;
    call_soon(&call->call, call->slack->transport->loop, end_refused);
}

/* --- joining --- */

static void on_joined(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err);
    json_close(&said.json);
    if (ok) {
        slack_post_go_on(call);
        return;
    }
    if (err.kind != ERROR_RETRY) {
        const struct slack_word *word = slack_words_find("not_in_channel");
        struct error why = err;
        error_set(&err, ERROR_STOP, "%s; it may not join by itself: %s",
                word->plainly, why.text);
    }
    slack_post_fail(call, false, &err);
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

/* What only one person sees has no id by which Slack would know it: there the
 * row's own key stands for it. */
static bool read_id(struct slack_call *call, const struct json *json,
        const char **id, struct error *err)
{
    const char *channel = NULL, *ts = NULL;
    const char *ours[2];

    if (json_find(json->root, "message_ts") != NULL) {
        *id = call->row.delivery_key;
        return true;
    }
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
    struct slack_said said;
    struct error err = {0};
    const char *id = "";

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err);
    bool read = ok && read_id(call, &said.json, &id, &err);
    json_close(&said.json);
    if (read) {
        call_end(&call->call, id, false, NULL);
        return;
    }
    if (ok)
        err.kind = ERROR_RETRY;
    if (!ok && text_same(said.word, "not_in_channel") && !call->joined)
        join(call);
    else
        slack_post_fail(call, ok || said.maybe_done, &err);
}

static void post(struct slack_call *call)
{
    static const char *const methods[] = {[SLACK_CONTENT_POST] =
                                                  "chat.postMessage",
            [SLACK_CONTENT_UPDATE] = "chat.update",
            [SLACK_CONTENT_EPHEMERAL] = "chat.postEphemeral"};
    struct arena *arena = &call->call.arena;
    struct slack_content_place place;
    const char *body = NULL;
    struct error err = {0};

    if (!slack_content_place_of(&call->row, &call->answer, call->channel, arena,
                &place, &err) ||
            !slack_content_make(&call->row, &place, arena, &body, &err)) {
        slack_post_refuse(call, &err);
        return;
    }
    call->call.http = slack_api_ask(call->slack,
            &(struct slack_ask){.method = methods[place.method], .json = body},
            on_posted, call);
}

/* --- one step after the other --- */

/* An edit does no harm twice, and what only one person sees is in no history. */
static bool may_be_there(const struct slack_call *call)
{
    return call->row.attempted && call->row.verb == OUTBOX_SEND &&
            call->answer.way != SLACK_ANSWER_URL &&
            (call->answer.way == SLACK_ANSWER_ROOM ||
                    call->row.person[0] == '\0');
}

void slack_post_go_on(struct slack_call *call)
{
    if (may_be_there(call) && !call->sought)
        slack_seek(call);
    else
        post(call);
}

void slack_post(struct slack_call *call)
{
    const struct outbox_row *row = &call->row;
    struct error err = {0};

    if (!slack_answer_read(row->reply, &call->call.arena, &call->answer))
        error_set(&err, ERROR_REJECTED,
                "it cannot be told where this answer goes");
    else if (!slack_message_is_channel(call->channel) && row->person[0] == '\0')
        error_set(&err, ERROR_STOP,
                "it is no channel: set room to a channel's id, C0123456789");
    if (err.kind != ERROR_NONE)
        slack_post_refuse(call, &err);
    else if (call->answer.way == SLACK_ANSWER_URL && row->verb == OUTBOX_SEND)
        slack_reply_give(call);
    else
        slack_post_go_on(call);
}
