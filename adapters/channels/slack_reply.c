/*
 * The answer to a slash command or a button: by the response URL that came with
 * it, which works five times within 30 minutes
 * (https://docs.slack.dev/interactivity/handling-user-interaction, "Message
 * responses"); after that as an ephemeral message.  Only who asked sees either.
 */
#include "adapters/channels/slack.h"

#include "adapters/channels/slack_content.h"
#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    USES_MAX = 5,
    LIFE_MS = 30 * 60 * 1000,
    NEAR_ITS_END_MS = 60 * 1000, /* our clock and Slack's may differ */
    DEADLINE_MS = 30 * 1000,
    ANSWER_MAX_BYTES = 16 * 1024,
};

void slack_reply_give_alone(struct slack_call *call)
{
    slack_post_go_on(call);
}

/* "ok" as text, or {"ok":true}. */
static bool is_taken(const struct http_answer *answer)
{
    struct json json = {0};
    bool ok = false;

    if (answer->status != 200)
        return false;
    if (text_same(answer->body, "ok") || answer->body_bytes == 0)
        return true;
    bool read = json_parse(&json, answer->body, answer->body_bytes,
                        ANSWER_MAX_BYTES, NULL) &&
            json_truth_or(&json, json.root, "ok", false, &ok, NULL);
    json_close(&json);
    return read && ok;
}

/* What Slack may take by itself later; whatever else it says, the URL is used up
 * or gone. */
static bool may_pass(const struct http_answer *answer)
{
    return answer->status == 429 || answer->status >= 500;
}

static void on_given(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct error err = {0};

    call->call.http = NULL;
    if (failure != NULL) {
        err = *failure;
        if (err.kind == ERROR_INPUT || err.kind == ERROR_STOP)
            err.kind = ERROR_RETRY;
        slack_post_fail(call, answer->maybe_taken, &err);
    } else if (is_taken(answer)) {
        call_end(&call->call, call->row.delivery_key, false, NULL);
    } else if (may_pass(answer)) {
        struct http_answer bare = *answer;
        bare.content_type = ""; /* it may quote the URL */
        http_status_error(&bare, &err);
        slack_post_fail(call, answer->status != 429 && answer->status != 503,
                &err);
    } else {
        slack_reply_give_alone(call);
    }
}

static void post_to_url(struct slack_call *call)
{
    static const char *const headers[] =
            {"Content-Type: application/json; charset=utf-8", NULL};
    struct arena *arena = &call->call.arena;
    struct slack_content_place place;
    const char *body = NULL;
    struct error err = {0};

    bool placed = slack_content_place_of(&call->row, &call->answer, "", arena,
            &place, &err);
    place.method = SLACK_CONTENT_URL;
    place.user = "";
    if (!placed ||
            !slack_content_make(&call->row, &place, arena, &body, &err)) {
        slack_post_refuse(call, &err);
        return;
    }
    const struct http_request request = {
            .method = "POST",
            .url = call->answer.url,
            .headers = headers,
            .body = body,
            .body_bytes = strlen(body),
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX_BYTES,
    };
    call->call.http =
            http_send(call->slack->transport->http, &request, on_given, call);
}

/* The word that it takes a while may have gone before the parts. */
void slack_reply_give(struct slack_call *call)
{
    int64_t age_ms =
            clock_now_ms(call->slack->transport->clock) - call->answer.given_ms;

    if (age_ms < 0 || age_ms > LIFE_MS - NEAR_ITS_END_MS ||
            call->row.part >= USES_MAX - 1)
        slack_reply_give_alone(call);
    else
        post_to_url(call);
}
