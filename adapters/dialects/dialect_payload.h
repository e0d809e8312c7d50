/*
 * dialect_payload.h - finished payloads, and JSON that cannot lose a field.
 *
 * cJSON answers an add with NULL when memory is out, and a message would go out
 * without that field.  These end the process instead, as the arena does.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_PAYLOAD_H
#define ADAPTERS_DIALECTS_DIALECT_PAYLOAD_H

#include "bot/base/arena.h"
#include "bot/model/outbox.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* A new object or array, owned by the caller. */
cJSON *dialect_payload_object(void);
cJSON *dialect_payload_array(void);

/* Adds to an object; the string is copied. */
void dialect_payload_string(cJSON *object, const char *name,
        const char *string);
void dialect_payload_bool(cJSON *object, const char *name, bool value);
/* value is owned by the object from here on. */
void dialect_payload_value(cJSON *object, const char *name, cJSON *value);
/* Adds to an array, which owns value from here on. */
void dialect_payload_item(cJSON *array, cJSON *value);

/* The JSON as text in the arena; frees json.  pretty: over several lines, with
 * a line end after the last. */
char *dialect_payload_print(struct arena *arena, cJSON *json, bool pretty);

/* Bytes that cJSON writes for a string between its quotes. */
size_t dialect_payload_json_bytes(const char *string);

/* Appends a payload whose bytes are borrowed from the arena. */
void dialect_payload_add(struct payload_list *payloads, struct arena *arena,
        const char *bytes);

#endif
