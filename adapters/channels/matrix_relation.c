#include "adapters/channels/matrix_relation.h"

#include "adapters/json.h"

#include <string.h>

enum {
    CONTENT_MAX_BYTES = 256 * 1024,
};

/* An answer in a thread also stands as a reply, for clients without threads:
 * "is_falling_back" says that the thread is what is meant. */
static cJSON *relation(struct arena *arena, const char *reply)
{
    const char *gap = strchr(reply, ' ');
    const char *event = gap != NULL ? gap + 1 : reply;
    cJSON *relates = cJSON_CreateObject();

    if (gap != NULL) {
        cJSON_AddStringToObject(relates, "rel_type", "m.thread");
        cJSON_AddStringToObject(relates, "event_id",
                arena_string_n(arena, reply, (size_t)(gap - reply)));
        cJSON_AddTrueToObject(relates, "is_falling_back");
    }
    cJSON *to = cJSON_AddObjectToObject(relates, "m.in_reply_to");
    cJSON_AddStringToObject(to, "event_id", event);
    return relates;
}

const char *matrix_relation_reply(struct arena *arena, const char *content,
        size_t bytes, const char *reply)
{
    const char *whole = arena_string_n(arena, content, bytes);
    struct json json = {0};
    char *text = NULL;

    if (reply[0] == '$' &&
            json_parse(&json, whole, bytes, CONTENT_MAX_BYTES, NULL) &&
            cJSON_IsObject(json.root) &&
            json_find(json.root, "m.relates_to") == NULL) {
        cJSON_AddItemToObject(json.root, "m.relates_to",
                relation(arena, reply));
        text = cJSON_PrintUnformatted(json.root);
    }
    if (text != NULL)
        whole = arena_string(arena, text);
    cJSON_free(text);
    json_close(&json);
    return whole;
}
