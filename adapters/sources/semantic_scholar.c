#include "adapters/sources/semantic_scholar.h"

#include "adapters/http_url.h"
#include "adapters/sources/lookup.h"

#include <string.h>

#define FIELDS                                                                 \
    "?fields=title,externalIds,citationCount,authors.name,"                    \
    "authors.affiliations"

/* --- what came back --- */

static void read_author(struct record *record, const cJSON *author)
{
    const cJSON *affiliations = json_find(author, "affiliations"), *item;
    const char *first = "";

    cJSON_ArrayForEach(item, affiliations)
    {
        if (!cJSON_IsString(item))
            continue;
        const char *institute = record_prose(record, item->valuestring,
                strlen(item->valuestring));
        record_affiliation(record, institute);
        if (*first == '\0')
            first = institute;
    }
    record_author(record, lookup_text(record, author, "name"), first);
}

bool semantic_scholar_read_paper(struct record *record, const cJSON *paper)
{
    const cJSON *authors = json_find(paper, "authors"), *author;
    const char *id =
            lookup_text(record, json_find(paper, "externalIds"), "ArXiv");

    if (*id == '\0')
        return false;
    record_id(record, id);
    record->out.paper.title = lookup_text(record, paper, "title");
    cJSON_ArrayForEach(author, authors) read_author(record, author);
    lookup_citations(record, paper, "citationCount");
    return true;
}

static bool read_page(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    return lookup_read(call, answer, "", semantic_scholar_read_paper, page,
            err);
}

/* --- asking --- */

static const char *body_of(const struct string_list *ids, struct arena *arena)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(root, "ids");

    for (size_t i = 0; i < ids->count; i++)
        cJSON_AddItemToArray(list,
                cJSON_CreateString(arena_format(arena, "ARXIV:%s",
                        ids->items[i])));
    char *printed = cJSON_PrintUnformatted(root);
    const char *body = arena_string(arena, printed);
    cJSON_free(printed);
    cJSON_Delete(root);
    return body;
}

static struct request *ask(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    struct lookup *lookup = (struct lookup *)source;
    struct arena arena = {0};
    const char *key = *lookup->key == '\0'
            ? NULL
            : arena_format(&arena, "x-api-key: %s", lookup->key);
    const char *const headers[] = {"Accept: application/json",
            "Content-Type: application/json", key, NULL};
    const struct lookup_question question = {
            .archive = "Semantic Scholar",
            .url = arena_format(&arena, "%s/paper/batch" FIELDS, lookup->url),
            .headers = headers,
            .body = body_of(&range->ids, &arena),
            .read = read_page,
    };
    const struct lookup_asker asker = {sink, done, cookie};
    struct request *begun = lookup_ask(lookup, range, &question, &asker);

    arena_finish(&arena);
    return begun;
}

/* --- the source --- */

static const struct source_ops ops = {
        .kind = "semantic_scholar",
        .gap_ms = LOOKUP_GAP_MS,
        .page = ask,
        .close = lookup_close,
};

static struct source *scholar_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    return lookup_open(settings, transport, &ops,
            "https://api.semanticscholar.org/graph/v1", err);
}

/* It stands in a header. */
static const char *key_flaw(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return "a key as Semantic Scholar gave it, without spaces";
    return NULL;
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .help = "where Semantic Scholar's graph is: "
                        "https://api.semanticscholar.org/graph/v1",
                .flaw = http_url_flaw,
        },
        {
                .key = "api_key",
                .secret = true,
                .help = "a key of yours; without one the public pace is shared",
                .flaw = key_flaw,
        },
        {.key = NULL},
};

const struct source_kind semantic_scholar_kind = {
        .kind = "semantic_scholar",
        .use = SOURCE_FACTS,
        .keys = keys,
        .open = scholar_open,
};
