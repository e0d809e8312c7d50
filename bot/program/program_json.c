#include "bot/program/program_json.h"

#include "bot/base/arena.h"
#include "bot/base/json_text.h"

#include <inttypes.h>
#include <stddef.h>

static void quote(FILE *out, const char *string)
{
    struct arena arena = {0};
    struct text quoted;

    text_init(&quoted, &arena, SIZE_MAX / 2);
    json_text_add(&quoted, string);
    fputs(text_string(&quoted), out);
    arena_finish(&arena);
}

static void begin(struct program_json *json, const char *key)
{
    if (json->comma)
        fputc(',', json->out);
    if (key != NULL) {
        quote(json->out, key);
        fputc(':', json->out);
    }
}

static void end(struct program_json *json)
{
    json->comma = json->depth > 0;
    if (json->depth == 0)
        fputc('\n', json->out);
}

void program_json_open(struct program_json *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->out);
    json->depth++;
    json->comma = false;
}

void program_json_close(struct program_json *json, char bracket)
{
    fputc(bracket, json->out);
    json->depth--;
    end(json);
}

void program_json_string(struct program_json *json, const char *key,
        const char *value)
{
    begin(json, key);
    quote(json->out, value);
    end(json);
}

void program_json_number(struct program_json *json, const char *key,
        int64_t value)
{
    begin(json, key);
    fprintf(json->out, "%" PRId64, value);
    end(json);
}

void program_json_bool(struct program_json *json, const char *key, bool value)
{
    begin(json, key);
    fputs(value ? "true" : "false", json->out);
    end(json);
}

void program_json_null(struct program_json *json, const char *key)
{
    begin(json, key);
    fputs("null", json->out);
    end(json);
}
