#include "adapters/json.h"
#include "adapters/sources/format.h"
#include "adapters/sources/sniff.h"
#include "bot/base/text.h"

#include <string.h>

/* One JSON object a line.  Our own form (id, title, authors, more_authors,
 * affiliations, more_affiliations, categories, abstract, notes, section) and
 * that of daily listings (id, title, authors, categories, comment, summary, AI)
 * differ in names only; keys of neither are passed over. */

enum {
    SNIFFED_LINES = 8, /* so that a broken first line costs only itself */
    LANGUAGE_MAX = 35, /* RFC 5646, 4.4.1 */
    REPAIRED_MAX = 3 * INPUT_LINE_MAX, /* each bad byte becomes three */
};

struct line {
    struct record *record;
    const cJSON *object;
};

/* --- telling --- */

enum look_of_line {
    LINE_OTHER,
    LINE_OURS,
    LINE_LISTING
};

static enum look_of_line look_of_object(const cJSON *object)
{
    if (!cJSON_IsString(json_find(object, "id")) ||
            !cJSON_IsString(json_find(object, "title")) ||
            json_find(object, "authors_parsed") != NULL ||
            json_find(object, "versions") != NULL)
        return LINE_OTHER;
    if (json_find(object, "summary") != NULL)
        return LINE_LISTING;
    static const char *const keys[] = {"abstract", "authors", "categories",
            "notes"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_find(object, keys[i]) != NULL)
            return LINE_OURS;
    return LINE_OTHER;
}

static enum look_of_line look_of_line(const struct input_look *line)
{
    struct arena arena = {0};
    struct json json = {0};
    enum look_of_line found = LINE_OTHER;

    const char *text = text_repair(&arena, line->bytes, line->length);
    if (json_parse(&json, text, strlen(text), INPUT_LINE_MAX, NULL))
        found = look_of_object(json.root);
    json_close(&json);
    arena_finish(&arena);
    return found;
}

/* A first line so long that its end cannot be seen. */
static enum look_of_line look_of_beginning(const struct input_look *line)
{
    if (!sniff_finds(line, "\"id\"") || !sniff_finds(line, "\"title\"") ||
            sniff_finds(line, "\"authors_parsed\""))
        return LINE_OTHER;
    return sniff_finds(line, "\"summary\"") ? LINE_LISTING : LINE_OURS;
}

static enum look_of_line look_of(const struct input_look *look)
{
    struct input_look rest = *look;

    for (int i = 0; i < SNIFFED_LINES; i++) {
        struct input_look line = sniff_first_line(&rest);
        const char *end = line.bytes + line.length;
        size_t after = (size_t)(look->bytes + look->length - end);
        if (line.length == 0 || line.bytes[0] != '{')
            return LINE_OTHER;
        if (after == 0 && !look->whole)
            return i == 0 ? look_of_beginning(&line) : LINE_OTHER;
        enum look_of_line found = look_of_line(&line);
        if (found != LINE_OTHER)
            return found;
        rest.bytes = end;
        rest.length = after;
    }
    return LINE_OTHER;
}

static bool sniff_ours(const struct input_look *look)
{
    return look_of(look) == LINE_OURS;
}

static bool sniff_listing(const struct input_look *look)
{
    return look_of(look) == LINE_LISTING;
}

/* --- one line --- */

static const char *describe(struct line *line, const char *verb,
        const cJSON *node)
{
    return arena_format(&line->record->arena, "%s %s", verb, json_what(node));
}

static const char *prose_of(struct line *line, const cJSON *node)
{
    return record_prose(line->record, node->valuestring,
            strlen(node->valuestring));
}

/* A member's text, cleaned; "" if there is none. */
static const char *take_prose(struct line *line, const cJSON *object,
        const char *key)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL)
        return "";
    if (!cJSON_IsString(member)) {
        record_fault(line->record, key, describe(line, "is", member), "text");
        return "";
    }
    return prose_of(line, member);
}

static bool take_truth(struct line *line, const char *key)
{
    const cJSON *member = json_find(line->object, key);
    if (member != NULL && !cJSON_IsBool(member))
        record_fault(line->record, key, describe(line, "is", member),
                "true or false");
    return cJSON_IsTrue(member);
}

/* A list of texts, each handed to take. */
static void take_list(struct line *line, const char *key,
        void (*take)(struct record *record, const char *text))
{
    const cJSON *list = json_find(line->object, key), *item;
    if (list != NULL && !cJSON_IsArray(list)) {
        record_fault(line->record, key, describe(line, "is", list),
                "a list of texts");
        return;
    }
    cJSON_ArrayForEach(item, list)
    {
        if (cJSON_IsString(item))
            take(line->record, prose_of(line, item));
        else
            record_fault(line->record, key, describe(line, "holds", item),
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

static void take_note(struct line *line, const cJSON *source)
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
                    .title = take_prose(line, source, "title"),
                    .heading = take_prose(line, source, "headline"),
                    .digest = take_prose(line, source, "digest"),
                    .writer = "file",
            });
}

static void take_notes(struct line *line)
{
    const cJSON *notes = json_find(line->object, "notes"), *note;
    if (notes != NULL && !cJSON_IsObject(notes))
        record_fault(line->record, "notes", describe(line, "are", notes),
                "an object of notes by language");
    else
        cJSON_ArrayForEach(note, notes) take_note(line, note);
}

/* What a listing's own model wrote, a sentence or two; its first versions
 * called the field "task". */
static void take_summary_note(struct line *line)
{
    const cJSON *source = json_find(line->object, "AI");
    if (!cJSON_IsObject(source))
        return;
    const char *digest = take_prose(line, source, "tldr");
    if (*digest == '\0')
        digest = take_prose(line, source, "task");
    record_note(line->record,
            &(struct note){
                    .language = text_has_han(digest) ? "zh" : "en",
                    .title = "",
                    .heading = "",
                    .digest = digest,
                    .writer = "file",
            });
}

static void take_section(struct line *line)
{
    const char *section = take_prose(line, line->object, "section");
    if (*section != '\0' && !text_same(section, "top") &&
            !text_same(section, "also"))
        record_fault(line->record, "section",
                arena_format(&line->record->arena, "is %s",
                        record_quote(line->record, section)),
                "\"top\", \"also\" or none");
    line->record->out.section = section;
}

static void take_id(struct line *line)
{
    const cJSON *id = json_find(line->object, "id");
    if (cJSON_IsString(id))
        record_id(line->record, id->valuestring);
    else if (id != NULL)
        record_fault(line->record, "id", describe(line, "is", id),
                "an arXiv id as text, such as \"2210.11693\"");
}

static void take_fields(struct line *line)
{
    struct paper *paper = &line->record->out.paper;

    take_id(line);
    paper->title = take_prose(line, line->object, "title");
    paper->abstract = take_prose(line, line->object, "abstract");
    if (*paper->abstract == '\0')
        paper->abstract = take_prose(line, line->object, "summary");
    paper->comment = take_prose(line, line->object, "comment");
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

static void read_line(struct record *record, const struct input_line *source)
{
    struct json json = {0};
    struct error err = {0};

    record_begin(record, "line", source->number);
    const char *text =
            text_repair(&record->arena, source->text, source->length);
    struct line line = {.record = record};
    if (source->cut)
        record_fault(record, "", "is longer than 1 MiB",
                "one paper's JSON object");
    else if (!json_parse(&json, text, strlen(text), REPAIRED_MAX, &err))
        record_fault(record, "", err.text, "one JSON object in each line");
    else if (!cJSON_IsObject(json.root))
        record_fault(record, "", describe(&line, "is", json.root),
                "one JSON object in each line");
    else {
        line.object = json.root;
        take_fields(&line);
    }
    record_end(record);
    json_close(&json);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct input_line line;
    int got;

    while ((got = input_next_line(input, &line, err)) > 0)
        if (line.text[strspn(line.text, " \t\r")] != '\0')
            read_line(record, &line);
    return got == 0;
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
