#include "adapters/json.h"
#include "adapters/sources/format.h"
#include "adapters/sources/sniff.h"
#include "bot/base/text.h"

#include <string.h>

/* Hugging Face's daily papers, GET /api/daily_papers: a list of entries, each
 * with a "paper" in it.  Fields wander between the two levels over the years, so
 * both are asked.  Some keep such a list inside an object of their own.  What
 * counts here are the votes; the rest is another site's copy of arXiv's. */

enum {
    /* A month's 100 entries, the most there are in an answer, have 1 MB. */
    DOCUMENT_MAX = 32 * 1024 * 1024,
};

#define VOTES_MAX 1e9 /* more people than there are readers */

/* "[]", the list of a weekend. */
static bool is_empty_list(const struct input_look *look)
{
    static const char blank[] = " \t\r\n";
    const char *at = look->bytes + strspn(look->bytes, blank);

    if (!look->whole || *at++ != '[')
        return false;
    at += strspn(at, blank);
    return *at == ']' && at[1 + strspn(at + 1, blank)] == '\0';
}

static bool sniff(const struct input_look *look)
{
    struct input_look line = sniff_first_line(look);
    bool votes = sniff_finds(look, "upvotes");
    bool papers =
            sniff_finds(look, "\"paper\"") || sniff_finds(look, "'paper'");

    if (line.length == 0)
        return false;
    if (*line.bytes == '[')
        return papers || (votes && sniff_finds(look, "publishedAt")) ||
                is_empty_list(look);
    return *line.bytes == '{' && papers && votes;
}

/* The list itself, or the first one in an object around it; NULL if there is
 * none. */
static const cJSON *find_list(const cJSON *root)
{
    const cJSON *member;

    if (cJSON_IsArray(root))
        return root;
    cJSON_ArrayForEach(member, root) if (cJSON_IsArray(member)) return member;
    return NULL;
}

/* --- one entry --- */

struct entry {
    struct record *record;
    const cJSON *paper, *outer;
};

static const cJSON *find(const struct entry *entry, const char *key)
{
    const cJSON *inner = json_find(entry->paper, key);
    return inner != NULL ? inner : json_find(entry->outer, key);
}

static const char *take_text(const struct entry *entry, const char *key)
{
    const cJSON *node = find(entry, key);
    struct record *record = entry->record;

    if (node == NULL)
        return "";
    if (!cJSON_IsString(node)) {
        record_fault(record, key,
                arena_format(&record->arena, "is %s", json_what(node)), "text");
        return "";
    }
    return record_prose(record, node->valuestring, strlen(node->valuestring));
}

static void take_authors(const struct entry *entry)
{
    const cJSON *authors = find(entry, "authors"), *author;
    struct record *record = entry->record;

    if (!cJSON_IsArray(authors))
        return;
    cJSON_ArrayForEach(author, authors)
    {
        const cJSON *name = json_find(author, "name");
        if (cJSON_IsString(name))
            record_author(record,
                    record_prose(record, name->valuestring,
                            strlen(name->valuestring)),
                    "");
    }
}

static void take_votes(const struct entry *entry)
{
    const cJSON *votes = find(entry, "upvotes");
    struct record *record = entry->record;

    if (votes == NULL)
        return;
    if (!cJSON_IsNumber(votes) || !(votes->valuedouble >= 0) ||
            votes->valuedouble > VOTES_MAX)
        record_fault(record, "upvotes",
                arena_format(&record->arena, "is %s",
                        cJSON_IsNumber(votes) ? "no count" : json_what(votes)),
                "a number from 0 on");
    else
        record_signal(record, SIGNAL_HF_VOTES, (int64_t)votes->valuedouble);
}

static void take_fields(const struct entry *entry)
{
    struct source_record *out = &entry->record->out;
    const char *id = take_text(entry, "id");

    if (*id != '\0')
        record_id(entry->record, id);
    out->secondhand = true;
    out->paper.title = take_text(entry, "title");
    out->paper.abstract = take_text(entry, "summary");
    out->paper.published_ms = record_instant(take_text(entry, "publishedAt"));
    take_authors(entry);
    take_votes(entry);
}

/* Some keep entries as Python prints them. */
static const char *describe(struct record *record, const cJSON *item)
{
    if (cJSON_IsString(item) && text_starts(item->valuestring, "{'"))
        return "is a Python dictionary written out as text";
    return arena_format(&record->arena, "is %s", json_what(item));
}

static void read_entry(struct record *record, const cJSON *item, size_t number)
{
    const cJSON *paper = json_find(item, "paper");
    const struct entry entry = {
            .record = record,
            .paper = cJSON_IsObject(paper) ? paper : NULL,
            .outer = item,
    };

    record_begin(record, "entry", number);
    if (cJSON_IsObject(item))
        take_fields(&entry);
    else
        record_fault(record, "", describe(record, item),
                "a JSON object with a paper in it");
    record_end(record);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct arena arena = {0};
    struct json json = {0};
    size_t length = 0, number = 0;
    char *bytes = input_read_all(input, DOCUMENT_MAX, &arena, &length, err);
    bool whole = bytes != NULL &&
            json_parse(&json, bytes, length, DOCUMENT_MAX, err);
    const cJSON *list = whole ? find_list(json.root) : NULL, *item;

    if (whole && list == NULL)
        whole = error_set(err, ERROR_INPUT,
                "holds no list of papers; right would be an answer of Hugging "
                "Face's /api/daily_papers");
    if (whole && !cJSON_IsArray(json.root))
        record->summary->format = "Hugging Face daily papers, wrapped";
    if (whole)
        cJSON_ArrayForEach(item, list) read_entry(record, item, ++number);
    json_close(&json);
    arena_finish(&arena);
    return whole;
}

const struct format format_hf = {
        .name = "Hugging Face daily papers",
        .sniff = sniff,
        .read = read,
};
