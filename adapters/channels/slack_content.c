#include "adapters/channels/slack_content.h"

#include "adapters/channels/slack.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/slack_actions.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    /* 50 blocks of 3000 characters would be less; more is none of ours. */
    PAYLOAD_MAX_BYTES = 1024 * 1024,
};

/* --- the place --- */

static bool place_of_edit(const struct outbox_row *row, struct arena *arena,
        struct slack_content_place *place, struct error *err)
{
    place->method = SLACK_CONTENT_UPDATE;
    return slack_message_parts(row->target, arena, &place->channel,
                   &place->ts) ||
            error_set(err, ERROR_REJECTED,
                    "the message to be changed was never there for all");
}

/* The root of a digest's thread went to the same channel before. */
static bool place_in_thread(const struct outbox_row *row, struct arena *arena,
        struct slack_content_place *place, struct error *err)
{
    return slack_message_parts(row->target, arena, &place->channel,
                   &place->thread) ||
            error_set(err, ERROR_REJECTED,
                    "the head of the thread was never there");
}

static void place_answer(const struct outbox_row *row,
        const struct slack_answer *answer, struct slack_content_place *place)
{
    bool alone = answer->way == SLACK_ANSWER_URL || row->person[0] != '\0';

    place->thread = answer->ts;
    place->sharer = answer->way == SLACK_ANSWER_SHARED ? answer->person : "";
    place->sharable = answer->way == SLACK_ANSWER_URL && row->person[0] == '\0';
    if (!alone)
        return;
    place->method = SLACK_CONTENT_EPHEMERAL;
    place->user = row->person[0] != '\0' ? row->person : answer->person;
}

bool slack_content_place_of(const struct outbox_row *row,
        const struct slack_answer *answer, const char *channel,
        struct arena *arena, struct slack_content_place *place,
        struct error *err)
{
    *place = (struct slack_content_place){.channel = channel,
            .ts = "",
            .thread = "",
            .user = "",
            .sharer = ""};
    if (row->verb == OUTBOX_EDIT)
        return place_of_edit(row, arena, place, err);
    if (answer->way != SLACK_ANSWER_ROOM) {
        place_answer(row, answer, place);
        return true;
    }
    if (row->reply_to != 0 || row->target[0] != '\0')
        return place_in_thread(row, arena, place, err);
    return true;
}

/* --- the share button --- */

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *value = json_find(object, key);

    return cJSON_IsString(value) ? value->valuestring : "";
}

/* The block with the share button, NULL if there is none. */
static cJSON *answer_block(const cJSON *body)
{
    cJSON *block;

    cJSON_ArrayForEach(block, json_find(body, "blocks"))
    {
        if (text_starts(text_of(block, "block_id"), SLACK_ACTIONS_ANSWER))
            return block;
    }
    return NULL;
}

static cJSON *share_button(const cJSON *block)
{
    cJSON *element;

    cJSON_ArrayForEach(element, json_find(block, "elements"))
    {
        if (text_same(text_of(element, "action_id"), SLACK_ACTIONS_SHARE))
            return element;
    }
    return NULL;
}

/* With its block, if nothing else is in that. */
static void drop_button(cJSON *body, cJSON *block)
{
    cJSON *elements = cJSON_GetObjectItemCaseSensitive(block, "elements");

    cJSON_Delete(cJSON_DetachItemViaPointer(elements, share_button(block)));
    if (cJSON_GetArraySize(elements) == 0)
        cJSON_Delete(cJSON_DetachItemViaPointer(
                cJSON_GetObjectItemCaseSensitive(body, "blocks"), block));
}

static void add_sharer(cJSON *body, const char *sharer, bool chinese,
        struct arena *arena)
{
    cJSON *context = dialect_payload_object();
    cJSON *elements = dialect_payload_array();
    cJSON *text = dialect_payload_object();

    dialect_payload_string(text, "type", "mrkdwn");
    dialect_payload_string(text, "text",
            arena_format(arena, chinese ? "由 <@%s> 分享" : "Shared by <@%s>",
                    sharer));
    dialect_payload_item(elements, text);
    dialect_payload_string(context, "type", "context");
    dialect_payload_value(context, "elements", elements);
    dialect_payload_item(cJSON_GetObjectItemCaseSensitive(body, "blocks"),
            context);
}

static void settle_sharing(cJSON *body, const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena)
{
    cJSON *block = answer_block(body);
    cJSON *button = share_button(block);

    if (button == NULL)
        return;
    bool chinese =
            text_starts(text_of(block, "block_id"), SLACK_ACTIONS_ANSWER "zh");
    if (place->sharable) {
        dialect_payload_string(button, "value", row->delivery_key);
        return;
    }
    drop_button(body, block);
    if (place->sharer[0] != '\0')
        add_sharer(body, place->sharer, chinese, arena);
}

/* --- the body --- */

static cJSON *metadata_of(const struct outbox_row *row)
{
    cJSON *metadata = dialect_payload_object();
    cJSON *payload = dialect_payload_object();

    dialect_payload_string(payload, SLACK_CONTENT_KEY, row->delivery_key);
    dialect_payload_string(metadata, "event_type", SLACK_CONTENT_EVENT);
    dialect_payload_value(metadata, "event_payload", payload);
    return metadata;
}

static void add_if_any(cJSON *body, const char *key, const char *value)
{
    if (value[0] != '\0')
        dialect_payload_string(body, key, value);
}

/* Without metadata an edit leaves what the message has.  Only a message for all
 * can unfold links. */
static void add_of_method(cJSON *body, const struct outbox_row *row,
        const struct slack_content_place *place)
{
    if (place->method == SLACK_CONTENT_POST) {
        dialect_payload_value(body, "metadata", metadata_of(row));
        return;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(body, "unfurl_links");
    cJSON_DeleteItemFromObjectCaseSensitive(body, "unfurl_media");
    if (place->method == SLACK_CONTENT_URL) {
        dialect_payload_string(body, "response_type", "ephemeral");
        dialect_payload_bool(body, "replace_original", false);
    }
}

static const char *body_of(const cJSON *message, const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena)
{
    cJSON *body = cJSON_Duplicate(message, true);

    settle_sharing(body, row, place, arena);
    add_if_any(body, "channel", place->channel);
    add_if_any(body, "ts", place->ts);
    add_if_any(body, "user", place->user);
    add_if_any(body, "thread_ts", place->thread);
    add_of_method(body, row, place);
    return dialect_payload_print(arena, body, false);
}

bool slack_content_make(const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena,
        const char **body, struct error *err)
{
    const char *payload =
            arena_string_n(arena, row->payload, row->payload_bytes);
    struct json json = {0};

    bool ok = json_parse(&json, payload, row->payload_bytes, PAYLOAD_MAX_BYTES,
            err);
    if (ok && !cJSON_IsObject(json.root))
        ok = json_wrong(&json, json.root, "an object", err);
    if (ok)
        *body = body_of(json.root, row, place, arena);
    json_close(&json);
    if (!ok && err != NULL)
        err->kind = ERROR_REJECTED;
    return ok || error_wrap(err, "the message");
}
