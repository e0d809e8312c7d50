#include "adapters/channels/slack_content.h"

#include "adapters/channels/slack.h"
#include "adapters/dialects/dialect_payload.h"
#include "bot/base/text.h"

enum {
    /* 50 blocks of 3000 characters would be less; more is none of ours. */
    PAYLOAD_MAX_BYTES = 1024 * 1024,
};

static bool place_of_edit(const struct outbox_row *row, struct arena *arena,
        struct slack_content_place *place, struct error *err)
{
    return slack_message_parts(row->target, arena, &place->channel,
                   &place->edited) ||
            error_set(err, ERROR_REJECTED,
                    "the message to be changed was never there");
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

bool slack_content_place_of(const struct outbox_row *row, const char *channel,
        struct arena *arena, struct slack_content_place *place,
        struct error *err)
{
    *place = (struct slack_content_place){.channel = channel,
            .thread = "",
            .edited = ""};
    if (row->verb == OUTBOX_EDIT)
        return place_of_edit(row, arena, place, err);
    if (row->reply_to != 0 || row->target[0] != '\0')
        return place_in_thread(row, arena, place, err);
    return true;
}

static cJSON *metadata_of(const struct outbox_row *row)
{
    cJSON *metadata = dialect_payload_object();
    cJSON *payload = dialect_payload_object();

    dialect_payload_string(payload, SLACK_CONTENT_KEY, row->delivery_key);
    dialect_payload_string(metadata, "event_type", SLACK_CONTENT_EVENT);
    dialect_payload_value(metadata, "event_payload", payload);
    return metadata;
}

/* Without metadata an edit leaves what the message has. */
static const char *body_of(const cJSON *message, const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena)
{
    cJSON *body = cJSON_Duplicate(message, true);

    dialect_payload_string(body, "channel", place->channel);
    if (place->edited[0] != '\0')
        dialect_payload_string(body, "ts", place->edited);
    else
        dialect_payload_value(body, "metadata", metadata_of(row));
    if (place->thread[0] != '\0')
        dialect_payload_string(body, "thread_ts", place->thread);
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
