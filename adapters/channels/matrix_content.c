/*
 * "Rich replies", "Threading" and "Event replacements" of the client-server API
 * (https://spec.matrix.org/v1.4/client-server-api/).
 */
#include "adapters/channels/matrix_content.h"

#include "adapters/dialects/dialect_payload.h"
#include "adapters/json.h"

#include <string.h>

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *item = json_find(object, key);

    return cJSON_IsString(item) ? item->valuestring : "";
}

/* --- where it belongs --- */

struct matrix_content_place
matrix_content_place_of(const struct outbox_row *row, struct arena *arena)
{
    struct matrix_content_place place = {"", "", ""};
    const char *gap = strchr(row->reply, ' ');

    if (row->verb == OUTBOX_EDIT) {
        place.replace = row->target;
    } else if (row->verb == OUTBOX_SHOW) {
        place.thread = place.before = row->root;
    } else if (row->reply[0] != '$' && row->reply[0] != '\0') {
        return place;
    } else if (gap != NULL) {
        place.thread =
                arena_string_n(arena, row->reply, (size_t)(gap - row->reply));
        place.before = gap + 1;
    } else if (row->reply[0] != '\0') {
        place.before = row->reply;
    } else {
        place.thread = place.before = row->target;
    }
    return place;
}

static cJSON *relation(const struct matrix_content_place *place)
{
    cJSON *relates = dialect_payload_object();

    if (place->replace[0] != '\0') {
        dialect_payload_string(relates, "rel_type", "m.replace");
        dialect_payload_string(relates, "event_id", place->replace);
        return relates;
    }
    if (place->thread[0] != '\0') {
        dialect_payload_string(relates, "rel_type", "m.thread");
        dialect_payload_string(relates, "event_id", place->thread);
        /* Who knows threads shows no reply: it is for those who do not. */
        dialect_payload_bool(relates, "is_falling_back", true);
    }
    cJSON *answered = dialect_payload_object();
    dialect_payload_string(answered, "event_id", place->before);
    dialect_payload_value(relates, "m.in_reply_to", answered);
    return relates;
}

static bool has_relation(const struct matrix_content_place *place)
{
    return place->replace[0] != '\0' || place->thread[0] != '\0' ||
            place->before[0] != '\0';
}

/* --- edits --- */

static void add_starred(cJSON *content, const cJSON *message, const char *key,
        struct arena *arena)
{
    dialect_payload_string(content, key,
            arena_format(arena, "* %s", text_of(message, key)));
}

/* What those show who know no edits, and around it what all others do. */
static cJSON *edit_of(const cJSON *message, bool formatted, struct arena *arena)
{
    cJSON *content = dialect_payload_object();

    dialect_payload_string(content, "msgtype", text_of(message, "msgtype"));
    add_starred(content, message, "body", arena);
    if (formatted && text_of(message, "formatted_body")[0] != '\0') {
        dialect_payload_string(content, "format", text_of(message, "format"));
        add_starred(content, message, "formatted_body", arena);
    }
    dialect_payload_value(content, "m.mentions", dialect_payload_object());
    dialect_payload_value(content, "m.new_content",
            cJSON_Duplicate(message, true));
    return content;
}

/* --- all of it --- */

static const char *finish(cJSON *content, const struct outbox_row *row,
        const struct matrix_content_place *place, struct arena *arena)
{
    if (row->verb == OUTBOX_SHOW)
        dialect_payload_string(content, "url", row->target);
    if (has_relation(place))
        dialect_payload_value(content, "m.relates_to", relation(place));
    dialect_payload_string(content, MATRIX_CONTENT_KEY, row->delivery_key);
    return dialect_payload_print(arena, content, false);
}

/* An edit holds its text twice: the second time only without its form, if it
 * would not fit otherwise. */
static const char *content_of(const cJSON *message,
        const struct outbox_row *row, const struct matrix_content_place *place,
        struct arena *arena)
{
    const char *content;

    if (row->verb != OUTBOX_EDIT)
        return finish(cJSON_Duplicate(message, true), row, place, arena);
    content = finish(edit_of(message, true, arena), row, place, arena);
    if (strlen(content) <= MATRIX_CONTENT_MAX_BYTES)
        return content;
    return finish(edit_of(message, false, arena), row, place, arena);
}

bool matrix_content_make(const struct outbox_row *row,
        const struct matrix_content_place *place, struct arena *arena,
        struct payload *content, struct error *err)
{
    const char *payload =
            arena_string_n(arena, row->payload, row->payload_bytes);
    struct json json = {0};
    const char *bytes = "";

    if (row->verb == OUTBOX_EDIT && place->replace[0] == '\0')
        return error_set(err, ERROR_REJECTED,
                "the message to be changed has no event id");
    if (row->verb == OUTBOX_SHOW && row->target[0] == '\0')
        return error_set(err, ERROR_REJECTED,
                "the picture to be shown was not uploaded");
    bool ok = json_parse(&json, payload, row->payload_bytes,
            MATRIX_CONTENT_MAX_BYTES, err);
    if (ok && !cJSON_IsObject(json.root))
        ok = json_wrong(&json, json.root, "an object", err);
    if (ok)
        bytes = content_of(json.root, row, place, arena);
    json_close(&json);
    if (!ok) {
        if (err != NULL)
            err->kind = ERROR_REJECTED;
        return error_wrap(err, "the message");
    }
    *content = (struct payload){.bytes = bytes, .length = strlen(bytes)};
    if (content->length > MATRIX_CONTENT_MAX_BYTES)
        return error_set(err, ERROR_REJECTED,
                "the message would have %zu bytes, %d is the most",
                content->length, MATRIX_CONTENT_MAX_BYTES);
    return true;
}
