#include "adapters/dialects/dialect_payload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must_hold(bool added)
{
    if (added)
        return;
    fputs("paperboy: out of memory (JSON of a message)\n", stderr);
    exit(EXIT_FAILURE);
}

cJSON *dialect_payload_object(void)
{
    cJSON *object = cJSON_CreateObject();

    must_hold(object != NULL);
    return object;
}

cJSON *dialect_payload_array(void)
{
    cJSON *array = cJSON_CreateArray();

    must_hold(array != NULL);
    return array;
}

void dialect_payload_string(cJSON *object, const char *name, const char *string)
{
    must_hold(cJSON_AddStringToObject(object, name, string) != NULL);
}

void dialect_payload_bool(cJSON *object, const char *name, bool value)
{
    must_hold(cJSON_AddBoolToObject(object, name, value) != NULL);
}

void dialect_payload_value(cJSON *object, const char *name, cJSON *value)
{
    must_hold(value != NULL && cJSON_AddItemToObject(object, name, value));
}

void dialect_payload_item(cJSON *array, cJSON *value)
{
    must_hold(value != NULL && cJSON_AddItemToArray(array, value));
}

char *dialect_payload_print(struct arena *arena, cJSON *json, bool pretty)
{
    char *printed = pretty ? cJSON_Print(json) : cJSON_PrintUnformatted(json);
    must_hold(printed != NULL);
    char *text = arena_format(arena, "%s%s", printed, pretty ? "\n" : "");

    cJSON_free(printed);
    cJSON_Delete(json);
    return text;
}

size_t dialect_payload_json_bytes(const char *string)
{
    size_t bytes = 0;

    for (; *string != '\0'; string++) {
        unsigned char byte = (unsigned char)*string;
        if (strchr("\"\\\b\f\n\r\t", byte) != NULL)
            bytes += 2;
        else
            bytes += byte < 0x20 ? 6 : 1; /* \u001f */
    }
    return bytes;
}

void dialect_payload_add(struct payload_list *payloads, struct arena *arena,
        const char *bytes)
{
    /* A digest has a handful of payloads: copying them is cheap. */
    struct payload *items =
            arena_array(arena, struct payload, payloads->count + 1);

    for (size_t i = 0; i < payloads->count; i++)
        items[i] = payloads->items[i];
    items[payloads->count] =
            (struct payload){.bytes = bytes, .length = strlen(bytes)};
    payloads->items = items;
    payloads->count++;
}
