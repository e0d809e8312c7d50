#include "adapters/writers/deepl.h"

#include "adapters/http_url.h"
#include "adapters/json.h"
#include "adapters/transport.h"
#include "adapters/writers/translated.h"
#include "adapters/writers/writer_call.h"
#include "adapters/writers/writer_setting.h"
#include "bot/base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEADLINE_MS = 60 * 1000,
    ANSWER_MAX = 64 * 1024,
};

struct deepl {
    struct writer writer; /* first */
    struct http *http;
    struct arena arena;
    struct writer_calls calls;
    const char *url, *authorization;
    struct http_pace pace;
};

/* --- asking --- */

/* "zh" is "ZH", which is simplified; "pt-br" is "PT-BR". */
static const char *target_of(const char *language, struct arena *arena)
{
    char *target = arena_string(arena, language);

    for (char *at = target; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return target;
}

static const char *body_of(struct writer_call *call)
{
    struct arena *arena = writer_call_arena(call);
    const struct writer_task *task = writer_call_task(call);
    const struct translated_texts texts =
            translated_texts_of(task->paper, arena);
    cJSON *root = cJSON_CreateObject();

    translated_add(root, "text", &texts);
    cJSON_AddStringToObject(root, "source_lang", "EN");
    cJSON_AddStringToObject(root, "target_lang",
            target_of(task->language, arena));
    char *printed = cJSON_PrintUnformatted(root);
    const char *body = arena_string(arena, printed);
    cJSON_free(printed);
    cJSON_Delete(root);
    return body;
}

/* --- what comes back --- */

static bool text_at(const struct json *json, const cJSON *list, int place,
        const char **text, struct error *err)
{
    const cJSON *item = cJSON_GetArrayItem(list, place);

    if (cJSON_IsObject(item))
        return json_text(json, item, "text", text, err);
    return error_set(err, ERROR_INPUT, "$.translations[%d] is missing", place);
}

static bool read_translations(const struct http_answer *http,
        struct arena *arena, struct note *note, struct error *err)
{
    struct json json = {0};
    const cJSON *list = NULL;
    const char *title = "", *digest = "";
    bool ok =
            json_parse(&json, http->body, http->body_bytes, ANSWER_MAX, err) &&
            json_array(&json, json.root, "translations", &list, err) &&
            text_at(&json, list, 0, &title, err) &&
            text_at(&json, list, 1, &digest, err);

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
    return error_set(err, ERROR_RETRY, "the answer is none of DeepL's: %s",
            why.text);
}

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct deepl *deepl = (struct deepl *)writer;
    struct writer_call *call =
            writer_call_open(&deepl->calls, writer, task, done, cookie);
    const char *const headers[] = {"Content-Type: application/json",
            deepl->authorization, NULL};
    const char *body = body_of(call);
    const struct http_request request = {.method = "POST",
            .url = deepl->url,
            .headers = headers,
            .body = body,
            .body_bytes = strlen(body),
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX,
            .not_before_ms = task->not_before_ms,
            .pace = deepl->pace};

    writer_call_send(call, deepl->http, &request, read_answer);
    return writer_call_request(call);
}

/* Papers are in English: there is nothing to translate into that. */
static bool speaks(const struct writer *writer, const char *language)
{
    (void)writer;
    return !text_same(language, "en");
}

/* --- the writer --- */

static void deepl_close(struct writer *writer)
{
    struct deepl *deepl = (struct deepl *)writer;

    writer_calls_cancel(&deepl->calls);
    arena_finish(&deepl->arena);
    free(deepl);
}

static const struct writer_ops ops = {
        .kind = "deepl",
        .write = begin,
        .speaks = speaks,
        .close = deepl_close,
};

static const char *host_of(const char *key)
{
    static const char mark[] = ":fx";
    size_t length = strlen(key);

    return length >= sizeof mark - 1 &&
                    text_same(key + length - (sizeof mark - 1), mark)
            ? "https://api-free.deepl.com"
            : "https://api.deepl.com";
}

static struct writer *deepl_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    struct deepl *deepl = calloc(1, sizeof *deepl);

    if (deepl == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    struct arena *arena = &deepl->arena;
    const char *key = settings_get(settings, "key", "");
    deepl->http = transport->http;
    deepl->url = writer_setting_url(arena,
            settings_get(settings, "url", host_of(key)), "/v2/translate");
    deepl->authorization =
            arena_format(arena, "Authorization: DeepL-Auth-Key %s", key);
    deepl->writer = (struct writer){.ops = &ops,
            .name = arena_string(arena, settings->name),
            .model = "DeepL",
            .prompt = "1"};
    deepl->pace = writer_setting_pace(settings, deepl->writer.name);
    return &deepl->writer;
}

static const struct setting_spec keys[] = {
        {
                .key = "key",
                .required = true,
                .secret = true,
                .help = "DeepL's authentication key for its API",
                .flaw = writer_setting_key_flaw,
        },
        {
                .key = "url",
                .help = "another host than the key's own",
                .flaw = http_url_flaw,
        },
        {
                .key = "requests_a_minute",
                .help = "at most so many, evenly spread",
                .flaw = writer_setting_count_flaw,
        },
        {.key = NULL},
};

const struct writer_kind deepl_kind = {
        .kind = "deepl",
        .keys = keys,
        .open = deepl_open,
};
