/*
 * json.h - typed reads from cJSON, where an error names the path.
 *
 * A document from outside is bounded before cJSON sees it: bytes, nesting and
 * the number of values.  Reads say what they want; what is there instead is
 * told as "$.channels[3].id is a number, text would be right".  Strings stay
 * in the document and are valid UTF-8.  Writing goes through cJSON_Add* alone.
 */
#ifndef ADAPTERS_JSON_H
#define ADAPTERS_JSON_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    JSON_DEPTH_MAX = 64,       /* arrays and objects in one another */
    JSON_VALUES_MAX = 1000000, /* of any kind; about 64 bytes each */
};

struct json {
    cJSON *root; /* NULL when closed */
};

/*
 * Parses the whole of bytes, which must be followed by a NUL (at bytes[length])
 * and is not kept.  ERROR_INPUT if it is longer than bytes_max, nested deeper
 * than JSON_DEPTH_MAX, no UTF-8, no JSON, holds an escaped NUL (\u0000, which
 * would cut a string short), or goes on after its value.  Of a key that comes
 * twice in one object the first counts.
 */
bool json_parse(struct json *json, const char *bytes, size_t length,
        size_t bytes_max, struct error *err);

/* Frees the document and all that was read from it; a zeroed one is fine. */
void json_close(struct json *json);

/* The member of that very name (letter case counts); NULL if there is none, if
 * it is null, or if object is NULL or no object. */
const cJSON *json_find(const cJSON *object, const char *key);

/*
 * Reads of one member.  A missing or null one gives the fallback, or for those
 * without one an error; a member of another type is always an error.  Errors
 * are ERROR_INPUT; *value is left alone then.
 */
bool json_text(const struct json *json, const cJSON *object, const char *key,
        const char **value, struct error *err);
bool json_text_or(const struct json *json, const cJSON *object, const char *key,
        const char *fallback, const char **value, struct error *err);
/* Whole numbers up to 2^53 either way. */
bool json_integer(const struct json *json, const cJSON *object, const char *key,
        int64_t *value, struct error *err);
bool json_integer_or(const struct json *json, const cJSON *object,
        const char *key, int64_t fallback, int64_t *value, struct error *err);
bool json_truth_or(const struct json *json, const cJSON *object,
        const char *key, bool fallback, bool *value, struct error *err);
bool json_array(const struct json *json, const cJSON *object, const char *key,
        const cJSON **value, struct error *err);
/* *value is NULL where there is none: cJSON_ArrayForEach goes over it. */
bool json_array_or_none(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err);
bool json_object_or_none(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err);

/* The text of an array's element. */
bool json_item_text(const struct json *json, const cJSON *item,
        const char **value, struct error *err);

/*
 * Says that a value of the document is not what was expected: "$.a[1] is a
 * number, RIGHT would be right".  Always returns false.
 */
bool json_wrong(const struct json *json, const cJSON *node, const char *right,
        struct error *err);

/* What was put together as a text in the arena, without spaces; root is deleted. */
const char *json_print(cJSON *root, struct arena *arena);

/* What a value is, for messages: "a number", "an empty object"; "nothing" for
 * NULL. */
const char *json_what(const cJSON *node);

#endif
