#include "adapters/writers/translator.h"

#include "adapters/json.h"
#include "adapters/transport.h"
#include "adapters/writers/extractive_choice.h"
#include "adapters/writers/writer_call.h"
#include "adapters/writers/writer_setting.h"
#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEADLINE_MS = 60 * 1000,
    ANSWER_MAX = 64 * 1024,
    /* 45 English words are some 90 to 110 Chinese characters: a brief digest's
     * bound is 120. */
    WORDS = 45,
};

struct translator {
    struct writer writer; /* first */
    const struct translator_service *service;
    struct http *http;
    struct arena arena;
    struct writer_calls calls;
    const char *url;
    const char *key, *header; /* NULL: none goes there */
    struct http_pace pace;
};

/* --- asking --- */

/* What is translated of a paper. */
struct originals {
    const char *title, *digest; /* "" if there is none */
};

static struct originals originals_of(const struct paper *paper,
        struct arena *arena)
{
    return (struct originals){.title = text_one_line(arena,
                                      text_latex_show(arena, paper->title)),
            .digest = extractive_choice(arena, paper->title,
                    text_latex_show(arena, paper->abstract), WORDS)};
}

static int64_t characters_of(const char *text)
{
    int64_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static const char *capitals(const char *text, struct arena *arena)
{
    char *copy = arena_string(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return copy;
}

static const char *code_of(const struct translator_service *service,
        const char *language, struct arena *arena)
{
    return service->capitals ? capitals(language, arena) : language;
}

static const char *body_of(const struct translator *translator,
        struct writer_call *call)
{
    const struct translator_service *service = translator->service;
    struct arena *arena = writer_call_arena(call);
    const struct writer_task *task = writer_call_task(call);
    const struct originals originals = originals_of(task->paper, arena);
    const char *const texts[] = {originals.title, originals.digest};
    cJSON *root = cJSON_CreateObject();

    cJSON_AddItemToObject(root, service->texts,
            cJSON_CreateStringArray(texts, 2));
    cJSON_AddStringToObject(root, service->source,
            code_of(service, "en", arena));
    cJSON_AddStringToObject(root, service->target,
            code_of(service, task->language, arena));
    if (service->format != NULL)
        cJSON_AddStringToObject(root, service->format, "text");
    if (translator->key != NULL)
        cJSON_AddStringToObject(root, service->key_member, translator->key);
    return json_print(root, arena);
}

/* --- what comes back --- */

static bool read_translation(const struct translator_service *service,
        const struct json *json, const cJSON *list, int place,
        const char **text, struct error *err)
{
    const cJSON *item = cJSON_GetArrayItem(list, place);

    if (item == NULL)
        return error_set(err, ERROR_INPUT, "$.%s[%d] is missing",
                service->translations, place);
    return service->translation == NULL
            ? json_item_text(json, item, text, err)
            : json_text(json, item, service->translation, text, err);
}

static bool read_note(const struct translator_service *service,
        const struct http_answer *http, struct arena *arena, struct note *note,
        struct error *err)
{
    struct json json = {0};
    const cJSON *list = NULL;
    const char *title = "", *digest = "";
    bool ok =
            json_parse(&json, http->body, http->body_bytes, ANSWER_MAX, err) &&
            json_array(&json, json.root, service->translations, &list, err) &&
            read_translation(service, &json, list, 0, &title, err) &&
            read_translation(service, &json, list, 1, &digest, err);

    if (ok)
        *note = (struct note){.title = text_one_line(arena, title),
                .heading = "",
                .digest = text_one_line(arena, digest)};
    json_close(&json);
    return ok;
}

/* Such services count the characters that they are sent. */
static int64_t units_of(struct writer_call *call)
{
    const struct originals originals =
            originals_of(writer_call_task(call)->paper,
                    writer_call_arena(call));

    return characters_of(originals.title) + characters_of(originals.digest);
}

static bool read_answer(struct writer_call *call,
        const struct http_answer *http, struct writer_answer *answer,
        struct error *err)
{
    const struct translator *translator =
            (const struct translator *)writer_call_writer(call);
    struct error why = {0};

    if (http->status != 200)
        return writer_call_status_error(http, err);
    answer->usage.units_in = units_of(call);
    if (read_note(translator->service, http, writer_call_arena(call),
                &answer->note, &why))
        return true;
    return error_set(err, ERROR_RETRY, "the answer is none of %s's: %s",
            translator->service->model, why.text);
}

static struct request *begin(struct writer *writer,
        const struct writer_task *task, writer_done_fn *done, void *cookie)
{
    struct translator *translator = (struct translator *)writer;
    struct writer_call *call =
            writer_call_open(&translator->calls, writer, task, done, cookie);
    const char *const headers[] = {"Content-Type: application/json",
            translator->header, NULL};
    const char *body = body_of(translator, call);
    const struct http_request request = {.method = "POST",
            .url = translator->url,
            .headers = headers,
            .body = body,
            .body_bytes = strlen(body),
            .deadline_ms = DEADLINE_MS,
            .nearby = true,
            .answer_max = ANSWER_MAX,
            .not_before_ms = task->not_before_ms,
            .pace = translator->pace};

    writer_call_send(call, translator->http, &request, read_answer);
    return writer_call_request(call);
}

/* Papers are in English: there is nothing to translate into that. */
static bool speaks(const struct writer *writer, const char *language)
{
    (void)writer;
    return !text_same(language, "en");
}

/* --- the writer --- */

static void close_translator(struct writer *writer)
{
    struct translator *translator = (struct translator *)writer;

    writer_calls_cancel(&translator->calls);
    arena_finish(&translator->arena);
    free(translator);
}

static void take_key(struct translator *translator, const char *key)
{
    const struct translator_service *service = translator->service;
    struct arena *arena = &translator->arena;

    if (key != NULL && service->key_header != NULL)
        translator->header =
                arena_format(arena, "%s%s", service->key_header, key);
    else if (key != NULL)
        translator->key = arena_string(arena, key);
}

struct writer *translator_open(const struct translator_service *service,
        const char *url, const struct settings *settings,
        struct transport *transport, struct error *err)
{
    static const struct writer_ops common = {.write = begin,
            .speaks = speaks,
            .close = close_translator};
    struct translator *translator = calloc(1, sizeof *translator);

    if (translator == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    struct arena *arena = &translator->arena;
    struct writer_ops *ops = arena_new(arena, struct writer_ops);
    *ops = common;
    ops->kind = service->kind;
    translator->service = service;
    translator->http = transport->http;
    translator->url = writer_setting_url(arena, url, service->path);
    take_key(translator, settings_get(settings, "key", NULL));
    translator->writer = (struct writer){.ops = ops,
            .name = arena_string(arena, settings->name),
            .model = service->model,
            .prompt = "2"};
    translator->pace = writer_setting_pace(settings, translator->writer.name);
    return &translator->writer;
}
