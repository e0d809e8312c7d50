#include "adapters/sources/openalex.h"

#include "adapters/http_url.h"
#include "adapters/sources/lookup.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    IDS_MAX = 50, /* OpenAlex takes so many alternatives in a filter */
    URL_MAX = 8000,
    RAW_MAX = 120, /* bytes; longer is an address, not a name */
};

/* --- what came back --- */

/* The DOI of a work is that of its published version where there is one: its
 * places tell which paper it is. */
static bool read_id(struct record *record, const cJSON *work)
{
    static const char *const keys[] = {"landing_page_url", "pdf_url"};
    const cJSON *locations = json_find(work, "locations"), *location;
    unsigned version;
    const char *id = paper_id_parse(&record->arena,
            lookup_text(record, work, "doi"), &version);

    cJSON_ArrayForEach(location, locations)
    {
        for (size_t i = 0; id == NULL && i < 2; i++)
            id = paper_id_parse(&record->arena,
                    lookup_text(record, location, keys[i]), &version);
    }
    if (id != NULL)
        record_id(record, id);
    return id != NULL;
}

static const char *raw_affiliation(struct record *record,
        const cJSON *authorship)
{
    const cJSON *raw =
            cJSON_GetArrayItem(json_find(authorship, "raw_affiliation_strings"),
                    0);

    if (!cJSON_IsString(raw) || strlen(raw->valuestring) > RAW_MAX)
        return "";
    return record_prose(record, raw->valuestring, strlen(raw->valuestring));
}

static void read_author(struct record *record, const cJSON *authorship)
{
    const cJSON *institutions = json_find(authorship, "institutions"), *item;
    const char *name = lookup_text(record, json_find(authorship, "author"),
            "display_name");
    const char *first = "";

    cJSON_ArrayForEach(item, institutions)
    {
        const char *institute = lookup_text(record, item, "display_name");
        record_affiliation(record, institute);
        if (*first == '\0')
            first = institute;
    }
    if (*first == '\0')
        first = raw_affiliation(record, authorship);
    record_author(record, name, first);
}

bool openalex_read_work(struct record *record, const cJSON *work)
{
    const cJSON *authorships = json_find(work, "authorships"), *authorship;

    if (!read_id(record, work))
        return false;
    record->out.paper.title = lookup_text(record, work, "display_name");
    cJSON_ArrayForEach(authorship, authorships) read_author(record, authorship);
    lookup_citations(record, work, "cited_by_count");
    return true;
}

static bool read_page(struct page_call *call, const struct http_answer *answer,
        struct source_page *page, struct error *err)
{
    return lookup_read(call, answer, "results", openalex_read_work, page, err);
}

/* --- asking --- */

static const char *address_of(const struct lookup *lookup,
        const struct string_list *ids, struct arena *arena)
{
    struct text text;

    text_init(&text, arena, URL_MAX);
    text_add_format(&text, "%s/works?filter=doi:", lookup->url);
    for (size_t i = 0; i < ids->count && i < IDS_MAX; i++)
        text_add_format(&text, "%s10.48550/arxiv.%s", i > 0 ? "%7C" : "",
                ids->items[i]);
    text_add(&text,
            "&select=doi,display_name,authorships,cited_by_count,"
            "locations&per-page=100");
    if (*lookup->key != '\0')
        text_add_format(&text, "&api_key=%s", lookup->key);
    return text_string(&text);
}

static struct request *ask(struct source *source,
        const struct source_range *range, const struct source_sink *sink,
        source_page_fn *done, void *cookie)
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    struct lookup *lookup = (struct lookup *)source;
    struct arena arena = {0};
    const struct lookup_question question = {
            .archive = "OpenAlex",
            .url = address_of(lookup, &range->ids, &arena),
            .headers = headers,
            .read = read_page,
    };
    const struct lookup_asker asker = {sink, done, cookie};
    struct request *begun = lookup_ask(lookup, range, &question, &asker);

    arena_finish(&arena);
    return begun;
}

/* --- the source --- */

static const struct source_ops ops = {
        .kind = "openalex",
        .gap_ms = LOOKUP_GAP_MS,
        .page = ask,
        .close = lookup_close,
};

static struct source *openalex_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    return lookup_open(settings, transport, &ops, "https://api.openalex.org",
            err);
}

/* It stands in an address. */
static const char *key_flaw(const char *value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789-_.~";

    return value[strspn(value, plain)] == '\0' && strlen(value) <= 200
            ? NULL
            : "letters, digits and -_.~ alone";
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .help = "where OpenAlex is: https://api.openalex.org",
                .flaw = http_url_flaw,
        },
        {
                .key = "api_key",
                .secret = true,
                .help = "a key of yours, for more questions a day",
                .flaw = key_flaw,
        },
        {.key = NULL},
};

const struct source_kind openalex_kind = {
        .kind = "openalex",
        .use = SOURCE_FACTS,
        .keys = keys,
        .open = openalex_open,
};
