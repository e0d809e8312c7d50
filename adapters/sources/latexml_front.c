#include "adapters/sources/latexml_front.h"

#include "adapters/html_stream.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    TITLE_BYTES_MAX = 4 * 1024,
    BLOCK_BYTES_MAX = 64 * 1024, /* one may hold a whole collaboration */
    NOTES_BYTES_MAX = 64 * 1024,
    ABSTRACT_BYTES_MAX = 32 * 1024,
    LINKS_BYTES_MAX = 16 * 1024,
};

/* What an element is; all but the first change what the text below it is. */
enum part {
    PART_SAME,
    PART_SKIP,
    PART_DOCUMENT,
    PART_TITLE,
    PART_CREATOR,
    PART_NAMES,
    PART_PLACE, /* in a block; outside of one it is a note */
    PART_NOTE,
    PART_MARK,
    PART_POINTER, /* to a footnote elsewhere: its mark is all that counts */
    PART_OUTER,   /* the text of a note */
    PART_ABSTRACT,
    PART_END, /* of the front */
};

/* The first row that fits holds. */
static const struct {
    const char *class_name;
    enum part part;
} classes[] = {
        {"ltx_section", PART_END},
        {"ltx_chapter", PART_END},
        {"ltx_bibliography", PART_END},
        {"ltx_appendix", PART_END},
        {"ltx_page_navbar", PART_SKIP},
        {"ltx_page_header", PART_SKIP},
        {"ltx_TOC", PART_SKIP},
        {"ltx_pubnotes", PART_SKIP},
        {"ltx_note_type", PART_SKIP},
        {"ltx_note_name", PART_SKIP},
        {"ltx_contact_name", PART_SKIP},
        {"ltx_tag", PART_SKIP},
        {"ltx_ERROR", PART_SKIP},
        {"ltx_title_abstract", PART_SKIP},
        {"ltx_role_email", PART_SKIP},
        {"ltx_role_orcid", PART_SKIP},
        {"ltx_role_url", PART_SKIP},
        {"ltx_role_thanks", PART_SKIP},
        {"ltx_role_footnote", PART_SKIP},
        {"ltx_role_footnotemark", PART_POINTER},
        {"ltx_note_outer", PART_OUTER},
        {"ltx_affiliation_department", PART_SKIP},
        {"ltx_affiliation_streetaddress", PART_SKIP},
        {"ltx_affiliation_city", PART_SKIP},
        {"ltx_affiliation_state", PART_SKIP},
        {"ltx_affiliation_postcode", PART_SKIP},
        {"ltx_affiliation_country", PART_SKIP},
        {"ltx_title_document", PART_TITLE},
        {"ltx_role_author", PART_CREATOR},
        {"ltx_personname", PART_NAMES},
        {"ltx_role_affiliation", PART_PLACE},
        {"ltx_role_affiliationtext", PART_PLACE},
        {"ltx_role_institute", PART_PLACE},
        {"ltx_role_institutetext", PART_PLACE},
        {"ltx_role_address", PART_PLACE},
        {"ltx_role_footnotetext", PART_NOTE},
        {"ltx_note_mark", PART_MARK},
        {"ltx_abstract", PART_ABSTRACT},
        {"ltx_document", PART_DOCUMENT},
};

static const struct {
    const char *name;
    enum part part;
} elements[] = {
        {"script", PART_SKIP},
        {"style", PART_SKIP},
        {"annotation", PART_SKIP},
        {"annotation-xml", PART_SKIP},
        {"nav", PART_SKIP},
        {"button", PART_SKIP},
        {"dialog", PART_SKIP},
        {"sup", PART_MARK},
};

struct reader {
    struct arena *arena;
    struct latexml_front *front;
    size_t capacity;
    enum part parts[HTML_STREAM_DEPTH_MAX + 1]; /* as below each open element */
    struct text title, names, places, notes, abstract, links;
    unsigned pointer_depth; /* of the pointer that is open; or 0 */
    bool in_block;
};

static enum part part_of(const char *name, const char *const *attributes)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (html_stream_has_class(attributes, classes[i].class_name))
            return classes[i].part;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (text_same(name, elements[i].name))
            return elements[i].part;
    return PART_SAME;
}

/* Where text goes; NULL: it is of no interest.  What is above the line goes
 * where the line does. */
static struct text *sink_of(struct reader *reader, unsigned depth)
{
    while (depth > 0 && reader->parts[depth] == PART_MARK)
        depth--;
    switch (reader->parts[depth]) {
    case PART_TITLE:
        return &reader->title;
    case PART_NAMES:
        return &reader->names;
    case PART_PLACE:
        return reader->in_block ? &reader->places : &reader->notes;
    case PART_NOTE:
        return &reader->notes;
    case PART_ABSTRACT:
        return &reader->abstract;
    default:
        return NULL;
    }
}

/* --- blocks --- */

static void begin_block(struct reader *reader)
{
    text_init(&reader->names, reader->arena, BLOCK_BYTES_MAX);
    text_init(&reader->places, reader->arena, BLOCK_BYTES_MAX);
    reader->in_block = true;
}

static void end_block(struct reader *reader)
{
    struct latexml_front *front = reader->front;

    reader->in_block = false;
    if (front->count == LATEXML_BLOCKS_MAX)
        return;
    front->blocks = arena_grow(reader->arena, front->blocks, front->count,
            &reader->capacity, sizeof *front->blocks);
    front->blocks[front->count++] =
            (struct latexml_block){text_string(&reader->names),
                    text_string(&reader->places)};
}

/* --- events --- */

static bool breaks_line(const char *name, const char *const *attributes)
{
    static const char *const rows[] = {"ltx_tr", "ltx_td", "ltx_p"};

    if (text_same(name, "br") || text_same(name, "p") || text_same(name, "tr"))
        return true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (html_stream_has_class(attributes, rows[i]))
            return true;
    return false;
}

static bool is_inside(const struct reader *reader, unsigned depth,
        enum part part)
{
    for (; depth > 0; depth--)
        if (reader->parts[depth] == part)
            return true;
    return false;
}

static void note_link(struct reader *reader, unsigned depth, const char *name,
        const char *const *attributes)
{
    const char *address = html_stream_attribute(attributes, "href");

    /* In a block it is somebody's own page. */
    if (!text_same(name, "a") || reader->in_block ||
            !is_inside(reader, depth, PART_DOCUMENT) ||
            !text_starts(address, "http"))
        return;
    text_add(&reader->links,
            text_repair(reader->arena, address, strlen(address)));
    text_add(&reader->links, "\n");
}

static void add_sign(struct text *sink, char sign)
{
    if (sink != NULL)
        text_add_n(sink, &sign, 1);
}

/* Formulas beside a name are its marks. */
static bool is_mark_formula(const struct reader *reader, unsigned depth,
        const char *name)
{
    return text_same(name, "math") &&
            (reader->parts[depth] == PART_NAMES ||
                    reader->parts[depth] == PART_PLACE ||
                    reader->parts[depth] == PART_NOTE);
}

static void enter(struct reader *reader, unsigned depth, enum part part)
{
    enum part outer = reader->parts[depth - 1];

    if (part == PART_CREATOR && !reader->in_block)
        begin_block(reader);
    else if (part == PART_CREATOR || (part == PART_NAMES && !reader->in_block))
        part = PART_SKIP;
    if (part == PART_MARK && outer == PART_MARK)
        part = PART_SKIP;
    if (part == PART_POINTER)
        reader->pointer_depth = depth;
    if (part == PART_POINTER || part == PART_OUTER)
        part = part == PART_OUTER && reader->pointer_depth > 0 ? PART_SKIP
                                                               : PART_SAME;
    reader->parts[depth] = part == PART_SAME ? outer : part;
    if (part == PART_MARK)
        add_sign(sink_of(reader, depth), LATEXML_MARK_BEGIN);
}

static bool on_begin(void *ctx, unsigned depth, const char *name,
        const char *const *attributes)
{
    struct reader *reader = ctx;
    enum part outer = reader->parts[depth - 1];
    enum part part = part_of(name, attributes);

    reader->parts[depth] = outer;
    if (outer == PART_SKIP)
        return true;
    if (part == PART_END)
        return false;
    note_link(reader, depth, name, attributes);
    if (part == PART_SAME && is_mark_formula(reader, depth, name))
        part = PART_MARK;
    if (breaks_line(name, attributes) && outer != PART_ABSTRACT)
        add_sign(sink_of(reader, depth), '\n');
    enter(reader, depth, part);
    return true;
}

static void on_end(void *ctx, unsigned depth, const char *name)
{
    struct reader *reader = ctx;
    enum part part = reader->parts[depth], outer = reader->parts[depth - 1];

    (void)name;
    if (reader->pointer_depth == depth)
        reader->pointer_depth = 0;
    if (part == outer || part == PART_SKIP)
        return;
    if (part == PART_MARK)
        add_sign(sink_of(reader, depth - 1), LATEXML_MARK_END);
    if (part == PART_PLACE || part == PART_NOTE)
        add_sign(sink_of(reader, depth), '\n');
    if (part == PART_CREATOR)
        end_block(reader);
}

/* A line of the page's source is none of the page; a wide blank is two blanks
 * that may not break, or \quad's. */
static size_t add_character(struct text *sink, const char *at, size_t left)
{
    static const struct {
        const char *bytes, *sign;
    } signs[] = {{"\xE2\x80\x83", "\t"}, {"\xE2\x80\x81", "\t"},
            {"\xC2\xA0\xC2\xA0", "\t"}, {"\n", " "}, {"\r", " "}, {"\t", " "}};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].bytes);
        if (left >= length && memcmp(at, signs[i].bytes, length) == 0) {
            text_add(sink, signs[i].sign);
            return length;
        }
    }
    if ((unsigned char)*at >= ' ')
        text_add_n(sink, at, 1);
    return 1;
}

static void on_text(void *ctx, unsigned depth, const char *bytes, size_t length)
{
    struct reader *reader = ctx;
    struct text *sink = sink_of(reader, depth);

    if (reader->parts[depth] == PART_SKIP || sink == NULL)
        return;
    for (size_t at = 0; at < length;)
        at += add_character(sink, bytes + at, length - at);
}

/* --- the whole --- */

static void open_sinks(struct reader *reader)
{
    text_init(&reader->title, reader->arena, TITLE_BYTES_MAX);
    text_init(&reader->notes, reader->arena, NOTES_BYTES_MAX);
    text_init(&reader->abstract, reader->arena, ABSTRACT_BYTES_MAX);
    text_init(&reader->links, reader->arena, LINKS_BYTES_MAX);
}

bool latexml_front_read(const char *bytes, size_t length, struct arena *arena,
        struct latexml_front *front, struct error *err)
{
    struct reader reader = {.arena = arena, .front = front};
    const struct html_handler handler = {.begin = on_begin,
            .text = on_text,
            .end = on_end,
            .ctx = &reader};

    *front = (struct latexml_front){0};
    open_sinks(&reader);
    if (!html_stream_read(bytes, length, &handler, err))
        return false;
    if (reader.in_block) /* the page broke off in it */
        end_block(&reader);
    front->title = text_string(&reader.title);
    front->abstract = text_string(&reader.abstract);
    front->notes = text_string(&reader.notes);
    front->links = text_string(&reader.links);
    return *front->title != '\0' || front->count > 0 ||
            error_set(err, ERROR_INPUT,
                    "the page has no title and no authors as LaTeXML writes "
                    "them");
}
