#include "adapters/channels/slack_callback.h"

#include "adapters/channels/slack_answer.h"
#include "adapters/channels/slack_field.h"
#include "adapters/channels/slack_text.h"
#include "bot/base/text.h"

#include <string.h>

/* One event that is being read. */
struct callback {
    const struct json *json;
    const cJSON *event; /* its inner part */
    const char *bot;    /* our user id; "" if not known */
    struct arena *arena;
    struct slack_heard *heard;
    struct event told; /* with what all have in common */
};

static bool ignore(struct callback *callback, const char *why)
{
    callback->heard->why = why;
    return true;
}

static bool tell(struct callback *callback)
{
    callback->heard->events[callback->heard->count++] = callback->told;
    return true;
}

static bool is_us(const struct callback *callback, const char *person)
{
    return callback->bot[0] != '\0' && text_same(person, callback->bot);
}

/* --- messages --- */

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = json_find(object, key);

    return cJSON_IsString(member) ? member->valuestring : "";
}

/* What bots say is not answered: two of them must not talk for ever. */
static bool is_a_persons(const cJSON *event)
{
    const char *subtype = text_of(event, "subtype");

    return text_of(event, "bot_id")[0] == '\0' &&
            (subtype[0] == '\0' || text_same(subtype, "thread_broadcast") ||
                    text_same(subtype, "file_share"));
}

/* In a direct conversation a thread is used only if the person began it. */
static bool read_message(struct callback *callback, bool always_thread,
        struct error *err)
{
    struct event *told = &callback->told;
    const char *text, *ts, *thread;

    if (!slack_field_id(callback->json, callback->event, "user", &told->person,
                err) ||
            !slack_field_id(callback->json, callback->event, "channel",
                    &told->room, err) ||
            !slack_field_ts(callback->json, callback->event, "ts", &ts, err) ||
            !slack_field_ts_or_none(callback->json, callback->event,
                    "thread_ts", &thread, err) ||
            !json_text(callback->json, callback->event, "text", &text, err))
        return false;
    if (is_us(callback, told->person))
        return ignore(callback, "we wrote it");
    if (thread[0] == '\0' && always_thread)
        thread = ts;
    const struct slack_answer answer = {.way = thread[0] == '\0'
                    ? SLACK_ANSWER_ROOM
                    : SLACK_ANSWER_THREAD,
            .ts = thread};
    told->kind = EVENT_COMMAND;
    told->reply = slack_answer_write(&answer, callback->arena);
    told->text = slack_text_asked(callback->arena, text, callback->bot);
    return tell(callback);
}

static bool read_mention(struct callback *callback, struct error *err)
{
    return is_a_persons(callback->event)
            ? read_message(callback, true, err)
            : ignore(callback, "no person wrote it");
}

/* What is said to the bot alone; it mentions nobody. */
static bool read_direct(struct callback *callback, struct error *err)
{
    const char *place;

    if (!json_text_or(callback->json, callback->event, "channel_type", "",
                &place, err))
        return false;
    if (!text_same(place, "im"))
        return ignore(callback, "it is not said to the bot");
    if (!is_a_persons(callback->event))
        return ignore(callback, "no person wrote it");
    const char *channel;
    if (!slack_field_id(callback->json, callback->event, "channel", &channel,
                err))
        return false;
    struct event opened = callback->told;
    opened.kind = EVENT_OPENED;
    opened.id = slack_event_opened_id(callback->arena, channel, opened.sent_ms);
    opened.room = channel;
    callback->heard->events[callback->heard->count++] = opened;
    bool ok = read_message(callback, false, err);
    if (callback->heard->count == 1)
        callback->heard->count = 0;
    return ok;
}

/* --- reactions --- */

static bool read_reaction(struct callback *callback, enum event_kind kind,
        struct error *err)
{
    struct event *told = &callback->told;
    const struct json *json = callback->json;
    const cJSON *item;
    const char *name, *type, *ts;

    if (!slack_field_id(json, callback->event, "user", &told->person, err) ||
            !json_text(json, callback->event, "reaction", &name, err) ||
            !slack_field_object(json, callback->event, "item", &item, err) ||
            !json_text(json, item, "type", &type, err))
        return false;
    if (!text_same(type, "message"))
        return ignore(callback, "it is no reaction to a message");
    if (!slack_field_id(json, item, "channel", &told->room, err) ||
            !slack_field_ts(json, item, "ts", &ts, err))
        return false;
    told->text = slack_event_emoji(name);
    if (is_us(callback, told->person))
        return ignore(callback, "we reacted");
    if (told->text == NULL)
        return ignore(callback, "the reaction means nothing to us");
    told->kind = kind;
    told->target = arena_format(callback->arena, "%s/%s", told->room, ts);
    return tell(callback);
}

static bool read_reaction_added(struct callback *callback, struct error *err)
{
    return read_reaction(callback, EVENT_REACTION, err);
}

static bool read_reaction_removed(struct callback *callback, struct error *err)
{
    return read_reaction(callback, EVENT_REACTION_GONE, err);
}

/* --- rooms --- */

static bool read_member(struct callback *callback, enum event_kind kind,
        struct error *err)
{
    struct event *told = &callback->told;
    const char *user, *inviter;

    if (!slack_field_id(callback->json, callback->event, "user", &user, err) ||
            !slack_field_id(callback->json, callback->event, "channel",
                    &told->room, err) ||
            !slack_field_id_or_none(callback->json, callback->event, "inviter",
                    &inviter, err))
        return false;
    if (!is_us(callback, user))
        return ignore(callback, "somebody else came or went");
    told->kind = kind;
    told->person = inviter;
    return tell(callback);
}

static bool read_joined(struct callback *callback, struct error *err)
{
    return read_member(callback, EVENT_INVITED, err);
}

static bool read_left(struct callback *callback, struct error *err)
{
    return read_member(callback, EVENT_REMOVED, err);
}

/* The bot was put out, or the channel is no more. */
static bool read_gone(struct callback *callback, struct error *err)
{
    callback->told.kind = EVENT_REMOVED;
    return slack_field_id(callback->json, callback->event, "channel",
                   &callback->told.room, err) &&
            tell(callback);
}

static bool read_moved(struct callback *callback, struct error *err)
{
    struct event *told = &callback->told;

    told->kind = EVENT_MOVED;
    return slack_field_id(callback->json, callback->event, "old_channel_id",
                   &told->room, err) &&
            slack_field_id(callback->json, callback->event, "new_channel_id",
                    &told->target, err) &&
            tell(callback);
}

/* --- the app --- */

static bool read_farewell(struct callback *callback, struct error *err)
{
    (void)err;
    callback->heard->grave = true;
    return ignore(callback,
            "the app was removed from the workspace: install it again and set "
            "its new token, or take the account out of the configuration");
}

/* --- all kinds --- */

static const struct {
    const char *type;
    bool (*read)(struct callback *callback, struct error *err);
} types[] = {
        {"app_mention", read_mention},
        {"message", read_direct},
        {"reaction_added", read_reaction_added},
        {"reaction_removed", read_reaction_removed},
        {"member_joined_channel", read_joined},
        {"member_left_channel", read_left},
        {"channel_left", read_gone},
        {"group_left", read_gone},
        {"channel_deleted", read_gone},
        {"group_deleted", read_gone},
        {"channel_id_changed", read_moved},
        {"app_uninstalled", read_farewell},
        {"tokens_revoked", read_farewell},
};

/* The installation that is told is ours. */
static bool find_bot(const struct json *json,
        const struct slack_event_self *self, const char **bot,
        struct error *err)
{
    const cJSON *list;
    bool is_bot = false;

    *bot = self->user_id;
    if (!json_array_or_none(json, json->root, "authorizations", &list, err))
        return false;
    const cJSON *first = list == NULL ? NULL : list->child;
    if (self->user_id[0] != '\0' || first == NULL)
        return true;
    if (!json_truth_or(json, first, "is_bot", false, &is_bot, err))
        return false;
    return !is_bot || slack_field_id(json, first, "user_id", bot, err);
}

static bool begin(struct callback *callback, const struct json *json,
        const struct slack_event_self *self, struct error *err)
{
    struct event *told = &callback->told;
    int64_t seconds;

    *told = (struct event){.room = "",
            .person = "",
            .text = "",
            .target = "",
            .reply = ""};
    if (!slack_field_event(json, json->root, "event_id", &told->id, err) ||
            !json_integer_or(json, json->root, "event_time", 0, &seconds,
                    err) ||
            !slack_field_object(json, json->root, "event", &callback->event,
                    err) ||
            !find_bot(json, self, &callback->bot, err))
        return false;
    /* Within what a double can hold as a whole number. */
    if (seconds > 0 && seconds < INT64_C(9000000000000))
        told->sent_ms = seconds * 1000;
    return true;
}

bool slack_callback_read(const struct json *payload,
        const struct slack_event_self *self, struct arena *arena,
        struct slack_heard *heard, struct error *err)
{
    struct callback callback = {.json = payload,
            .arena = arena,
            .heard = heard};
    const char *type;

    if (!begin(&callback, payload, self, err) ||
            !json_text(payload, callback.event, "type", &type, err))
        return false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_same(types[i].type, type))
            return types[i].read(&callback, err);
    return ignore(&callback, "events of this type mean nothing to us");
}
