#include "adapters/channels/slack.h"

#include "bot/base/text.h"

#include <string.h>

enum {
    NAME_MAX_BYTES = 80, /* of what is shown of a name */
};

/* Names come from people. */
static const char *name_of(struct arena *arena, const struct json *json,
        const char *key)
{
    const char *name;

    if (!json_text_or(json, json->root, key, "", &name, NULL))
        return "";
    name = text_one_line(arena, name);
    return arena_string_n(arena, name, text_prefix_bytes(name, NAME_MAX_BYTES));
}

static const char *id_of(struct arena *arena, const struct json *json,
        const char *key)
{
    const char *id;

    if (!json_text_or(json, json->root, key, "", &id, NULL) ||
            strlen(id) > SLACK_ID_MAX_BYTES)
        return "";
    return arena_string(arena, id);
}

static bool learn(struct slack *slack, const struct json *json,
        struct error *err)
{
    struct slack_session session = {.known = true};
    struct arena *arena = &session.arena;

    session.user_id = id_of(arena, json, "user_id");
    session.bot_id = id_of(arena, json, "bot_id");
    session.team_id = id_of(arena, json, "team_id");
    session.who =
            arena_format(arena, "%s in %s (%s)", name_of(arena, json, "user"),
                    name_of(arena, json, "team"), session.user_id);
    bool is_bot = session.bot_id[0] != '\0' && session.user_id[0] != '\0';
    if (is_bot) {
        arena_finish(&slack->session.arena);
        slack->session = session;
    } else {
        arena_finish(arena);
    }
    return is_bot ||
            error_set(err, ERROR_STOP,
                    "the token is not a bot's: copy the Bot User OAuth Token "
                    "(xoxb-...) of the app");
}

/* --- the app's token --- */

static void on_app_answer(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err);
    json_close(&said.json);
    if (!ok)
        error_wrap(&err, "slack: app_token");
    call_end(&call->call, "", false, ok ? NULL : &err);
}

/* Where Socket Mode is listened to, that itself tells. */
static bool must_ask_for_app(const struct slack *slack)
{
    return slack->app_token[0] != '\0' && slack->in.socket == NULL;
}

/* The address that comes is not used, and does not work for long. */
static void ask_for_app(struct slack_call *call)
{
    const struct slack_ask ask = {.method = "apps.connections.open",
            .token = call->slack->app_token};

    call->call.http = slack_api_ask(call->slack, &ask, on_app_answer, call);
}

/* --- the bot's --- */

/* Whoever answers for Slack may not say which they are. */
static bool may_all(const struct slack *slack, const char *given,
        struct error *err)
{
    struct arena arena = {0};
    bool hears =
            slack->app_token[0] != '\0' || slack->signing_secret[0] != '\0';
    const char *missing = slack_scopes_missing(given, hears, &arena);

    bool ok = given[0] == '\0' || missing[0] == '\0' ||
            error_set(err, ERROR_STOP,
                    "the app lacks scopes: add %s under OAuth & Permissions "
                    "(\"paperboy slack-manifest\" has them all) and install it "
                    "again",
                    missing);
    arena_finish(&arena);
    return ok;
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct slack_call *call = cookie;
    struct slack_said said;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = slack_api_read(answer, failure, &said, &err) &&
            learn(call->slack, &said.json, &err) &&
            may_all(call->slack, answer->wanted, &err);
    json_close(&said.json);
    if (ok && must_ask_for_app(call->slack)) {
        ask_for_app(call);
        return;
    }
    if (!ok)
        error_wrap(&err, "slack");
    call_end(&call->call, "", false, ok ? NULL : &err);
}

void slack_session_ask(struct slack_call *call)
{
    call->call.http = slack_api_ask(call->slack,
            &(struct slack_ask){.method = "auth.test",
                    .wanted_header = "X-OAuth-Scopes"},
            on_answer, call);
}
