#include "adapters/channels/slack_field.h"

#include "adapters/http_url.h"

#include <string.h>

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

enum {
    TS_MAX_BYTES = 32,
    URL_MAX_BYTES = 1024,
};

/* What a kind of text has to be. */
struct shape {
    bool (*fits)(const char *text);
    const char *right;
};

static bool is_id(const char *text)
{
    size_t length = strspn(text, CAPITALS DIGITS);

    return length > 0 && length <= SLACK_FIELD_ID_MAX_BYTES &&
            text[length] == '\0';
}

static bool is_event(const char *text)
{
    size_t length = strspn(text, CAPITALS SMALL DIGITS "._-");

    return length > 0 && length <= SLACK_FIELD_EVENT_MAX_BYTES &&
            text[length] == '\0';
}

static bool is_ts(const char *text)
{
    size_t seconds = strspn(text, DIGITS);

    if (seconds == 0 || text[seconds] != '.')
        return false;
    size_t rest = strspn(text + seconds + 1, DIGITS);
    return rest > 0 && text[seconds + 1 + rest] == '\0' &&
            seconds + 1 + rest <= TS_MAX_BYTES;
}

static bool is_url(const char *text)
{
    return strlen(text) <= URL_MAX_BYTES && strpbrk(text, " \t\r\n") == NULL &&
            http_url_allowed(text);
}

static const struct shape id_shape = {is_id, "an id such as C0123ABCD"},
                          event_shape = {is_event,
                                  "the id of an event or a trigger"},
                          ts_shape = {is_ts,
                                  "a time stamp such as 1700000000.000100"},
                          url_shape = {is_url, "an https:// address"},
                          key_shape = {is_event, "what the button was given"};

static bool read_text(const struct json *json, const cJSON *object,
        const char *key, const struct shape *shape, const char **value,
        struct error *err)
{
    const char *text;

    if (!json_text(json, object, key, &text, err))
        return false;
    if (!shape->fits(text))
        return json_wrong(json, json_find(object, key), shape->right, err);
    *value = text;
    return true;
}

static bool read_text_or_none(const struct json *json, const cJSON *object,
        const char *key, const struct shape *shape, const char **value,
        struct error *err)
{
    const char *text;

    if (!json_text_or(json, object, key, "", &text, err))
        return false;
    *value = "";
    return text[0] == '\0' || read_text(json, object, key, shape, value, err);
}

bool slack_field_id(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text(json, object, key, &id_shape, value, err);
}

bool slack_field_id_or_none(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text_or_none(json, object, key, &id_shape, value, err);
}

bool slack_field_event(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text(json, object, key, &event_shape, value, err);
}

bool slack_field_key(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text(json, object, key, &key_shape, value, err);
}

bool slack_field_ts(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text(json, object, key, &ts_shape, value, err);
}

bool slack_field_ts_or_none(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text_or_none(json, object, key, &ts_shape, value, err);
}

bool slack_field_url(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err)
{
    return read_text(json, object, key, &url_shape, value, err);
}

bool slack_field_object(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err)
{
    if (!json_object_or_none(json, object, key, value, err))
        return false;
    return *value != NULL ||
            error_set(err, ERROR_INPUT,
                    "%s is missing, an object would be right", key);
}
