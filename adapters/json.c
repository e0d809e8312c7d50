#include "adapters/json.h"

#include "bot/base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    PATH_SIZE = 160,
};

static const double INTEGER_MAX = 9007199254740992.0; /* 2^53 */

/* --- bounds, before cJSON allocates anything --- */

struct scan {
    size_t depth, depth_max, values;
    bool nul;
};

/* Returns the end of the string that begins at at, the closing quote. */
static const char *scan_string(struct scan *scan, const char *at,
        const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at != '\\')
            continue;
        if (end - at > 5 && memcmp(at, "\\u0000", 6) == 0)
            scan->nul = true;
        at++;
    }
    return at;
}

static struct scan scan_bounds(const char *bytes, size_t length)
{
    struct scan scan = {.values = 1};
    const char *end = bytes + length;

    for (const char *at = bytes; at < end; at++) {
        switch (*at) {
        case '"':
            at = scan_string(&scan, at, end);
            break;
        case '[':
        case '{':
            scan.values++;
            if (++scan.depth > scan.depth_max)
                scan.depth_max = scan.depth;
            break;
        case ']':
        case '}':
            scan.depth -= scan.depth > 0;
            break;
        case ',':
            scan.values++;
            break;
        default:
            break;
        }
    }
    return scan;
}

static bool check_bounds(const char *bytes, size_t length, size_t bytes_max,
        struct error *err)
{
    if (length > bytes_max)
        return error_set(err, ERROR_INPUT,
                "the JSON is %zu bytes long, at most %zu are taken", length,
                bytes_max);
    if (!text_is_utf8(bytes, length))
        return error_set(err, ERROR_INPUT, "the JSON is not in UTF-8");
    struct scan scan = scan_bounds(bytes, length);
    if (scan.depth_max > JSON_DEPTH_MAX)
        return error_set(err, ERROR_INPUT,
                "the JSON is nested %zu levels deep, at most %d are taken",
                scan.depth_max, JSON_DEPTH_MAX);
    if (scan.values > JSON_VALUES_MAX)
        return error_set(err, ERROR_INPUT,
                "the JSON holds %zu values, at most %d are taken", scan.values,
                JSON_VALUES_MAX);
    if (scan.nul || memchr(bytes, '\0', length) != NULL)
        return error_set(err, ERROR_INPUT,
                "the JSON holds a NUL character (\\u0000)");
    return true;
}

static size_t blank_prefix(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL)
        at++;
    return at;
}

bool json_parse(struct json *json, const char *bytes, size_t length,
        size_t bytes_max, struct error *err)
{
    assert(bytes[length] == '\0');

    *json = (struct json){0};
    if (!check_bounds(bytes, length, bytes_max, err))
        return false;
    if (blank_prefix(bytes, length) == length)
        return error_set(err, ERROR_INPUT, "empty where JSON was expected");

    /* The NUL is counted in: cJSON 1.7.15 looks one byte past a number that
     * ends the text. */
    const char *stop = bytes;
    json->root = cJSON_ParseWithLengthOpts(bytes, length + 1, &stop, false);
    size_t at = stop == NULL ? 0 : (size_t)(stop - bytes);
    if (json->root == NULL)
        return error_set(err, ERROR_INPUT,
                at >= length ? "the JSON breaks off after %zu bytes"
                             : "no JSON: it stops making sense at byte %zu",
                at >= length ? length : at + 1);
    if (at + blank_prefix(bytes + at, length - at) < length) {
        json_close(json);
        return error_set(err, ERROR_INPUT,
                "no JSON: something follows after its end at byte %zu", at + 1);
    }
    return true;
}

void json_close(struct json *json)
{
    cJSON_Delete(json->root);
    json->root = NULL;
}

/* --- paths, looked for only when there is something to complain of --- */

static bool key_is_plain(const char *key)
{
    if (*key == '\0' || strlen(key) > 40)
        return false;
    return key[strspn(key,
                   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY"
                   "Z0123456789_-")] == '\0';
}

static size_t step_name(const cJSON *parent, const cJSON *child, size_t index,
        char *out)
{
    int written;
    if (cJSON_IsArray(parent))
        written = snprintf(out, PATH_SIZE, "[%zu]", index);
    else if (key_is_plain(child->string))
        written = snprintf(out, PATH_SIZE, ".%s", child->string);
    else
        written = snprintf(out, PATH_SIZE, "[\"%.*s\"]",
                (int)text_prefix_bytes(child->string, 40), child->string);
    return written < 0 ? 0 : (size_t)written;
}

/* Writes the steps from node down to target into out, last step first written,
 * and returns true if target lies below node.  Depth is bounded by json_parse.
 */
static bool find_path(const cJSON *node, const cJSON *target, char *out)
{
    if (node == target)
        return true;

    size_t index = 0;
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        char below[PATH_SIZE] = "";
        if (find_path(child, target, below)) {
            size_t used = step_name(node, child, index, out);
            if (used < PATH_SIZE)
                snprintf(out + used, PATH_SIZE - used, "%s", below);
            return true;
        }
        index++;
    }
    return false;
}

const char *json_what(const cJSON *node)
{
    if (node == NULL)
        return "nothing";
    if (cJSON_IsNull(node))
        return "null";
    if (cJSON_IsBool(node))
        return cJSON_IsTrue(node) ? "true" : "false";
    if (cJSON_IsNumber(node))
        return "a number";
    if (cJSON_IsString(node))
        return node->valuestring[0] == '\0' ? "an empty text" : "text";
    if (cJSON_IsArray(node))
        return node->child == NULL ? "an empty list" : "a list";
    return node->child == NULL ? "an empty object" : "an object";
}

bool json_wrong(const struct json *json, const cJSON *node, const char *right,
        struct error *err)
{
    char path[PATH_SIZE] = "";
    find_path(json->root, node, path);
    return error_set(err, ERROR_INPUT, "$%s is %s, %s would be right", path,
            json_what(node), right);
}

static bool missing(const struct json *json, const cJSON *object,
        const char *key, const char *right, struct error *err)
{
    char path[PATH_SIZE] = "";
    if (object != NULL)
        find_path(json->root, object, path);
    return error_set(err, ERROR_INPUT, "$%s.%s is missing, %s would be right",
            path, key, right);
}

/* --- reads --- */

const cJSON *json_find(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNull(member) ? NULL : member;
}

bool json_item_text(const struct json *json, const cJSON *item,
        const char **value, struct error *err)
{
    if (!cJSON_IsString(item))
        return json_wrong(json, item, "text", err);
    *value = item->valuestring;
    return true;
}

bool json_text(const struct json *json, const cJSON *object, const char *key,
        const char **value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL)
        return missing(json, object, key, "text", err);
    return json_item_text(json, member, value, err);
}

bool json_text_or(const struct json *json, const cJSON *object, const char *key,
        const char *fallback, const char **value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL) {
        *value = fallback;
        return true;
    }
    return json_item_text(json, member, value, err);
}

static bool integer_of(const struct json *json, const cJSON *member,
        int64_t *value, struct error *err)
{
    double number = member->valuedouble;
    bool whole = cJSON_IsNumber(member) && number >= -INTEGER_MAX &&
            number <= INTEGER_MAX && number == (double)(int64_t)number;
    if (!whole)
        return json_wrong(json, member, "a whole number", err);
    *value = (int64_t)number;
    return true;
}

bool json_integer(const struct json *json, const cJSON *object, const char *key,
        int64_t *value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL)
        return missing(json, object, key, "a whole number", err);
    return integer_of(json, member, value, err);
}

bool json_integer_or(const struct json *json, const cJSON *object,
        const char *key, int64_t fallback, int64_t *value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL) {
        *value = fallback;
        return true;
    }
    return integer_of(json, member, value, err);
}

bool json_truth_or(const struct json *json, const cJSON *object,
        const char *key, bool fallback, bool *value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member != NULL && !cJSON_IsBool(member))
        return json_wrong(json, member, "true or false", err);
    *value = member == NULL ? fallback : cJSON_IsTrue(member);
    return true;
}

bool json_array_or_none(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member != NULL && !cJSON_IsArray(member))
        return json_wrong(json, member, "a list", err);
    *value = member;
    return true;
}

bool json_array(const struct json *json, const cJSON *object, const char *key,
        const cJSON **value, struct error *err)
{
    if (json_find(object, key) == NULL)
        return missing(json, object, key, "a list", err);
    return json_array_or_none(json, object, key, value, err);
}

bool json_object_or_none(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err)
{
    const cJSON *member = json_find(object, key);
    if (member != NULL && !cJSON_IsObject(member))
        return json_wrong(json, member, "an object", err);
    *value = member;
    return true;
}

const char *json_print(cJSON *root, struct arena *arena)
{
    char *printed = cJSON_PrintUnformatted(root);
    const char *text = arena_string(arena, printed);

    cJSON_free(printed);
    cJSON_Delete(root);
    return text;
}
