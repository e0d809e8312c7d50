#include "adapters/sources/lookup.h"

#include "adapters/sources/user_agent.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define CITATIONS_MAX 1e8 /* more than any paper has */

struct source *lookup_open(const struct settings *settings,
        struct transport *transport, const struct source_ops *ops,
        const char *url, struct error *err)
{
    if (*settings->contact == '\0') {
        error_set(err, ERROR_INPUT,
                "[source %s]: it should be known who asks; right would be "
                "[bot] contact = you@example.org",
                settings->name);
        return NULL;
    }
    struct lookup *lookup = calloc(1, sizeof *lookup);
    if (lookup == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    lookup->source.ops = ops;
    lookup->http = transport->http;
    lookup->url =
            arena_string(&lookup->arena, settings_get(settings, "url", url));
    lookup->key =
            arena_string(&lookup->arena, settings_get(settings, "api_key", ""));
    lookup->user_agent = user_agent_of(&lookup->arena, settings->contact);
    return &lookup->source;
}

void lookup_close(struct source *source)
{
    struct lookup *lookup = (struct lookup *)source;

    page_call_cancel_all(&lookup->calls);
    arena_finish(&lookup->arena);
    free(lookup);
}

/* --- asking --- */

struct request *lookup_ask(struct lookup *lookup,
        const struct source_range *range,
        const struct lookup_question *question,
        const struct lookup_asker *asker)
{
    const struct source_ops *ops = lookup->source.ops;
    const char *body = question->body;
    struct arena arena = {0};
    const struct http_request request = {
            .method = body == NULL ? "GET" : "POST",
            .url = question->url,
            .headers = question->headers,
            .user_agent = lookup->user_agent,
            .body = body,
            .body_bytes = body == NULL ? 0 : strlen(body),
            .deadline_ms = LOOKUP_DEADLINE_MS,
            .answer_max = question->beginning_max > 0 ? question->beginning_max
                                                      : LOOKUP_ANSWER_MAX,
            .not_before_ms = range->not_before_ms,
            .pace = {.name = ops->pace != NULL ? ops->pace : ops->kind,
                    .gap_ms = ops->gap_ms},
            .beginning_is_enough = question->beginning_max > 0,
            .follow_redirects = question->beginning_max > 0,
    };
    const struct page_question page = {
            .read = question->read,
            .archive = question->archive,
            .subject = arena_format(&arena, "%zu paper%s", range->ids.count,
                    range->ids.count == 1 ? "" : "s"),
            .continuation = "",
            .paper_id = question->paper_id,
            .by_id = true,
    };
    struct request *begun = page_call_begin(&lookup->calls, lookup->http,
            &request, &page, asker->sink, asker->done, asker->cookie);

    arena_finish(&arena);
    return begun;
}

/* --- one work --- */

const char *lookup_text(struct record *record, const cJSON *object,
        const char *key)
{
    const cJSON *node = json_find(object, key);

    return cJSON_IsString(node)
            ? record_prose(record, node->valuestring, strlen(node->valuestring))
            : "";
}

void lookup_citations(struct record *record, const cJSON *object,
        const char *key)
{
    const cJSON *node = json_find(object, key);

    if (cJSON_IsNumber(node) && node->valuedouble >= 1 &&
            node->valuedouble <= CITATIONS_MAX)
        record_signal(record, SIGNAL_CITATIONS, (int64_t)node->valuedouble);
}

/* --- the answer --- */

static const cJSON *list_of(const struct json *json, const char *list)
{
    return *list == '\0' ? json->root : json_find(json->root, list);
}

static void read_works(const struct source_sink *sink, const cJSON *works,
        lookup_read_fn *read, struct source_summary *summary)
{
    struct record record;
    const cJSON *work;
    size_t number = 0;

    record_open(&record, sink, summary);
    cJSON_ArrayForEach(work, works)
    {
        record_begin(&record, "work", ++number);
        record.out.secondhand = true;
        if (cJSON_IsObject(work) && read(&record, work))
            record_end(&record);
    }
    record_close(&record);
}

bool lookup_works(const char *bytes, size_t length, const char *list,
        lookup_read_fn *read, const struct source_sink *sink,
        struct source_summary *summary, struct error *err)
{
    struct json json = {0};

    if (!json_parse(&json, bytes, length, LOOKUP_ANSWER_MAX, err)) {
        if (err != NULL)
            err->kind = ERROR_RETRY; /* broken today, whole in a minute */
        return error_wrap(err, "the answer");
    }
    const cJSON *works = list_of(&json, list);
    bool whole = cJSON_IsArray(works);
    if (whole)
        read_works(sink, works, read, summary);
    else
        error_set(err, ERROR_INPUT, "the answer is %s, a list was expected",
                json_what(json.root));
    json_close(&json);
    return whole;
}

bool lookup_read(struct page_call *call, const struct http_answer *answer,
        const char *list, lookup_read_fn *read, struct source_page *page,
        struct error *err)
{
    const struct source_sink sink = page_call_sink(call);

    page->summary.format = "JSON";
    if (answer->status != 200)
        return http_status_error(answer, err);
    return lookup_works(answer->body, answer->body_bytes, list, read, &sink,
            &page->summary, err);
}
