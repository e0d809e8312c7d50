#include "adapters/channels/slack_event.h"

#include "adapters/channels/slack_answer.h"
#include "adapters/channels/slack_callback.h"
#include "adapters/channels/slack_field.h"
#include "adapters/channels/slack_text.h"
#include "adapters/dialects/slack_actions.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <string.h>

enum {
    EMOJI_NAME_MAX_BYTES = 64,
    NAME_MAX_BYTES = 80,   /* of a channel's: Slack's own bound, in signs */
    VALUE_MAX_BYTES = 150, /* of an option: docs.slack.dev, "Option object" */
};

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static bool ignore(struct slack_heard *heard, const char *why)
{
    heard->why = why;
    return true;
}

/* --- reactions --- */

/* Slack's own names for them. */
static const struct {
    const char *name, *emoji;
} emojis[] = {
        {"+1", "👍"},
        {"thumbsup", "👍"},
        {"-1", "👎"},
        {"thumbsdown", "👎"},
        {"star", "⭐"},
        {"star2", "🌟"},
        {"one", "1️⃣"},
        {"two", "2️⃣"},
        {"three", "3️⃣"},
        {"four", "4️⃣"},
        {"five", "5️⃣"},
        {"six", "6️⃣"},
        {"seven", "7️⃣"},
        {"eight", "8️⃣"},
        {"nine", "9️⃣"},
        {"keycap_ten", "🔟"},
};

const char *slack_event_emoji(const char *name)
{
    char plain[EMOJI_NAME_MAX_BYTES];
    const char *tone = strstr(name, "::");
    size_t length = tone == NULL ? strlen(name) : (size_t)(tone - name);

    if (length >= sizeof plain)
        return NULL;
    memcpy(plain, name, length);
    plain[length] = '\0';
    for (size_t i = 0; i < sizeof emojis / sizeof *emojis; i++)
        if (text_same(emojis[i].name, plain))
            return emojis[i].emoji;
    return NULL;
}

/* --- what is answered to its author alone --- */

struct asking {
    const struct json *json;
    int64_t now_ms;
    struct arena *arena;
    struct slack_heard *heard;
    const char *room_name; /* without "#" */
    struct event told;     /* the command */
};

const char *slack_event_opened_id(struct arena *arena, const char *room,
        int64_t now_ms)
{
    return arena_format(arena, "opened/%s/%" PRId64, room, now_ms / day_ms);
}

/* Nobody has to invite the bot to be answered alone. */
static void open_room(struct asking *asking)
{
    struct event opened = asking->told;
    const char *name = text_one_line(asking->arena, asking->room_name);
    bool named = name[0] != '\0' && opened.room[0] != 'D';

    opened.kind = EVENT_OPENED;
    opened.id =
            slack_event_opened_id(asking->arena, opened.room, asking->now_ms);
    opened.text = named
            ? arena_format(asking->arena, "#%s",
                      arena_string_n(asking->arena, name,
                              text_prefix_bytes(name, NAME_MAX_BYTES)))
            : "";
    opened.reply = "";
    asking->heard->events[asking->heard->count++] = opened;
}

static bool tell(struct asking *asking, const char *url, const char *text)
{
    const struct slack_answer answer = {.way = SLACK_ANSWER_URL,
            .person = asking->told.person,
            .given_ms = asking->now_ms,
            .url = url};

    asking->told.kind = EVENT_COMMAND;
    asking->told.text = text;
    asking->told.target = "";
    asking->told.sent_ms = asking->now_ms;
    asking->told.reply = slack_answer_write(&answer, asking->arena);
    open_room(asking);
    asking->heard->events[asking->heard->count++] = asking->told;
    return true;
}

/* --- slash commands --- */

static bool read_command(struct asking *asking, struct error *err)
{
    const struct json *json = asking->json;
    struct event *told = &asking->told;
    const char *text, *url;

    if (!slack_field_event(json, json->root, "trigger_id", &told->id, err) ||
            !slack_field_id(json, json->root, "channel_id", &told->room, err) ||
            !slack_field_id(json, json->root, "user_id", &told->person, err) ||
            !json_text_or(json, json->root, "channel_name", "",
                    &asking->room_name, err) ||
            !json_text_or(json, json->root, "text", "", &text, err) ||
            !slack_field_url(json, json->root, "response_url", &url, err))
        return false;
    return tell(asking, url, slack_text_plain(asking->arena, text));
}

bool slack_event_from_form(const struct http_form *form, struct json *payload,
        struct error *err)
{
    *payload = (struct json){.root = cJSON_CreateObject()};
    bool ok = payload->root != NULL;
    for (size_t i = 0; ok && i < form->count; i++)
        ok = cJSON_AddStringToObject(payload->root, form->fields[i].name,
                     form->fields[i].value) != NULL;
    return ok || error_set(err, ERROR_RETRY, "out of memory");
}

/* --- buttons --- */

/* What stands in a paper's menu is what its presser would have typed. */
static const struct {
    const char *value, *command;
} presses[] = {
        {SLACK_ACTIONS_SAVE, "save"},
        {SLACK_ACTIONS_SIMILAR, "similar"},
        {SLACK_ACTIONS_FEWER, "down"},
};

/* "save:2210.11693" as a command; NULL if it is none of ours. */
static const char *command_of(struct arena *arena, const char *value)
{
    if (strlen(value) > VALUE_MAX_BYTES || strpbrk(value, " \t\r\n") != NULL)
        return NULL;
    for (size_t i = 0; i < sizeof presses / sizeof *presses; i++) {
        const char *paper = value + strlen(presses[i].value);
        if (text_starts(value, presses[i].value) && *paper != '\0')
            return arena_format(arena, "%s %s", presses[i].command, paper);
    }
    return NULL;
}

static bool read_ids(struct asking *asking, struct error *err)
{
    const struct json *json = asking->json;
    struct event *told = &asking->told;
    const cJSON *user, *channel;

    return slack_field_event(json, json->root, "trigger_id", &told->id, err) &&
            slack_field_object(json, json->root, "user", &user, err) &&
            slack_field_id(json, user, "id", &told->person, err) &&
            slack_field_object(json, json->root, "channel", &channel, err) &&
            slack_field_id(json, channel, "id", &told->room, err) &&
            json_text_or(json, channel, "name", "", &asking->room_name, err);
}

static bool read_menu(struct asking *asking, const cJSON *action,
        struct error *err)
{
    const struct json *json = asking->json;
    const cJSON *option;
    const char *value = "", *url;

    if (!slack_field_object(json, action, "selected_option", &option, err) ||
            !json_text(json, option, "value", &value, err))
        return false;
    const char *command = command_of(asking->arena, value);
    if (command == NULL)
        return ignore(asking->heard, "the menu asks nothing of us");
    return read_ids(asking, err) &&
            slack_field_url(json, json->root, "response_url", &url, err) &&
            tell(asking, url, command);
}

static bool read_share(struct asking *asking, const cJSON *action,
        struct error *err)
{
    struct event *told = &asking->told;

    if (!read_ids(asking, err) ||
            !slack_field_key(asking->json, action, "value", &told->target, err))
        return false;
    const struct slack_answer answer = {.way = SLACK_ANSWER_SHARED,
            .person = told->person};
    told->kind = EVENT_SHARED;
    told->text = "";
    told->sent_ms = asking->now_ms;
    told->reply = slack_answer_write(&answer, asking->arena);
    asking->heard->events[asking->heard->count++] = *told;
    return true;
}

static bool read_interactive(struct asking *asking, struct error *err)
{
    const struct json *json = asking->json;
    const char *type, *id = "";
    const cJSON *list;

    if (!json_text(json, json->root, "type", &type, err))
        return false;
    if (!text_same(type, "block_actions"))
        return ignore(asking->heard, "it is no press on a button");
    if (!json_array(json, json->root, "actions", &list, err))
        return false;
    if (list->child == NULL)
        return json_wrong(json, list, "an action", err);
    if (!json_text(json, list->child, "action_id", &id, err))
        return false;
    if (text_same(id, SLACK_ACTIONS_PAPER))
        return read_menu(asking, list->child, err);
    if (text_same(id, SLACK_ACTIONS_SHARE))
        return read_share(asking, list->child, err);
    return ignore(asking->heard, "the button asks nothing of us");
}

/* --- events --- */

static bool read_events_api(const struct json *json,
        const struct slack_event_self *self, struct arena *arena,
        struct slack_heard *heard, struct error *err)
{
    const char *type;

    if (!json_text(json, json->root, "type", &type, err))
        return false;
    if (text_same(type, "event_callback"))
        return slack_callback_read(json, self, arena, heard, err);
    if (text_same(type, "url_verification"))
        return json_text(json, json->root, "challenge", &heard->challenge, err);
    if (text_same(type, "app_rate_limited")) {
        heard->grave = true;
        return ignore(heard,
                "Slack holds back events: there were too many in the hour");
    }
    return json_wrong(json, json_find(json->root, "type"), "event_callback",
            err);
}

/* --- all --- */

static bool check_team(const struct json *json,
        const struct slack_event_self *self, struct error *err)
{
    const cJSON *team = json_find(json_find(json->root, "team"), "id");

    if (!cJSON_IsString(team))
        team = json_find(json->root, "team_id");
    if (self->team_id[0] == '\0' || !cJSON_IsString(team) ||
            text_same(team->valuestring, self->team_id))
        return true;
    return error_set(err, ERROR_REJECTED,
            "it is from workspace %.40s, the token is for %s",
            team->valuestring, self->team_id);
}

bool slack_event_read(enum slack_event_form form, const struct json *payload,
        const struct slack_event_self *self, int64_t now_ms,
        struct arena *arena, struct slack_heard *heard, struct error *err)
{
    struct asking asking = {.json = payload,
            .now_ms = now_ms,
            .arena = arena,
            .heard = heard};

    *heard = (struct slack_heard){.why = "", .challenge = ""};
    if (!cJSON_IsObject(payload->root))
        return json_wrong(payload, payload->root, "an object", err);
    if (!check_team(payload, self, err))
        return false;
    switch (form) {
    case SLACK_EVENT_SLASH_COMMANDS:
        return read_command(&asking, err);
    case SLACK_EVENT_INTERACTIVE:
        return read_interactive(&asking, err);
    case SLACK_EVENT_EVENTS_API:
        return read_events_api(payload, self, arena, heard, err);
    }
    return false;
}

bool slack_event_form_of(const char *word, enum slack_event_form *form)
{
    static const char *const words[] = {"slash_commands", "interactive",
            "events_api"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same(words[i], word)) {
            *form = (enum slack_event_form)i;
            return true;
        }
    return false;
}
