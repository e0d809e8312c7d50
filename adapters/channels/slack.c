#include "adapters/channels/slack.h"

#include "adapters/channels/channels.h"
#include "adapters/dialects/dialect_slack.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    SECRET_DIGITS_MIN = 32,
    /* chat.postMessage: "no more than one message per second per channel", and
     * "several hundred messages per minute" over the workspace:
     * https://docs.slack.dev/apis/web-api/rate-limits.  A little more, as one may
     * arrive later than it left. */
    ROOM_GAP_MS = 1300,
    ACCOUNT_GAP_MS = 250,
};

/* --- operations --- */

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    const struct slack *slack = (const struct slack *)account;

    (void)channel;
    (void)err;
    dialect_slack_render(document,
            slack->app_token[0] != '\0' || slack->signing_secret[0] != '\0',
            arena, payloads);
    return true;
}

/* What sending needs of it. */
static struct outbox_row row_copy(struct arena *arena,
        const struct outbox_row *row)
{
    return (struct outbox_row){.verb = row->verb,
            .delivery_key = arena_string(arena, row->delivery_key),
            .payload = arena_string_n(arena, row->payload, row->payload_bytes),
            .payload_bytes = row->payload_bytes,
            .reply_to = row->reply_to,
            .target = arena_string(arena, row->target),
            .reply = arena_string(arena, row->reply),
            .person = arena_string(arena, row->person),
            .part = row->part,
            .attempted = row->attempted,
            .created_ms = row->created_ms};
}

static struct request *send_row(struct account *account,
        const struct outbox_row *row, account_sent_fn *done, void *cookie)
{
    struct slack *slack = (struct slack *)account;
    struct slack_call *call = (struct slack_call *)call_open_send(&slack->calls,
            sizeof *call, done, cookie);
    struct arena *arena = &call->call.arena;

    call->slack = slack;
    call->row = row_copy(arena, row);
    /* What is said to one person, and answers nothing, goes to the channel
     * between the bot and him, for which Slack takes his id. */
    call->channel = row->person[0] != '\0' && row->reply[0] == '\0'
            ? call->row.person
            : arena_string(arena, row->room);
    slack_post(call);
    return &call->call.request;
}

static struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    struct slack *slack = (struct slack *)account;
    struct slack_call *call =
            (struct slack_call *)call_open_verify(&slack->calls, sizeof *call,
                    done, cookie);

    call->slack = slack;
    slack_session_ask(call);
    return &call->call.request;
}

static const char *who(const struct account *account)
{
    return ((const struct slack *)account)->session.who;
}

static void close_account(struct account *account)
{
    struct slack *slack = (struct slack *)account;

    slack_in_close(slack);
    call_list_cancel(&slack->calls);
    arena_finish(&slack->session.arena);
    struct arena arena = slack->arena;
    arena_finish(&arena);
}

#define ABILITIES (ACCOUNT_EDITS | ACCOUNT_THREADS | ACCOUNT_DEDUPLICATES)

/* Whether it hears anything is a matter of its settings. */
static const struct account_ops deaf_ops = {
        .kind = "slack",
        .abilities = ABILITIES,
        .room_gap_ms = ROOM_GAP_MS,
        .account_gap_ms = ACCOUNT_GAP_MS,
        .render = render,
        .send = send_row,
        .verify = verify,
        .who = who,
        .look = slack_room_look,
        .leave = slack_room_leave,
        .close = close_account,
};
static const struct account_ops hearing_ops = {
        .kind = "slack",
        .abilities = ABILITIES | ACCOUNT_LISTENS,
        .command_form = "/paper",
        .permission = slack_role_permission,
        .take_over = slack_in_take_over,
        .listen = slack_in_listen,
        .measures = slack_in_measures,
        .room_gap_ms = ROOM_GAP_MS,
        .account_gap_ms = ACCOUNT_GAP_MS,
        .render = render,
        .send = send_row,
        .verify = verify,
        .who = who,
        .look = slack_room_look,
        .leave = slack_room_leave,
        .close = close_account,
};

/* --- settings --- */

/* What else would spoil the header it goes into. */
static bool is_token(const char *value, const char *prefix)
{
    if (!text_starts(value, prefix))
        return false;
    for (const char *at = value; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return true;
}

static const char *token_flaw(const char *value)
{
    return is_token(value, "xoxb-") ? NULL : "a bot token, xoxb-...";
}

static const char *app_token_flaw(const char *value)
{
    return is_token(value, "xapp-") ? NULL : "an app-level token, xapp-...";
}

static const char *signing_secret_flaw(const char *value)
{
    size_t digits = strspn(value, "0123456789abcdef");

    return digits >= SECRET_DIGITS_MIN && value[digits] == '\0'
            ? NULL
            : "the app's Signing Secret, 32 of 0-9 and a-f";
}

static const char *connections_flaw(const char *value)
{
    return *value >= '1' && *value <= '0' + SLACK_LINK_WANTED_MAX &&
                    value[1] == '\0'
            ? NULL
            : "a number from 1 to 5";
}

static const char *room_flaw(const char *room)
{
    return slack_message_is_channel(room) && room[0] != 'D'
            ? NULL
            : "a channel's id, C0123456789: in Slack it stands at the bottom "
              "of the channel's details";
}

static const struct setting_spec keys[] = {
        {.key = "token",
                .required = true,
                .secret = true,
                .help = "the Bot User OAuth Token of the app, xoxb-...",
                .flaw = token_flaw},
        {.key = "app_token",
                .offered = true,
                .secret = true,
                .help = "for Socket Mode: the app-level token with the scope "
                        "connections:write, xapp-...",
                .flaw = app_token_flaw},
        {.key = "signing_secret",
                .served = true,
                .secret = true,
                .help = "for requests over HTTP, with [server]: the app's "
                        "Signing Secret",
                .flaw = signing_secret_flaw},
        {.key = "connections",
                .help = "of Socket Mode at a time, 1 to 5; 1 unless set",
                .flaw = connections_flaw},
        {.key = "api_url",
                .help = "where Slack's Web API is; https://slack.com/api "
                        "unless set",
                .flaw = http_url_flaw},
        {.key = NULL},
};

/* --- opening --- */

static const char *kept(struct slack *slack, const struct settings *settings,
        const char *key, const char *fallback)
{
    return arena_string(&slack->arena, settings_get(settings, key, fallback));
}

static const char *without_slash(struct arena *arena, const char *url)
{
    size_t length = strlen(url);

    while (length > 0 && url[length - 1] == '/')
        length--;
    return arena_string_n(arena, url, length);
}

static bool fits(const struct settings *settings, struct error *err)
{
    const struct setting_spec *spec = keys;

    for (; spec->key != NULL; spec++) {
        const char *value = settings_get(settings, spec->key, NULL);
        if (value == NULL && !spec->required)
            continue;
        const char *flaw = spec->flaw(value != NULL ? value : "");
        if (flaw != NULL)
            return error_set(err, ERROR_INPUT, "%s: %s: %s is needed",
                    settings->name, spec->key, flaw);
    }
    return true;
}

static struct account *open_account(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    if (!fits(settings, err))
        return NULL;
    struct arena arena = {0};
    struct slack *slack = arena_new(&arena, struct slack);
    slack->arena = arena;
    slack->account.name = arena_string(&slack->arena, settings->name);
    slack->transport = transport;
    slack->memory = memory;
    slack->token = kept(slack, settings, "token", "");
    slack->app_token = kept(slack, settings, "app_token", "");
    slack->signing_secret = kept(slack, settings, "signing_secret", "");
    slack->connections =
            (unsigned)(settings_get(settings, "connections", "1")[0] - '0');
    slack->link_times = &slack_link_times_usual;
    slack->account.ops =
            slack->app_token[0] != '\0' || slack->signing_secret[0] != '\0'
            ? &hearing_ops
            : &deaf_ops;
    slack->api_url = without_slash(&slack->arena,
            settings_get(settings, "api_url", "https://slack.com/api"));
    slack->session.user_id = slack->session.bot_id = slack->session.team_id =
            slack->session.who = "";
    return &slack->account;
}

const struct account_kind slack_kind = {
        .kind = "slack",
        .form = "slack-bot",
        .keys = keys,
        .threads = true,
        .room_help = "a channel's id, C0123456789, at the bottom of "
                     "the channel's details",
        .room_flaw = room_flaw,
        .app_manifest = slack_manifest_make,
        .open = open_account,
};
