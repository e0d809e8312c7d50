#include "adapters/sources/format.h"
#include "adapters/sources/jsonl.h"
#include "adapters/sources/sniff.h"
#include "bot/base/text.h"

#include <string.h>

/* One JSON object a line.  Our own form (id, title, authors, more_authors,
 * affiliations, more_affiliations, categories, abstract, notes, section) and
 * that of daily listings (id, title, authors, categories, comment, summary, AI)
 * differ in names only; keys of neither are passed over. */

enum {
    LANGUAGE_MAX = 35, /* RFC 5646, 4.4.1 */
};

/* --- telling --- */

static bool is_paper(const cJSON *object)
{
    static const char *const keys[] = {"abstract", "summary", "authors",
            "categories", "notes"};

    if (!cJSON_IsString(json_find(object, "id")) ||
            !cJSON_IsString(json_find(object, "title")) ||
            json_find(object, "authors_parsed") != NULL ||
            json_find(object, "versions") != NULL)
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_find(object, keys[i]) != NULL)
            return true;
    return false;
}

static bool is_ours(const cJSON *object)
{
    return is_paper(object) && json_find(object, "summary") == NULL;
}

static bool is_listing(const cJSON *object)
{
    return is_paper(object) && json_find(object, "summary") != NULL;
}

static bool begins_paper(const struct input_look *line)
{
    return sniff_finds(line, "\"id\"") && sniff_finds(line, "\"title\"") &&
            !sniff_finds(line, "\"authors_parsed\"");
}

static bool begins_ours(const struct input_look *line)
{
    return begins_paper(line) && !sniff_finds(line, "\"summary\"");
}

static bool begins_listing(const struct input_look *line)
{
    return begins_paper(line) && sniff_finds(line, "\"summary\"");
}

static bool sniff_ours(const struct input_look *look)
{
    return jsonl_sniff(look, is_ours, begins_ours);
}

static bool sniff_listing(const struct input_look *look)
{
    return jsonl_sniff(look, is_listing, begins_listing);
}

/* --- fields --- */

static const char *prose_of(struct jsonl_line *line, const cJSON *node)
{
    return record_prose(line->record, node->valuestring,
            strlen(node->valuestring));
}

static bool take_truth(struct jsonl_line *line, const char *key)
{
    const cJSON *member = json_find(line->object, key);
    if (member != NULL && !cJSON_IsBool(member))
        record_fault(line->record, key, jsonl_describe(line, "is", member),
                "true or false");
    return cJSON_IsTrue(member);
}

/* A list of texts, each handed to take. */
static void take_list(struct jsonl_line *line, const char *key,
        void (*take)(struct record *record, const char *text))
{
    const cJSON *list = json_find(line->object, key), *item;
    if (list != NULL && !cJSON_IsArray(list)) {
        record_fault(line->record, key, jsonl_describe(line, "is", list),
                "a list of texts");
        return;
    }
    cJSON_ArrayForEach(item, list)
    {
        if (cJSON_IsString(item))
            take(line->record, prose_of(line, item));
        else
            record_fault(line->record, key, jsonl_describe(line, "holds", item),
                    "a list of texts");
    }
}

static void take_author(struct record *record, const char *name)
{
    record_author(record, name, "");
}

static void take_category(struct record *record, const char *code)
{
    record_category(record, code, false);
}

static bool is_language(const char *tag)
{
    size_t length = strlen(tag);
    return length >= 2 && length <= LANGUAGE_MAX &&
            strspn(tag,
                    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789-") == length;
}

static void take_note(struct jsonl_line *line, const cJSON *source)
{
    struct record *record = line->record;
    if (!is_language(source->string) || !cJSON_IsObject(source)) {
        record_fault(record, "notes",
                arena_format(&record->arena, "have %s under %s",
                        json_what(source),
                        record_quote(record, source->string)),
                "an object under a language such as \"zh\"");
        return;
    }
    record_note(record,
            &(struct note){
                    .language = arena_string(&record->arena, source->string),
                    .title = jsonl_prose(line, source, "title"),
                    .heading = jsonl_prose(line, source, "headline"),
                    .digest = jsonl_prose(line, source, "digest"),
                    .writer = "file",
            });
}

static void take_notes(struct jsonl_line *line)
{
    const cJSON *notes = json_find(line->object, "notes"), *note;
    if (notes != NULL && !cJSON_IsObject(notes))
        record_fault(line->record, "notes", jsonl_describe(line, "are", notes),
                "an object of notes by language");
    else
        cJSON_ArrayForEach(note, notes) take_note(line, note);
}

/* What a listing's own model wrote, a sentence or two; its first versions
 * called the field "task". */
static void take_summary_note(struct jsonl_line *line)
{
    const cJSON *source = json_find(line->object, "AI");
    if (!cJSON_IsObject(source))
        return;
    const char *digest = jsonl_prose(line, source, "tldr");
    if (*digest == '\0')
        digest = jsonl_prose(line, source, "task");
    record_note(line->record,
            &(struct note){
                    .language = text_has_han(digest) ? "zh" : "en",
                    .title = "",
                    .heading = "",
                    .digest = digest,
                    .writer = "file",
            });
}

static void take_section(struct jsonl_line *line)
{
    const char *section = jsonl_prose(line, line->object, "section");
    if (*section != '\0' && !text_same(section, "top") &&
            !text_same(section, "also"))
        record_fault(line->record, "section",
                arena_format(&line->record->arena, "is %s",
                        record_quote(line->record, section)),
                "\"top\", \"also\" or none");
    line->record->out.section = section;
}

static void take_id(struct jsonl_line *line)
{
    const cJSON *id = json_find(line->object, "id");
    if (cJSON_IsString(id))
        record_id(line->record, id->valuestring);
    else if (id != NULL)
        record_fault(line->record, "id", jsonl_describe(line, "is", id),
                "an arXiv id as text, such as \"2210.11693\"");
}

static void take_fields(struct jsonl_line *line)
{
    struct paper *paper = &line->record->out.paper;

    take_id(line);
    paper->title = jsonl_prose(line, line->object, "title");
    paper->abstract = jsonl_prose(line, line->object, "abstract");
    if (*paper->abstract == '\0')
        paper->abstract = jsonl_prose(line, line->object, "summary");
    paper->comment = jsonl_prose(line, line->object, "comment");
    take_list(line, "authors", take_author);
    paper->authors.more = take_truth(line, "more_authors");
    take_list(line, "affiliations", record_affiliation);
    if (take_truth(line, "more_affiliations"))
        paper->more_affiliations = true;
    take_list(line, "categories", take_category);
    take_notes(line);
    take_summary_note(line);
    take_section(line);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    return jsonl_read(input, record, take_fields, err);
}

const struct format format_jsonl = {
        .name = "papers JSONL",
        .announces = true,
        .sniff = sniff_ours,
        .read = read,
};

const struct format format_jsonl_listing = {
        .name = "daily listing",
        .announces = true,
        .sniff = sniff_listing,
        .read = read,
};
