#include "adapters/channels/matrix_event.h"

#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_words.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    OLD_MS = 3600 * 1000, /* older than that at the start is not answered */
};

const char *matrix_event_text(const cJSON *object, const char *key)
{
    const cJSON *item = json_find(object, key);

    return cJSON_IsString(item) ? item->valuestring : "";
}

static bool is_id(const char *id, char sigil)
{
    size_t length = strlen(id);

    return id[0] == sigil && length > 1 && length <= MATRIX_ID_MAX_BYTES &&
            strpbrk(id, " \t\r\n") == NULL;
}

bool matrix_event_parse(const cJSON *json, struct matrix_event *event)
{
    const cJSON *state_key = json_find(json, "state_key");
    const cJSON *sent = json_find(json, "origin_server_ts");
    const cJSON *content = json_find(json, "content");

    *event = (struct matrix_event){.json = json,
            .content = cJSON_IsObject(content) ? content : NULL,
            .id = matrix_event_text(json, "event_id"),
            .type = matrix_event_text(json, "type"),
            .sender = matrix_event_text(json, "sender"),
            .state_key =
                    cJSON_IsString(state_key) ? state_key->valuestring : NULL};
    /* Within what a double can hold as a whole number. */
    if (cJSON_IsNumber(sent) && sent->valuedouble > 0 &&
            sent->valuedouble < 9e15)
        event->sent_ms = (int64_t)sent->valuedouble;
    return is_id(event->id, '$') && is_id(event->sender, '@') &&
            event->type[0] != '\0';
}

/* --- messages --- */

/* The part of a message that says something: an edit has it one level down. */
struct message {
    const cJSON *content;
    const char *thread; /* root; "" for none */
    const char *edited; /* what is replaced; "" for none */
    bool reply;
};

static bool read_message(const struct matrix_event *event,
        struct message *message)
{
    const cJSON *relates = json_find(event->content, "m.relates_to");
    const char *kind = matrix_event_text(relates, "rel_type");
    const char *other = matrix_event_text(relates, "event_id");

    *message = (struct message){.content = event->content,
            .thread = "",
            .edited = "",
            .reply = json_find(relates, "m.in_reply_to") != NULL};
    if (text_same(kind, "m.thread") && is_id(other, '$'))
        message->thread = other;
    if (text_same(kind, "m.replace")) {
        message->content = json_find(event->content, "m.new_content");
        message->edited = other;
        message->reply = false;
        return is_id(other, '$');
    }
    return true;
}

static bool mentions(const cJSON *content, const char *user_id)
{
    const cJSON *users =
            json_find(json_find(content, "m.mentions"), "user_ids");
    const cJSON *user;

    if (!cJSON_IsArray(users))
        return false;
    cJSON_ArrayForEach(user, users)
    {
        if (cJSON_IsString(user) && text_same(user->valuestring, user_id))
            return true;
    }
    return false;
}

static const char *asked_by(struct matrix *matrix, const char *room_id,
        const struct message *message, struct arena *arena)
{
    const char *user_id = matrix->session.user_id;
    const struct matrix_words words =
            {.body = matrix_event_text(message->content, "body"),
                    .formatted = matrix_event_text(message->content,
                            "formatted_body"),
                    .reply = message->reply,
                    .mentions = mentions(message->content, user_id)};
    const struct matrix_words_self self = {.user_id = user_id,
            .display_name = matrix->listening.display_name};

    /* Notices are what bots say: two of them must not talk for ever. */
    if (!text_same(matrix_event_text(message->content, "msgtype"), "m.text") ||
            words.body[0] == '\0')
        return NULL;
    return matrix_words_asked(arena, &words, &self,
            matrix_room_is_direct(matrix, room_id));
}

static bool read_command(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    struct message message;

    if (event->sent_ms < matrix->listening.begun_ms - OLD_MS ||
            !read_message(event, &message))
        return false;
    told->text = asked_by(matrix, room_id, &message, arena);
    told->kind = message.edited[0] != '\0' ? EVENT_COMMAND_EDIT : EVENT_COMMAND;
    told->target = message.edited;
    if (message.thread[0] != '\0')
        told->reply = arena_format(arena, "%s %s", message.thread, event->id);
    else
        told->reply = message.edited[0] != '\0' ? message.edited : event->id;
    return told->text != NULL;
}

/* --- reactions --- */

static bool read_reaction(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    const cJSON *relates = json_find(event->content, "m.relates_to");

    (void)room_id;
    (void)arena;
    told->kind = EVENT_REACTION;
    told->target = matrix_event_text(relates, "event_id");
    told->text = matrix_event_text(relates, "key");
    if (!text_same(matrix_event_text(relates, "rel_type"), "m.annotation") ||
            !is_id(told->target, '$') || told->text[0] == '\0' ||
            strlen(told->text) > MATRIX_REACTION_KEY_MAX_BYTES ||
            strpbrk(told->text, "\r\n") != NULL)
        return false;
    const struct matrix_reaction reaction = {.id = event->id,
            .target = told->target,
            .key = told->text,
            .person = event->sender};
    matrix_reaction_add(matrix, &reaction);
    return true;
}

/* Its place moved into the content with room version 11. */
static const char *redacted_by(const struct matrix_event *event)
{
    const char *id = matrix_event_text(event->content, "redacts");

    return id[0] != '\0' ? id : matrix_event_text(event->json, "redacts");
}

/* A moderator may take back what another has put there. */
static bool read_redaction(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    struct matrix_reaction reaction;

    (void)room_id;
    if (!matrix_reaction_find(matrix, redacted_by(event), arena, &reaction))
        return false;
    told->kind = EVENT_REACTION_GONE;
    told->person = reaction.person;
    told->text = reaction.key;
    told->target = reaction.target;
    if (reaction.person[0] == '\0')
        told->reply = reaction.id;
    return true;
}

/* --- encrypted --- */

static bool note_encrypted(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    (void)event;
    (void)arena;
    (void)told;
    matrix->listening.batch->unreadable++;
    matrix_encryption_heard(matrix, room_id);
    return false;
}

/* Somebody wrote a command in clear into a room that is encrypted. */
static bool read_heard(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    if (!read_command(matrix, room_id, event, arena, told))
        return false;
    if (!matrix_encryption_is_deaf(matrix, room_id))
        return true;
    log_info("a command in an encrypted matrix room is not heard",
            log_text("account", matrix->account.name),
            log_text("room", told->room));
    matrix_encryption_heard(matrix, room_id);
    return false;
}

/* --- all kinds --- */

static const struct {
    const char *type;
    bool (*read)(struct matrix *matrix, const char *room_id,
            const struct matrix_event *event, struct arena *arena,
            struct event *told);
} kinds[] = {
        {"m.room.message", read_heard},
        {"m.reaction", read_reaction},
        {"m.room.redaction", read_redaction},
        {"m.room.encrypted", note_encrypted},
};

bool matrix_event_read(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told)
{
    *told = (struct event){.id = event->id,
            .room = matrix_room_name(matrix, room_id),
            .person = event->sender,
            .text = "",
            .target = "",
            .reply = "",
            .sent_ms = event->sent_ms};
    if (text_same(event->sender, matrix->session.user_id))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_same(kinds[i].type, event->type))
            return kinds[i].read(matrix, room_id, event, arena, told);
    return false;
}
