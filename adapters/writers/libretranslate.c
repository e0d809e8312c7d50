#include "adapters/writers/libretranslate.h"

#include "adapters/http_url.h"
#include "adapters/json.h"
#include "adapters/transport.h"
#include "adapters/writers/translated.h"
#include "adapters/writers/writer_call.h"
#include "adapters/writers/writer_setting.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEADLINE_MS = 60 * 1000,
    ANSWER_MAX = 64 * 1024,
};

struct libre {
    struct writer writer; /* first */
    struct http *http;
    struct arena arena;
    struct writer_calls calls;
    const char *url, *key; /* NULL: it wants none */
    struct http_pace pace;
};

/* --- asking --- */

static const char *body_of(const struct libre *libre, struct writer_call *call)
{
    struct arena *arena = writer_call_arena(call);
    const struct writer_task *task = writer_call_task(call);
    const struct translated_texts texts =
            translated_texts_of(task->paper, arena);
    cJSON *root = cJSON_CreateObject();

    translated_add(root, "q", &texts);
    cJSON_AddStringToObject(root, "source", "en");
    cJSON_AddStringToObject(root, "target", task->language);
    cJSON_AddStringToObject(root, "format", "text");
    if (libre->key != NULL)
        cJSON_AddStringToObject(root, "api_key", libre->key);
    char *printed = cJSON_PrintUnformatted(root);
    const char *body = arena_string(arena, printed);
    cJSON_free(printed);
    cJSON_Delete(root);
    return body;
}

/* --- what comes back --- */

static bool read_translations(const struct http_answer *http,
        struct arena *arena, struct note *note, struct error *err)
{
    struct json json = {0};
    const cJSON *list = NULL;
    const char *title = "", *digest = "";
    bool ok =
            json_parse(&json, http->body, http->body_bytes, ANSWER_MAX, err) &&
            json_array(&json, json.root, "translatedText", &list, err) &&
            json_item_text(&json, cJSON_GetArrayItem(list, 0), &title, err) &&
            json_item_text(&json, cJSON_GetArrayItem(list, 1), &digest, err);

    if (ok)
        *note = translated_note(title, digest, arena);
    json_close(&json);
    return ok;
}

static bool read_answer(struct writer_call *call,
        const struct http_answer *http, struct writer_answer *answer,
        struct error *err)
{
    struct arena *arena = writer_call_arena(call);
    struct error why = {0};

    if (http->status != 200)
        return writer_call_status_error(http, err);
    answer->usage.units_in =
            translated_texts_of(writer_call_task(call)->paper, arena)
                    .characters;
    if (read_translations(http, arena, &answer->note, &why))
        return true;
    return error_set(err, ERROR_RETRY,
            "the answer is none of LibreTranslate's: %s", why.text);
}

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct libre *libre = (struct libre *)writer;
    struct writer_call *call =
            writer_call_open(&libre->calls, writer, task, done, cookie);
    static const char *const headers[] = {"Content-Type: application/json",
            NULL};
    const char *body = body_of(libre, call);
    const struct http_request request = {.method = "POST",
            .url = libre->url,
            .headers = headers,
            .body = body,
            .body_bytes = strlen(body),
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX,
            .not_before_ms = task->not_before_ms,
            .pace = libre->pace};

    writer_call_send(call, libre->http, &request, read_answer);
    return writer_call_request(call);
}

/* Papers are in English: there is nothing to translate into that. */
static bool speaks(const struct writer *writer, const char *language)
{
    (void)writer;
    return !text_same(language, "en");
}

/* --- the writer --- */

static void libre_close(struct writer *writer)
{
    struct libre *libre = (struct libre *)writer;

    writer_calls_cancel(&libre->calls);
    arena_finish(&libre->arena);
    free(libre);
}

static const struct writer_ops ops = {
        .kind = "libretranslate",
        .write = begin,
        .speaks = speaks,
        .close = libre_close,
};

static struct writer *libre_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    struct libre *libre = calloc(1, sizeof *libre);

    if (libre == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    struct arena *arena = &libre->arena;
    const char *key = settings_get(settings, "key", NULL);
    libre->http = transport->http;
    libre->url = writer_setting_url(arena, settings_get(settings, "url", ""),
            "/translate");
    libre->key = key == NULL ? NULL : arena_string(arena, key);
    libre->writer = (struct writer){.ops = &ops,
            .name = arena_string(arena, settings->name),
            .model = "LibreTranslate",
            .prompt = "1"};
    libre->pace = writer_setting_pace(settings, libre->writer.name);
    return &libre->writer;
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .required = true,
                .help = "where the server is: http://localhost:5000",
                .flaw = http_url_flaw,
        },
        {
                .key = "key",
                .secret = true,
                .help = "the server's API key, if it wants one",
        },
        {
                .key = "requests_a_minute",
                .help = "at most so many, evenly spread",
                .flaw = writer_setting_count_flaw,
        },
        {.key = NULL},
};

const struct writer_kind libretranslate_kind = {
        .kind = "libretranslate",
        .keys = keys,
        .open = libre_open,
};
