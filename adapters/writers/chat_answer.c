#include "adapters/writers/chat_answer.h"

#include "adapters/json.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    BEGINNINGS_MAX = 64 /* looked at: a text of nothing but braces ends */
};

/* --- the object in a text --- */

/* Where the object ends that begins at; NULL if it does not end. */
static const char *object_end(const char *at)
{
    bool quoted = false;
    int depth = 0;

    for (; *at != '\0'; at++) {
        if (quoted && *at == '\\' && at[1] != '\0')
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (!quoted && *at == '{')
            depth++;
        else if (!quoted && *at == '}' && --depth == 0)
            return at + 1;
    }
    return NULL;
}

/* What models think aloud stands before the answer. */
static const char *after_thoughts(const char *content)
{
    static const char mark[] = "</think>";
    const char *end;

    while ((end = strstr(content, mark)) != NULL)
        content = end + sizeof mark - 1;
    return content;
}

/* The first object with one of the names that are asked for. */
static bool find_object(const char *content, struct arena *arena,
        struct json *json)
{
    const char *at = strchr(content, '{');

    for (int tries = 0; at != NULL && tries < BEGINNINGS_MAX;
            tries++, at = strchr(at + 1, '{')) {
        const char *end = object_end(at);
        if (end == NULL)
            continue;
        const char *bytes = arena_string_n(arena, at, (size_t)(end - at));
        if (!json_parse(json, bytes, (size_t)(end - at), CHAT_ANSWER_MAX, NULL))
            continue;
        if (json_find(json->root, "digest") != NULL ||
                json_find(json->root, "title") != NULL)
            return true;
        json_close(json);
    }
    return false;
}

/* --- the note in the object --- */

static bool read_texts(const struct json *json, struct arena *arena,
        struct note *note, struct error *err)
{
    const char *title, *heading, *digest;
    struct error why = {0};

    if (!json_text_or(json, json->root, "title", "", &title, &why) ||
            !json_text_or(json, json->root, "heading", "", &heading, &why) ||
            !json_text(json, json->root, "digest", &digest, &why))
        return error_set(err, ERROR_REJECTED, "the answer's JSON is wrong: %s",
                why.text);
    note->title = text_one_line(arena, title);
    note->heading = text_one_line(arena, heading);
    note->digest = text_one_line(arena, digest);
    return true;
}

/* The beginning, for whoever reads the log. */
static const char *beginning(const char *content, struct arena *arena)
{
    return text_shorten(arena, text_one_line(arena, content), 60);
}

bool chat_answer_note(const char *content, struct arena *arena,
        struct note *note, struct error *err)
{
    struct json json = {0};
    const char *said = after_thoughts(content);

    if (!find_object(said, arena, &json))
        return error_set(err, ERROR_REJECTED,
                "the answer holds no JSON object with title, heading and "
                "digest, but \"%s\"",
                beginning(said, arena));
    bool ok = read_texts(&json, arena, note, err);
    json_close(&json);
    return ok;
}

/* --- the completion around it --- */

static void read_usage(const struct json *json, struct writer_usage *usage)
{
    const cJSON *object = json_find(json->root, "usage");

    if (!json_integer_or(json, object, "prompt_tokens", 0, &usage->units_in,
                NULL) ||
            usage->units_in < 0)
        usage->units_in = 0;
    if (!json_integer_or(json, object, "completion_tokens", 0,
                &usage->units_out, NULL) ||
            usage->units_out < 0)
        usage->units_out = 0;
}

/* A text, or its parts: [{"type":"text","text":"..."}]. */
static const char *content_text(const struct json *json, const cJSON *message,
        struct arena *arena)
{
    const cJSON *content = json_find(message, "content"), *part;
    const char *whole = "", *text;

    if (cJSON_IsString(content))
        return content->valuestring;
    if (!cJSON_IsArray(content))
        return "";
    cJSON_ArrayForEach(part,
            content) if (json_text(json, part, "text", &text, NULL)) whole =
            arena_format(arena, "%s%s", whole, text);
    return whole;
}

static bool refused(const struct json *json, const cJSON *choice,
        struct arena *arena, struct error *err)
{
    const char *refusal, *reason;

    if (!json_text_or(json, json_find(choice, "message"), "refusal", "",
                &refusal, NULL))
        refusal = "";
    if (!json_text_or(json, choice, "finish_reason", "", &reason, NULL))
        reason = "";
    if (*refusal != '\0')
        return !error_set(err, ERROR_REJECTED, "the model refused: %s",
                beginning(refusal, arena));
    if (text_same(reason, "content_filter"))
        return !error_set(err, ERROR_REJECTED,
                "the answer was held back by a content filter");
    if (text_same(reason, "length"))
        return !error_set(err, ERROR_REJECTED,
                "the answer was cut short: it is too long");
    return false;
}

static bool read_choice(const struct json *json, struct arena *arena,
        struct note *note, struct error *err)
{
    const cJSON *choice =
            cJSON_GetArrayItem(json_find(json->root, "choices"), 0);
    const cJSON *message = json_find(choice, "message");

    if (!cJSON_IsObject(message))
        return error_set(err, ERROR_RETRY,
                "the answer is no chat completion: $.choices[0].message is "
                "missing");
    return !refused(json, choice, arena, err) &&
            chat_answer_note(content_text(json, message, arena), arena, note,
                    err);
}

bool chat_answer_read(const char *body, size_t length, struct arena *arena,
        struct note *note, struct writer_usage *usage, struct error *err)
{
    struct json json = {0};
    struct error why = {0};

    if (!json_parse(&json, body, length, CHAT_ANSWER_MAX, &why))
        return error_set(err, ERROR_RETRY,
                "the answer is no chat completion: %s", why.text);
    read_usage(&json, usage);
    bool ok = read_choice(&json, arena, note, err);
    json_close(&json);
    return ok;
}
