/*
 * Whether a message of ours is in a channel already.
 *
 * Slack knows no repetition.  So each message carries its row's delivery key as
 * metadata (https://docs.slack.dev/messaging/message-metadata), and a row whose
 * sending was begun and never known to have ended is looked for in the history
 * of its channel, or of its thread, before it is sent again.
 */
#include "adapters/channels/slack.h"

#include "adapters/channels/slack_content.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <string.h>

enum {
    PAGE_MESSAGES = 100,
    PAGES_MAX = 10,
    CURSOR_MAX_BYTES = 512,
    CLOCKS_DIFFER_MS = 60 * 60 * 1000, /* ours and Slack's */
};

static void ask_page(struct slack_call *call, const char *cursor);

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *value = json_find(object, key);

    return cJSON_IsString(value) ? value->valuestring : "";
}

static bool is_it(const struct slack_call *call, const cJSON *message)
{
    const cJSON *metadata = json_find(message, "metadata");
    const cJSON *payload = json_find(metadata, "event_payload");

    return text_same(text_of(metadata, "event_type"), SLACK_CONTENT_EVENT) &&
            text_same(text_of(payload, SLACK_CONTENT_KEY),
                    call->row.delivery_key);
}

/* The message's id, NULL if the page has it not. */
static const char *look_through(struct slack_call *call,
        const struct json *json)
{
    struct arena *arena = &call->call.arena;
    const char *channel, *ts;
    const cJSON *message;

    cJSON_ArrayForEach(message, json_find(json->root, "messages"))
    {
        const char *id =
                slack_message_id(arena, call->channel, text_of(message, "ts"));
        if (is_it(call, message) &&
                slack_message_parts(id, arena, &channel, &ts))
            return id;
    }
    return NULL;
}

static void go_on(struct slack_call *call)
{
    call->sought = true;
    slack_post_go_on(call);
}

static void read_page(struct slack_call *call, const struct json *json)
{
    const char *next =
            text_of(json_find(json->root, "response_metadata"), "next_cursor");
    const char *found = look_through(call, json);

    if (found != NULL)
        call_end(&call->call, found, false, NULL);
    else if (next[0] == '\0' || strlen(next) > CURSOR_MAX_BYTES ||
            ++call->pages == PAGES_MAX)
        go_on(call);
    else
        ask_page(call, next);
}

/* Where the bot is not, or nothing is, it has posted nothing; what is wrong there
 * is said when it posts. */
static bool is_nowhere(const struct slack_said *said)
{
    static const char *const words[] = {"not_in_channel", "channel_not_found",
            "thread_not_found", "message_not_found"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_same(said->word, words[i]))
            return true;
    return false;
}

static void on_page(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err);
    if (ok)
        read_page(call, &said.json);
    json_close(&said.json);
    if (ok)
        return;
    if (is_nowhere(&said)) {
        go_on(call);
        return;
    }
    error_wrap(&err,
            "it may have been posted already, and Slack was asked for "
            "the history");
    slack_post_fail(call, true, &err);
}

/* The thread that the message would be in; "" for none. */
static const char *thread_of(struct slack_call *call)
{
    struct slack_content_place place;

    if (!slack_content_place_of(&call->row, &call->answer, call->channel,
                &call->call.arena, &place, NULL))
        return "";
    return place.thread;
}

/* https://docs.slack.dev/reference/methods/conversations.history and
 * conversations.replies. */
static void ask_page(struct slack_call *call, const char *cursor)
{
    struct arena *arena = &call->call.arena;
    const char *thread = thread_of(call);
    int64_t oldest = (call->row.created_ms - CLOCKS_DIFFER_MS) / 1000;
    const char *form = arena_format(arena,
            "channel=%s&include_all_metadata=true&limit=%d&oldest=%" PRId64
            "%s%s%s%s",
            http_url_escape(arena, call->channel), PAGE_MESSAGES,
            oldest > 0 ? oldest : 0, thread[0] != '\0' ? "&ts=" : "",
            http_url_escape(arena, thread), cursor[0] != '\0' ? "&cursor=" : "",
            http_url_escape(arena, cursor));

    call->call.http = slack_api_ask(call->slack,
            &(struct slack_ask){.method = thread[0] != '\0'
                            ? "conversations.replies"
                            : "conversations.history",
                    .form = form},
            on_page, call);
}

/* --- the channel with one person --- */

static void on_opened(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};
    const char *channel = "";

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err);
    if (ok)
        channel = arena_string(&call->call.arena,
                text_of(json_find(said.json.root, "channel"), "id"));
    json_close(&said.json);
    if (!ok) {
        slack_post_fail(call, true, &err);
    } else if (!slack_message_is_channel(channel)) {
        go_on(call);
    } else {
        call->channel = channel;
        ask_page(call, "");
    }
}

void slack_seek(struct slack_call *call)
{
    const char *form = arena_format(&call->call.arena, "users=%s",
            http_url_escape(&call->call.arena, call->channel));

    if (slack_message_is_channel(call->channel))
        ask_page(call, "");
    else
        call->call.http = slack_api_ask(call->slack,
                &(struct slack_ask){.method = "conversations.open",
                        .form = form},
                on_opened, call);
}
