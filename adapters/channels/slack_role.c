/*
 * Who is in charge: https://docs.slack.dev/reference/methods/users.info says of a
 * user whether he is the workspace's owner or admin (scope users:read).
 */
#include "adapters/channels/slack.h"
#include "adapters/channels/slack_in.h"
#include "adapters/http_url.h"

static bool read_role(const struct json *json, bool *allowed, struct error *err)
{
    const cJSON *user;
    bool admin, owner, bot;

    if (!json_object_or_none(json, json->root, "user", &user, err) ||
            !json_truth_or(json, user, "is_admin", false, &admin, err) ||
            !json_truth_or(json, user, "is_owner", false, &owner, err) ||
            !json_truth_or(json, user, "is_bot", false, &bot, err))
        return false;
    *allowed = (admin || owner) && !bot;
    return true;
}

static void on_user(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err) &&
            read_role(&said.json, &call->call.allowed, &err);
    json_close(&said.json);
    if (!ok)
        error_wrap(&err, "slack");
    call_end(&call->call, "", false, ok ? NULL : &err);
}

static void allow(void *ctx)
{
    struct call *call = ctx;

    call->timer = NULL;
    call->allowed = true;
    call_end(call, "", false, NULL);
}

struct request *slack_role_permission(struct account *account,
        const struct channel *channel, const char *person,
        account_permission_fn *done, void *cookie)
{
    struct slack *slack = (struct slack *)account;
    struct slack_call *call =
            (struct slack_call *)call_open_permission(&slack->calls,
                    sizeof *call, done, cookie);
    struct arena *arena = &call->call.arena;

    call->slack = slack;
    if (channel->room[0] == 'D') {
        call_soon(&call->call, slack->transport->loop, allow);
        return &call->call.request;
    }
    call->call.http = slack_api_ask(slack,
            &(struct slack_ask){.method = "users.info",
                    .form = arena_format(arena, "user=%s",
                            http_url_escape(arena, person))},
            on_user, call);
    return &call->call.request;
}
