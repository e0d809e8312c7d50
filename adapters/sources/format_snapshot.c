#include "adapters/sources/creators.h"
#include "adapters/sources/format.h"
#include "adapters/sources/jsonl.h"
#include "adapters/sources/sniff.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

/* arXiv's metadata snapshot as it is given out on Kaggle
 * (Cornell-University/arxiv): every paper there is, one object a line, with
 * id, submitter, authors as submitted and as parsed, title, comments,
 * journal-ref, doi, report-no, categories, license, abstract, versions. */

static bool is_snapshot(const cJSON *object)
{
    return cJSON_IsString(json_find(object, "id")) &&
            cJSON_IsString(json_find(object, "title")) &&
            (json_find(object, "authors_parsed") != NULL ||
                    json_find(object, "versions") != NULL);
}

static bool begins_snapshot(const struct input_look *line)
{
    return sniff_finds(line, "\"id\"") && sniff_finds(line, "\"submitter\"");
}

static bool sniff(const struct input_look *look)
{
    return jsonl_sniff(look, is_snapshot, begins_snapshot);
}

/* --- fields --- */

/* One of ["Planck", "P. A. R.", "Jr.", "Some Institute"]: what an author is
 * made of, first the last name. */
static const char *part_of(const cJSON *author, int place)
{
    const cJSON *part = cJSON_GetArrayItem(author, place);
    return cJSON_IsString(part) ? part->valuestring : "";
}

static void take_parsed_author(struct jsonl_line *line, const cJSON *author)
{
    struct record *record = line->record;
    char *name = arena_format(&record->arena, "%s %s %s", part_of(author, 1),
            part_of(author, 0), part_of(author, 2));
    const char *affiliation = part_of(author, 3);

    record_author(record, record_prose(record, name, strlen(name)),
            record_prose(record, affiliation, strlen(affiliation)));
}

/* As they are printed; the parsed form has lost that: "C. -P." for "C.-P.". */
static void take_authors(struct jsonl_line *line)
{
    const char *submitted = jsonl_prose(line, line->object, "authors");
    const cJSON *parsed = json_find(line->object, "authors_parsed"), *author;

    if (*submitted != '\0') {
        creators_read_submitted(line->record, submitted);
        return;
    }
    if (cJSON_IsArray(parsed))
        cJSON_ArrayForEach(author, parsed) take_parsed_author(line, author);
}

static void take_categories(struct jsonl_line *line)
{
    struct record *record = line->record;
    const char *at = jsonl_raw(line, line->object, "categories");

    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        record_category(record, record_plain(record, at, length), false);
        at += length + strspn(at + length, " ");
    }
}

/* "v2" */
static unsigned version_number(const char *text)
{
    unsigned long number = *text == 'v' ? strtoul(text + 1, NULL, 10) : 0;
    return number <= UINT16_MAX ? (unsigned)number : 0;
}

/* The first is when the paper came out, the greatest is what it is now. */
static void take_versions(struct jsonl_line *line)
{
    struct paper *paper = &line->record->out.paper;
    const cJSON *versions = json_find(line->object, "versions"), *version;

    if (!cJSON_IsArray(versions))
        return;
    cJSON_ArrayForEach(version, versions)
    {
        unsigned number = version_number(jsonl_raw(line, version, "version"));
        int64_t ms = record_instant(jsonl_raw(line, version, "created"));
        if (number == 1)
            paper->published_ms = ms;
        if (number >= paper->version) {
            paper->version = number;
            paper->updated_ms = ms;
        }
    }
}

static void take_fields(struct jsonl_line *line)
{
    struct record *record = line->record;
    struct paper *paper = &record->out.paper;
    const char *id = jsonl_raw(line, line->object, "id");
    const char *doi = jsonl_prose(line, line->object, "doi");

    if (*id != '\0')
        record_id(record, id);
    paper->title = jsonl_prose(line, line->object, "title");
    paper->abstract = jsonl_prose(line, line->object, "abstract");
    paper->comment = jsonl_prose(line, line->object, "comments");
    paper->journal_ref = jsonl_prose(line, line->object, "journal-ref");
    paper->license = jsonl_prose(line, line->object, "license");
    record_doi(record, doi);
    take_authors(line);
    take_categories(line);
    take_versions(line);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    return jsonl_read(input, record, take_fields, err);
}

const struct format format_snapshot = {
        .name = "arXiv metadata snapshot JSONL",
        .resumes = true,
        .sniff = sniff,
        .read = read,
};
