#include "adapters/writers/chat_completion.h"

#include "adapters/http_url.h"
#include "adapters/json.h"
#include "adapters/transport.h"
#include "adapters/writers/chat_answer.h"
#include "adapters/writers/chat_prompt.h"
#include "adapters/writers/writer_call.h"
#include "adapters/writers/writer_setting.h"
#include "bot/base/text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEADLINE_MS = 120 * 1000, /* a small machine thinks long */
};

/* How an answer's form is asked for, the strictest first. */
enum form {
    FORM_SCHEMA,
    FORM_OBJECT,
    FORM_FREE,
};

struct chat {
    struct writer writer; /* first */
    struct http *http;
    struct arena arena;
    struct writer_calls calls;
    const char *url, *authorization, *template;
    const char *temperature, *max_tokens; /* NULL: the endpoint's own */
    struct http_pace pace;
    enum form form; /* the strictest that was not refused yet */
};

static void send(struct chat *chat, struct writer_call *call);

/* --- what is asked --- */

static cJSON *text_schema(void)
{
    cJSON *schema = cJSON_CreateObject();

    cJSON_AddStringToObject(schema, "type", "string");
    return schema;
}

static cJSON *note_schema(void)
{
    static const char *const names[] = {"title", "heading", "digest"};
    cJSON *schema = cJSON_CreateObject();

    cJSON_AddStringToObject(schema, "type", "object");
    cJSON *properties = cJSON_AddObjectToObject(schema, "properties");
    for (size_t i = 0; i < 3; i++)
        cJSON_AddItemToObject(properties, names[i], text_schema());
    cJSON_AddItemToObject(schema, "required",
            cJSON_CreateStringArray(names, 3));
    cJSON_AddBoolToObject(schema, "additionalProperties", false);
    return schema;
}

static void add_form(cJSON *root, enum form form)
{
    if (form == FORM_FREE)
        return;
    cJSON *format = cJSON_AddObjectToObject(root, "response_format");
    cJSON_AddStringToObject(format, "type",
            form == FORM_SCHEMA ? "json_schema" : "json_object");
    if (form != FORM_SCHEMA)
        return;
    cJSON *schema = cJSON_AddObjectToObject(format, "json_schema");
    cJSON_AddStringToObject(schema, "name", "note");
    cJSON_AddBoolToObject(schema, "strict", true);
    cJSON_AddItemToObject(schema, "schema", note_schema());
}

static void add_message(cJSON *messages, const char *role, const char *content)
{
    cJSON *message = cJSON_CreateObject();

    cJSON_AddStringToObject(message, "role", role);
    cJSON_AddStringToObject(message, "content", content);
    cJSON_AddItemToArray(messages, message);
}

static const char *body_of(const struct chat *chat, struct writer_call *call)
{
    struct arena *arena = writer_call_arena(call);
    const struct writer_task *task = writer_call_task(call);
    cJSON *root = cJSON_CreateObject();

    cJSON_AddStringToObject(root, "model", chat->writer.model);
    cJSON *messages = cJSON_AddArrayToObject(root, "messages");
    add_message(messages, "system",
            chat_prompt_rules(arena, chat->template, task->language));
    add_message(messages, "user", chat_prompt_paper(arena, task));
    add_form(root, chat->form);
    if (chat->temperature != NULL)
        cJSON_AddNumberToObject(root, "temperature",
                strtod(chat->temperature, NULL));
    if (chat->max_tokens != NULL)
        cJSON_AddNumberToObject(root, "max_tokens",
                strtod(chat->max_tokens, NULL));
    return json_print(root, arena);
}

/* --- what comes back --- */

/* The endpoint understands all but the form that was asked for. */
static bool refuses_form(const struct http_answer *http)
{
    return (http->status == 400 || http->status == 422) &&
            (strstr(http->body, "response_format") != NULL ||
                    strstr(http->body, "json_schema") != NULL ||
                    strstr(http->body, "json_object") != NULL);
}

static bool read_answer(struct writer_call *call,
        const struct http_answer *http, struct writer_answer *answer,
        struct error *err)
{
    struct chat *chat = (struct chat *)writer_call_writer(call);

    int asked = *writer_call_number(call);
    if (asked != FORM_FREE && refuses_form(http)) {
        /* Another call may have found out before. */
        if (asked == (int)chat->form)
            chat->form++;
        send(chat, call);
        return false;
    }
    if (http->status != 200)
        return writer_call_status_error(http, err);
    return chat_answer_read(http->body, http->body_bytes,
            writer_call_arena(call), &answer->note, &answer->usage, err);
}

/* --- asking --- */

static void send(struct chat *chat, struct writer_call *call)
{
    const char *const headers[] = {"Content-Type: application/json",
            "Accept: application/json", chat->authorization, NULL};
    *writer_call_number(call) = (int)chat->form;
    const char *body = body_of(chat, call);
    const struct http_request request = {.method = "POST",
            .url = chat->url,
            .headers = headers,
            .body = body,
            .body_bytes = strlen(body),
            .deadline_ms = DEADLINE_MS,
            .nearby = true,
            .answer_max = CHAT_ANSWER_MAX,
            .not_before_ms = writer_call_task(call)->not_before_ms,
            .pace = chat->pace};

    writer_call_send(call, chat->http, &request, read_answer);
}

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct chat *chat = (struct chat *)writer;
    struct writer_call *call =
            writer_call_open(&chat->calls, writer, task, done, cookie);

    send(chat, call);
    return writer_call_request(call);
}

/* Whatever it is told to; whether it can is seen by the check. */
static bool speaks(const struct writer *writer, const char *language)
{
    (void)writer, (void)language;
    return true;
}

/* --- the writer --- */

static void chat_close(struct writer *writer)
{
    struct chat *chat = (struct chat *)writer;

    writer_calls_cancel(&chat->calls);
    arena_finish(&chat->arena);
    free(chat);
}

static const struct writer_ops ops = {
        .kind = "chat_completion",
        .write = begin,
        .speaks = speaks,
        .close = chat_close,
};

static const char *own(struct chat *chat, const struct settings *settings,
        const char *key)
{
    const char *value = settings_get(settings, key, NULL);

    return value == NULL ? NULL : arena_string(&chat->arena, value);
}

static struct writer *chat_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    struct chat *chat = calloc(1, sizeof *chat);

    if (chat == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    struct arena *arena = &chat->arena;
    const char *key = settings_get(settings, "key", NULL);
    chat->http = transport->http;
    chat->url = writer_setting_url(arena, settings_get(settings, "url", ""),
            "/chat/completions");
    chat->authorization = key == NULL
            ? NULL
            : arena_format(arena, "Authorization: Bearer %s", key);
    chat->template = own(chat, settings, "prompt");
    chat->temperature = own(chat, settings, "temperature");
    chat->max_tokens = own(chat, settings, "max_tokens");
    chat->writer = (struct writer){.ops = &ops,
            .name = arena_string(arena, settings->name),
            .model = own(chat, settings, "model"),
            .prompt = chat_prompt_version(arena, chat->template)};
    chat->pace = writer_setting_pace(settings, chat->writer.name);
    return &chat->writer;
}

static const char *temperature_flaw(const char *value)
{
    char *end;
    double number = strtod(value, &end);

    return *end == '\0' && number >= 0 && number <= 2 ? NULL
                                                      : "a number from 0 to 2";
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .required = true,
                .help = "where the endpoint is, up to its /v1: "
                        "https://api.example.org/v1 or "
                        "http://localhost:11434/v1",
                .flaw = http_url_nearby_flaw,
        },
        {
                .key = "model",
                .required = true,
                .help = "as the endpoint calls it, such as qwen3:8b; the foot "
                        "line shows it",
        },
        {
                .key = "key",
                .secret = true,
                .help = "the endpoint's key, if it wants one",
                .flaw = writer_setting_key_flaw,
        },
        {
                .key = "prompt",
                .help = "another text in place of the built-in rules",
                .lines = true,
        },
        {
                .key = "temperature",
                .help = "0 to 2; the endpoint's own unless set",
                .flaw = temperature_flaw,
        },
        {
                .key = "max_tokens",
                .help = "of an answer; the endpoint's own unless set",
                .flaw = writer_setting_count_flaw,
        },
        {
                .key = "requests_a_minute",
                .help = "at most so many, evenly spread",
                .flaw = writer_setting_count_flaw,
        },
        {.key = NULL},
};

const struct writer_kind chat_completion_kind = {
        .kind = "chat_completion",
        .keys = keys,
        .open = chat_open,
};
