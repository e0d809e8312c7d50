#include "adapters/sources/oai_fields.h"

#include "adapters/sources/creators.h"
#include "bot/base/text.h"
#include "bot/model/category.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIELD = 1,   /* levels: title, authors, version */
    AUTHOR,      /* author of arXiv, date of a version of arXivRaw */
    AUTHOR_PART, /* keyname */
};

enum oai_schema oai_schema_of(const char *name)
{
    if (text_same(name, "arXiv"))
        return OAI_ARXIV;
    if (text_same(name, "arXivRaw"))
        return OAI_ARXIV_RAW;
    if (text_same(name, "dc") || text_same(name, "oai_dc"))
        return OAI_DC;
    return OAI_OTHER;
}

void oai_fields_begin(struct oai_fields *fields, struct record *record)
{
    *fields = (struct oai_fields){.record = record, .set = ""};
}

/* --- what fields mean --- */

static struct paper *paper_of(struct oai_fields *fields)
{
    return &fields->record->out.paper;
}

static void take_id(struct oai_fields *fields, const char *value)
{
    record_id(fields->record, value);
}

static void take_title(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->title = value;
}

static void take_abstract(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->abstract = value;
}

static void take_comment(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->comment = value;
}

static void take_journal(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->journal_ref = value;
}

static void take_license(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->license = value;
}

static void take_doi(struct oai_fields *fields, const char *value)
{
    record_doi(fields->record, value);
}

static void take_created(struct oai_fields *fields, const char *value)
{
    struct paper *paper = paper_of(fields);
    paper->published_ms = record_instant(value);
    if (paper->updated_ms < paper->published_ms)
        paper->updated_ms = paper->published_ms;
}

static void take_updated(struct oai_fields *fields, const char *value)
{
    paper_of(fields)->updated_ms = record_instant(value);
}

static void take_categories(struct oai_fields *fields, const char *value)
{
    struct record *record = fields->record;

    while (*value != '\0') {
        size_t length = strcspn(value, " ");
        record_category(record, arena_string_n(&record->arena, value, length),
                false);
        value += length + strspn(value + length, " ");
    }
}

static void take_author_line(struct oai_fields *fields, const char *value)
{
    creators_read_submitted(fields->record, value);
}

/* --- Dublin Core --- */

/* "Young, J. E." */
static void take_creator(struct oai_fields *fields, const char *value)
{
    struct record *record = fields->record;
    const char *comma = strstr(value, ", ");

    record_author(record,
            comma == NULL ? value
                          : arena_format(&record->arena, "%s %.*s", comma + 2,
                                    (int)(comma - value), value),
            "");
}

/* "Astrophysics - Astrophysics of Galaxies", "Quantum Physics": the archive's
 * name tells classes of one name apart. */
static const struct {
    const char *archive, *code;
} archives[] = {
        {"Astrophysics", "astro-ph."},
        {"Computer Science", "cs."},
        {"Condensed Matter", "cond-mat."},
        {"Economics", "econ."},
        {"Electrical Engineering and Systems Science", "eess."},
        {"Mathematics", "math."},
        {"Nonlinear Sciences", "nlin."},
        {"Physics", "physics."},
        {"Quantitative Biology", "q-bio."},
        {"Quantitative Finance", "q-fin."},
        {"Statistics", "stat."},
};

static const char *archive_code(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++)
        if (strlen(archives[i].archive) == length &&
                memcmp(archives[i].archive, name, length) == 0)
            return archives[i].code;
    return "";
}

static void take_subject(struct oai_fields *fields, const char *value)
{
    const char *dash = strstr(value, " - ");
    const char *name = dash == NULL ? value : dash + 3;
    const char *prefix =
            dash == NULL ? "" : archive_code(value, (size_t)(dash - value));

    for (size_t i = 0; i < category_count; i++)
        if (text_same(category_table[i].english, name) &&
                text_starts(category_table[i].code, prefix)) {
            record_category(fields->record, category_table[i].code, false);
            return;
        }
}

static void take_description(struct oai_fields *fields, const char *value)
{
    static const char mark[] = "Comment: ";
    struct paper *paper = paper_of(fields);

    if (text_starts(value, mark))
        paper->comment = value + strlen(mark);
    else if (*paper->abstract == '\0')
        paper->abstract = value;
}

/* Of each version there is one. */
static void take_date(struct oai_fields *fields, const char *value)
{
    struct paper *paper = paper_of(fields);
    int64_t ms = record_instant(value);

    if (paper->published_ms == 0 || ms < paper->published_ms)
        paper->published_ms = ms;
    if (ms > paper->updated_ms)
        paper->updated_ms = ms;
}

/* The paper's page, then where it was published, then that DOI. */
static void take_identifier(struct oai_fields *fields, const char *value)
{
    if (text_starts(value, "doi:"))
        record_doi(fields->record, value + strlen("doi:"));
    else if (!text_starts(value, "http"))
        take_journal(fields, value);
}

/* --- the table --- */

struct field {
    enum oai_schema schema;
    const char *name;
    void (*take)(struct oai_fields *fields, const char *value);
};

static const struct field table[] = {
        {OAI_ARXIV, "id", take_id},
        {OAI_ARXIV, "title", take_title},
        {OAI_ARXIV, "abstract", take_abstract},
        {OAI_ARXIV, "comments", take_comment},
        {OAI_ARXIV, "journal-ref", take_journal},
        {OAI_ARXIV, "doi", take_doi},
        {OAI_ARXIV, "license", take_license},
        {OAI_ARXIV, "categories", take_categories},
        {OAI_ARXIV, "created", take_created},
        {OAI_ARXIV, "updated", take_updated},
        {OAI_ARXIV_RAW, "id", take_id},
        {OAI_ARXIV_RAW, "title", take_title},
        {OAI_ARXIV_RAW, "abstract", take_abstract},
        {OAI_ARXIV_RAW, "comments", take_comment},
        {OAI_ARXIV_RAW, "journal-ref", take_journal},
        {OAI_ARXIV_RAW, "doi", take_doi},
        {OAI_ARXIV_RAW, "license", take_license},
        {OAI_ARXIV_RAW, "categories", take_categories},
        {OAI_ARXIV_RAW, "authors", take_author_line},
        {OAI_DC, "title", take_title},
        {OAI_DC, "creator", take_creator},
        {OAI_DC, "subject", take_subject},
        {OAI_DC, "description", take_description},
        {OAI_DC, "date", take_date},
        {OAI_DC, "identifier", take_identifier},
        {OAI_DC, "rights", take_license},
};

static const struct field *find_field(const struct oai_fields *fields,
        const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].schema == fields->schema && text_same(table[i].name, name))
            return &table[i];
    return NULL;
}

/* --- authors in parts, versions --- */

static const char *joined(struct oai_fields *fields, const char *before,
        const char *value)
{
    if (*before == '\0')
        return value;
    return arena_format(&fields->record->arena, "%s %s", before, value);
}

static void take_author_part(struct oai_fields *fields, const char *name,
        const char *value)
{
    if (text_same(name, "forenames"))
        fields->forenames = joined(fields, fields->forenames, value);
    else if (text_same(name, "keyname"))
        fields->keyname = joined(fields, fields->keyname, value);
    else if (text_same(name, "suffix"))
        fields->suffix = value;
    if (!text_same(name, "affiliation"))
        return;
    if (*fields->affiliation == '\0')
        fields->affiliation = value;
    record_affiliation(fields->record, value);
}

static void end_author(struct oai_fields *fields)
{
    const char *name = joined(fields, fields->forenames, fields->keyname);
    struct record *record = fields->record;

    if (*fields->suffix != '\0')
        name = joined(fields, name, fields->suffix);
    record_author(record, text_one_line(&record->arena, name),
            fields->affiliation);
    fields->in_author = false;
}

/* "v2"; the first is when the paper came out, the last what it is now. */
static void begin_version(struct oai_fields *fields,
        const char *const *attributes)
{
    const char *number = xml_stream_attribute(attributes, "version");
    unsigned long value = number != NULL && *number == 'v'
            ? strtoul(number + 1, NULL, 10)
            : 0;

    fields->version = value <= UINT16_MAX ? (unsigned)value : 0;
    if (fields->version > paper_of(fields)->version)
        paper_of(fields)->version = fields->version;
}

static void take_version_date(struct oai_fields *fields, const char *value)
{
    struct paper *paper = paper_of(fields);
    int64_t ms = record_instant(value);

    if (fields->version == 1)
        paper->published_ms = ms;
    if (fields->version == paper->version)
        paper->updated_ms = ms;
}

/* --- events --- */

static bool begin_field(struct oai_fields *fields, const char *name,
        const char *const *attributes)
{
    if (fields->schema == OAI_ARXIV_RAW && text_same(name, "version"))
        begin_version(fields, attributes);
    return find_field(fields, name) != NULL;
}

bool oai_fields_begin_element(struct oai_fields *fields, unsigned level,
        const char *name, const char *const *attributes)
{
    if (level == FIELD)
        return begin_field(fields, name, attributes);
    if (level == AUTHOR && fields->schema == OAI_ARXIV &&
            text_same(name, "author")) {
        fields->in_author = true;
        fields->forenames = fields->keyname = fields->suffix =
                fields->affiliation = "";
    }
    if (level == AUTHOR && fields->schema == OAI_ARXIV_RAW)
        return text_same(name, "date");
    return level == AUTHOR_PART && fields->in_author;
}

void oai_fields_text(struct oai_fields *fields, unsigned level,
        const char *name, const struct xml_text *text)
{
    struct record *record = fields->record;
    const char *value = record_prose(record, text->bytes, text->length);
    const struct field *field = find_field(fields, name);

    if (text->cut)
        record_fault(record, name, "is longer than 64 KiB", "");
    if (level == AUTHOR_PART)
        take_author_part(fields, name, value);
    else if (level == AUTHOR)
        take_version_date(fields, value);
    else if (field != NULL)
        field->take(fields, value);
}

void oai_fields_end_element(struct oai_fields *fields, unsigned level)
{
    if (level == AUTHOR && fields->in_author)
        end_author(fields);
}

/* --- sets --- */

void oai_fields_set(struct oai_fields *fields, const char *set)
{
    struct arena *arena = &fields->record->arena;
    const char *last = strrchr(set, ':');
    const char *code = last == NULL ? set : last + 1;

    if (last != NULL && !category_is_code(code)) {
        const char *archive = last;
        while (archive > set && archive[-1] != ':')
            archive--;
        code = arena_format(arena, "%.*s.%s", (int)(last - archive), archive,
                code);
    }
    if (*fields->set == '\0' && category_is_code(code))
        fields->set = code;
}

void oai_fields_end(struct oai_fields *fields)
{
    if (fields->record->out.paper.categories.count == 0 && *fields->set != '\0')
        record_category(fields->record, fields->set, false);
}
