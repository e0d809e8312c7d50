#include "adapters/sources/format.h"
#include "adapters/sources/sniff.h"
#include "adapters/sources/xml_stream.h"
#include "bot/base/civil_time.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

/* The answers of export.arxiv.org/api/query (help/api/user-manual, 3.3): a
 * feed of entries; an error is a feed of one entry titled "Error". */

enum {
    FEED = 1, /* depths */
    ENTRY,
    ENTRY_FIELD,
    AUTHOR_FIELD,
};

enum field {
    FIELD_OTHER,
    FIELD_AUTHOR,
    FIELD_CATEGORY,
    FIELD_PRIMARY_CATEGORY,
    FIELD_ID, /* from here on with a text that is wanted */
    FIELD_TITLE,
    FIELD_SUMMARY,
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_COMMENT,
    FIELD_JOURNAL_REF,
    FIELD_DOI,
};

static const struct {
    char letter; /* the first behind the colon, which tells most of them */
    enum field field;
    const char *name;
} fields[] = {
        {'a', FIELD_AUTHOR, "atom:author"},
        {'c', FIELD_CATEGORY, "atom:category"},
        {'p', FIELD_PRIMARY_CATEGORY, "arxiv:primary_category"},
        {'i', FIELD_ID, "atom:id"},
        {'t', FIELD_TITLE, "atom:title"},
        {'s', FIELD_SUMMARY, "atom:summary"},
        {'p', FIELD_PUBLISHED, "atom:published"},
        {'u', FIELD_UPDATED, "atom:updated"},
        {'c', FIELD_COMMENT, "arxiv:comment"},
        {'j', FIELD_JOURNAL_REF, "arxiv:journal_ref"},
        {'d', FIELD_DOI, "arxiv:doi"},
};

struct atom {
    struct record *record;
    enum field field; /* of the entry, the last that began */
    size_t entries;
    bool in_entry, in_author, is_error;
    const char *author, *affiliation; /* of the author being read */
};

static enum field field_of(const char *name)
{
    char letter = *xml_stream_local(name);

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].letter == letter && text_same(fields[i].name, name))
            return fields[i].field;
    return FIELD_OTHER;
}

static bool sniff(const struct input_look *look)
{
    char root[SNIFF_NAME_SIZE];
    return sniff_xml_root(look, root) && text_same(root, "feed") &&
            sniff_finds(look, "arxiv.org") &&
            !sniff_finds(look, "announce_type") &&
            !sniff_finds(look, "rss.arxiv.org/atom");
}

/* --- beginnings --- */

static void begin_entry(struct atom *atom)
{
    record_begin(atom->record, "entry", ++atom->entries);
    atom->in_entry = true;
    atom->in_author = atom->is_error = false;
}

static void take_category(struct atom *atom, const char *const *attributes,
        bool primary)
{
    const char *term = xml_stream_attribute(attributes, "term");
    if (term != NULL)
        record_category(atom->record,
                record_plain(atom->record, term, strlen(term)), primary);
}

/* True: its text is wanted. */
static bool begin_entry_field(struct atom *atom, const char *const *attributes)
{
    switch (atom->field) {
    case FIELD_CATEGORY:
    case FIELD_PRIMARY_CATEGORY:
        take_category(atom, attributes, atom->field == FIELD_PRIMARY_CATEGORY);
        return false;
    case FIELD_AUTHOR:
        atom->in_author = true;
        atom->author = atom->affiliation = "";
        return false;
    case FIELD_OTHER:
        return false;
    default:
        return true;
    }
}

static bool on_begin(void *ctx, unsigned depth, const char *name,
        const char *const *attributes)
{
    struct atom *atom = ctx;

    if (depth == ENTRY && text_same(name, "atom:entry"))
        begin_entry(atom);
    if (!atom->in_entry)
        return depth == ENTRY && text_same(name, "opensearch:totalResults");
    if (depth == ENTRY_FIELD) {
        atom->field = field_of(name);
        return begin_entry_field(atom, attributes);
    }
    return depth == AUTHOR_FIELD && atom->in_author &&
            (text_same(name, "atom:name") ||
                    text_same(name, "arxiv:affiliation"));
}

/* --- texts --- */

static void take_id(struct atom *atom, const char *value)
{
    atom->is_error = strstr(value, "/api/errors") != NULL;
    if (!atom->is_error)
        record_id(atom->record, value);
}

static const char *plain(struct atom *atom, const struct xml_text *text)
{
    return record_plain(atom->record, text->bytes, text->length);
}

static const char *prose(struct atom *atom, const struct xml_text *text)
{
    return record_prose(atom->record, text->bytes, text->length);
}

static void take_entry_field(struct atom *atom, const char *name,
        const struct xml_text *text)
{
    struct paper *paper = &atom->record->out.paper;

    if (text->cut)
        record_fault(atom->record, xml_stream_local(name),
                "is longer than 64 KiB", "");
    if (atom->field == FIELD_ID)
        take_id(atom, plain(atom, text));
    else if (atom->field == FIELD_TITLE)
        paper->title = prose(atom, text);
    else if (atom->field == FIELD_SUMMARY)
        paper->abstract = prose(atom, text);
    else if (atom->field == FIELD_COMMENT)
        paper->comment = prose(atom, text);
    else if (atom->field == FIELD_JOURNAL_REF)
        paper->journal_ref = prose(atom, text);
    else if (atom->field == FIELD_DOI)
        paper->doi = plain(atom, text);
    else if (atom->field == FIELD_PUBLISHED)
        civil_parse_instant(plain(atom, text), &paper->published_ms);
    else if (atom->field == FIELD_UPDATED)
        civil_parse_instant(plain(atom, text), &paper->updated_ms);
}

static void take_author_field(struct atom *atom, const char *name,
        const struct xml_text *text)
{
    const char *value = prose(atom, text);

    if (text_same(name, "atom:name")) {
        atom->author = value;
        return;
    }
    /* An author may have several: the first is shown by the name, all count
     * for the paper. */
    if (*atom->affiliation == '\0')
        atom->affiliation = value;
    record_affiliation(atom->record, value);
}

static void on_text(void *ctx, unsigned depth, const char *name,
        const struct xml_text *text)
{
    struct atom *atom = ctx;
    if (depth == ENTRY)
        atom->record->summary->total = strtoul(text->bytes, NULL, 10);
    else if (depth == AUTHOR_FIELD)
        take_author_field(atom, name, text);
    else
        take_entry_field(atom, name, text);
}

/* --- ends --- */

static void end_entry(struct atom *atom)
{
    struct record *record = atom->record;
    if (atom->is_error)
        record_fault(record, "",
                arena_format(&record->arena, "is an error of arXiv's: %s",
                        record_quote(record, record->out.paper.abstract)),
                "the answer to a query that arXiv accepts");
    record_end(record);
    atom->in_entry = false;
}

static void on_end(void *ctx, unsigned depth)
{
    struct atom *atom = ctx;

    if (depth == ENTRY && atom->in_entry)
        end_entry(atom);
    if (depth == ENTRY_FIELD && atom->in_author) {
        record_author(atom->record, atom->author, atom->affiliation);
        atom->in_author = false;
    }
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct atom atom = {.record = record};
    struct xml_handler handler = {
            .begin = on_begin,
            .text = on_text,
            .end = on_end,
            .ctx = &atom,
    };
    return xml_stream_read(input, &handler, err);
}

const struct format format_atom = {
        .name = "arXiv API Atom",
        .sniff = sniff,
        .read = read,
};
