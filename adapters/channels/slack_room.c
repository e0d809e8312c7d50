/*
 * A channel as such: whether it can be posted to, and leaving it.
 *
 * https://docs.slack.dev/reference/methods/conversations.info (channels:read,
 * groups:read) and conversations.leave (channels:manage, groups:write: a bot
 * that has them may do much more, so slack-manifest does not ask for them).
 */
#include "adapters/channels/slack.h"

#include "adapters/http_url.h"
#include "bot/base/text.h"

static struct slack_call *ask(struct account *account, const char *method,
        const char *room, http_done_fn *answered, account_verified_fn *done,
        void *cookie)
{
    struct slack *slack = (struct slack *)account;
    struct slack_call *call =
            (struct slack_call *)call_open_verify(&slack->calls, sizeof *call,
                    done, cookie);
    struct arena *arena = &call->call.arena;

    call->slack = slack;
    call->call.http = slack_api_ask(slack,
            &(struct slack_ask){.method = method,
                    .form = arena_format(arena, "channel=%s",
                            http_url_escape(arena, room))},
            answered, call);
    return call;
}

/* --- looking --- */

static bool is_open(const struct json *json, struct error *err)
{
    const struct slack_word *archived = slack_words_find("is_archived");
    const cJSON *channel;
    bool is_archived;

    if (!json_object_or_none(json, json->root, "channel", &channel, err) ||
            !json_truth_or(json, channel, "is_archived", false, &is_archived,
                    err))
        return false;
    return !is_archived ||
            error_set(err, archived->kind, "%s (%s)", archived->plainly,
                    archived->word);
}

/* A scope that lacks is no fault of the channel's. */
static void on_looked(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err) &&
            is_open(&said.json, &err);
    if (text_same(said.word, "missing_scope"))
        err.kind = ERROR_REJECTED;
    json_close(&said.json);
    if (!ok)
        error_wrap(&err, "slack");
    call_end(&call->call, "", false, ok ? NULL : &err);
}

struct request *slack_room_look(struct account *account, const char *room,
        account_verified_fn *done, void *cookie)
{
    return &ask(account, "conversations.info", room, on_looked, done, cookie)
                    ->call.request;
}

/* --- leaving --- */

/* {"ok":false,"not_in_channel":true}: somebody else put it out. */
static bool was_out(const struct slack_said *said)
{
    bool out = false;

    return said->json.root != NULL &&
            json_truth_or(&said->json, said->json.root, "not_in_channel", false,
                    &out, NULL) &&
            out;
}

static void on_left(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err) || was_out(&said);
    json_close(&said.json);
    if (!ok && err.kind == ERROR_STOP)
        error_wrap(&err,
                "the bot stays in the channel, silent, until somebody there "
                "writes /remove @ and its name");
    if (!ok)
        error_wrap(&err, "slack");
    call_end(&call->call, "", false, ok ? NULL : &err);
}

struct request *slack_room_leave(struct account *account, const char *room,
        account_verified_fn *done, void *cookie)
{
    return &ask(account, "conversations.leave", room, on_left, done, cookie)
                    ->call.request;
}
