/*
 * The app's manifest: all that would otherwise be clicked together in Slack's
 * pages (https://docs.slack.dev/reference/app-manifest).
 */
#include "adapters/channels/slack.h"

#include "adapters/dialects/dialect_payload.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    NAME_MAX = 35, /* characters, of display_information.name */
};

/* How the app hears. */
enum hearing {
    HEARS_NOTHING,
    HEARS_SOCKET,   /* Socket Mode: over a connection of ours */
    HEARS_REQUESTS, /* Slack sends requests to our server */
};

/* Those that slack_callback.c reads. */
static const char *const events[] = {"app_mention", "message.im",
        "reaction_added", "reaction_removed", "member_joined_channel",
        "channel_left", "group_left", "channel_deleted", "group_deleted",
        "channel_id_changed", "app_uninstalled", "tokens_revoked"};

const char *slack_manifest_path(struct arena *arena, const char *account,
        const char *what)
{
    return arena_format(arena, "/slack/%s/%s", http_url_escape(arena, account),
            what);
}

static enum hearing hearing_of(const struct account_app *app)
{
    const struct settings *settings = app->settings;

    if (settings == NULL)
        return *app->url != '\0' ? HEARS_REQUESTS : HEARS_SOCKET;
    if (settings_get(settings, "app_token", NULL) != NULL)
        return HEARS_SOCKET;
    return *app->url != '\0' ||
                    settings_get(settings, "signing_secret", NULL) != NULL
            ? HEARS_REQUESTS
            : HEARS_NOTHING;
}

/* --- its parts --- */

static void add_url(cJSON *object, const char *key,
        const struct account_app *app, const char *what, struct arena *arena)
{
    size_t length = strlen(app->url);

    while (length > 0 && app->url[length - 1] == '/')
        length--;
    dialect_payload_string(object, key,
            arena_format(arena, "%.*s%s", (int)length, app->url,
                    slack_manifest_path(arena, app->account, what)));
}

static cJSON *command_of(const struct account_app *app, enum hearing hearing,
        struct arena *arena)
{
    cJSON *command = dialect_payload_object();

    dialect_payload_string(command, "command", "/paper");
    if (hearing == HEARS_REQUESTS)
        add_url(command, "url", app, SLACK_PATH_COMMANDS, arena);
    dialect_payload_string(command, "description",
            "Papers, searches and settings · 论文、搜索和设置");
    dialect_payload_string(command, "usage_hint",
            "help | today | search diffusion | 帮助");
    dialect_payload_bool(command, "should_escape", false);
    return command;
}

/* "a-z, 0-9, -, _, and ." are allowed. */
static const char *display_name_of(const struct account_app *app,
        struct arena *arena)
{
    char *name = arena_string(arena, app->title);
    size_t length = 0;

    for (const char *at = app->title; *at != '\0'; at++) {
        char small = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-_.", small) != NULL)
            name[length++] = small;
    }
    name[length] = '\0';
    return length > 0 ? name : "paperboy";
}

/* Where a person writes to the bot alone; read-only where it hears nothing. */
static cJSON *home_of(enum hearing hearing)
{
    cJSON *home = dialect_payload_object();

    dialect_payload_bool(home, "home_tab_enabled", false);
    dialect_payload_bool(home, "messages_tab_enabled", true);
    dialect_payload_bool(home, "messages_tab_read_only_enabled",
            hearing == HEARS_NOTHING);
    return home;
}

static cJSON *features_of(const struct account_app *app, enum hearing hearing,
        struct arena *arena)
{
    cJSON *features = dialect_payload_object();
    cJSON *user = dialect_payload_object();

    dialect_payload_value(features, "app_home", home_of(hearing));
    dialect_payload_string(user, "display_name", display_name_of(app, arena));
    dialect_payload_bool(user, "always_online", true);
    dialect_payload_value(features, "bot_user", user);
    if (hearing != HEARS_NOTHING) {
        cJSON *commands = dialect_payload_array();
        dialect_payload_item(commands, command_of(app, hearing, arena));
        dialect_payload_value(features, "slash_commands", commands);
    }
    return features;
}

static cJSON *oauth_of(enum hearing hearing)
{
    cJSON *oauth = dialect_payload_object();
    cJSON *by_whom = dialect_payload_object();
    cJSON *bot = dialect_payload_array();
    bool hears = hearing != HEARS_NOTHING;

    for (size_t i = 0; slack_scopes_at(i, hears) != NULL; i++)
        dialect_payload_item(bot,
                cJSON_CreateString(slack_scopes_at(i, hears)));
    dialect_payload_value(by_whom, "bot", bot);
    dialect_payload_value(oauth, "scopes", by_whom);
    return oauth;
}

static void add_hearing(cJSON *settings, const struct account_app *app,
        enum hearing hearing, struct arena *arena)
{
    cJSON *subscriptions = dialect_payload_object();
    cJSON *interactivity = dialect_payload_object();
    cJSON *names = dialect_payload_array();

    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        dialect_payload_item(names, cJSON_CreateString(events[i]));
    dialect_payload_bool(interactivity, "is_enabled", true);
    if (hearing == HEARS_REQUESTS) {
        add_url(subscriptions, "request_url", app, SLACK_PATH_EVENTS, arena);
        add_url(interactivity, "request_url", app, SLACK_PATH_ACTIONS, arena);
    }
    dialect_payload_value(subscriptions, "bot_events", names);
    dialect_payload_value(settings, "event_subscriptions", subscriptions);
    dialect_payload_value(settings, "interactivity", interactivity);
}

static cJSON *settings_of(const struct account_app *app, enum hearing hearing,
        struct arena *arena)
{
    cJSON *settings = dialect_payload_object();

    if (hearing != HEARS_NOTHING)
        add_hearing(settings, app, hearing, arena);
    dialect_payload_bool(settings, "org_deploy_enabled", false);
    dialect_payload_bool(settings, "socket_mode_enabled",
            hearing == HEARS_SOCKET);
    dialect_payload_bool(settings, "token_rotation_enabled", false);
    return settings;
}

/* --- all of it --- */

static bool fits(const struct account_app *app, enum hearing hearing,
        struct error *err)
{
    struct arena arena = {0};
    struct http_url parts;
    bool reached = http_url_parse(app->url, &arena, &parts) && parts.secure;

    arena_finish(&arena);
    if (text_graphemes(app->title) > NAME_MAX || *app->title == '\0')
        return error_set(err, ERROR_INPUT,
                "the name \"%s\" will not do; expected at most %d characters",
                app->title, NAME_MAX);
    if (hearing == HEARS_REQUESTS && !reached)
        return error_set(err, ERROR_INPUT,
                "Slack sends its requests to an https:// address that leads to "
                "[server]; say which");
    return true;
}

const char *slack_manifest_make(const struct account_app *app,
        struct arena *arena, struct error *err)
{
    enum hearing hearing = hearing_of(app);

    if (!fits(app, hearing, err))
        return NULL;
    cJSON *manifest = dialect_payload_object();
    cJSON *display = dialect_payload_object();
    dialect_payload_string(display, "name", app->title);
    dialect_payload_string(display, "description",
            "The day's papers from arXiv, and answers about them");
    dialect_payload_string(display, "background_color", "#7a1f1f");
    dialect_payload_value(manifest, "display_information", display);
    dialect_payload_value(manifest, "features",
            features_of(app, hearing, arena));
    dialect_payload_value(manifest, "oauth_config", oauth_of(hearing));
    dialect_payload_value(manifest, "settings",
            settings_of(app, hearing, arena));
    return dialect_payload_print(arena, manifest, true);
}
