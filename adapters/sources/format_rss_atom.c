#include "adapters/sources/announced.h"
#include "adapters/sources/creators.h"
#include "adapters/sources/format.h"
#include "adapters/sources/sniff.h"
#include "adapters/sources/xml_stream.h"
#include "bot/base/civil_time.h"
#include "bot/base/text.h"

#include <string.h>

/* The announcement feed in its Atom form, https://rss.arxiv.org/atom/CATEGORY
 * (help/atom_specifications).  The API's answers are Atom, too, but a feed of
 * another kind: format_atom.c. */

enum {
    FEED_FIELD = 2, /* depths: feed, its fields and entries, their fields */
    ENTRY = 2,
    ENTRY_FIELD = 3,
};

struct feed {
    struct record *record;
    struct announced item;
    size_t entries;
    bool in_entry;
    bool refused; /* the feed is an error of the server's */
    const char *subtitle;
};

static bool sniff(const struct input_look *look)
{
    char root[SNIFF_NAME_SIZE];
    return sniff_xml_root(look, root) && text_same(root, "feed") &&
            (sniff_finds(look, "rss.arxiv.org/atom") ||
                    (sniff_finds(look, "announce_type") &&
                            sniff_finds(look, "arxiv.org")));
}

/* --- beginnings --- */

static void begin_entry(struct feed *feed)
{
    record_begin(feed->record, "entry", ++feed->entries);
    feed->item = (struct announced){"", "", "", "", ""};
    feed->in_entry = true;
}

/* What Atom says in attributes. */
static void take_attributes(struct feed *feed, const char *name,
        const char *const *attributes)
{
    struct record *record = feed->record;
    const char *term = xml_stream_attribute(attributes, "term");
    const char *href = xml_stream_attribute(attributes, "href");
    const char *rel = xml_stream_attribute(attributes, "rel");

    if (text_same(name, "atom:category") && term != NULL)
        record_category(record, record_plain(record, term, strlen(term)),
                false);
    if (text_same(name, "atom:link") && href != NULL &&
            (rel == NULL || text_same(rel, "alternate")))
        feed->item.link = record_plain(record, href, strlen(href));
}

static bool on_begin(void *ctx, unsigned depth, const char *name,
        const char *const *attributes)
{
    static const char *const fields[] = {"atom:id", "atom:title",
            "atom:summary", "arxiv:announce_type", "arxiv:DOI",
            "arxiv:journal_reference", "dc:creator", "dc:rights"};
    struct feed *feed = ctx;

    if (depth == ENTRY && text_same(name, "atom:entry"))
        begin_entry(feed);
    if (depth == FEED_FIELD && feed->entries == 0)
        return text_same(name, "atom:title") ||
                text_same(name, "atom:subtitle") ||
                text_same(name, "atom:updated");
    if (depth != ENTRY_FIELD || !feed->in_entry)
        return false;
    take_attributes(feed, name, attributes);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (text_same(name, fields[i]))
            return true;
    return false;
}

/* --- texts --- */

static void take_feed_field(struct feed *feed, const char *name,
        const struct xml_text *text)
{
    const char *value = record_plain(feed->record, text->bytes, text->length);

    if (text_same(name, "atom:title"))
        feed->refused = announced_is_refusal(value);
    else if (text_same(name, "atom:subtitle"))
        feed->subtitle = value;
    else
        civil_parse_instant(value, &feed->record->summary->built_ms);
}

static const char *plain(struct feed *feed, const struct xml_text *text)
{
    return record_plain(feed->record, text->bytes, text->length);
}

static const char *prose(struct feed *feed, const struct xml_text *text)
{
    return record_prose(feed->record, text->bytes, text->length);
}

static void take_entry_field(struct feed *feed, const char *name,
        const struct xml_text *text)
{
    struct record *record = feed->record;
    struct announced *item = &feed->item;

    if (text->cut)
        record_fault(record, xml_stream_local(name), "is longer than 64 KiB",
                "");
    if (text_same(name, "atom:id"))
        item->id = plain(feed, text);
    else if (text_same(name, "atom:title"))
        item->title = prose(feed, text);
    else if (text_same(name, "atom:summary"))
        item->description = prose(feed, text);
    else if (text_same(name, "arxiv:announce_type"))
        item->announce_type = plain(feed, text);
    else if (text_same(name, "arxiv:DOI"))
        record_doi(record, plain(feed, text));
    else if (text_same(name, "arxiv:journal_reference"))
        record->out.paper.journal_ref = prose(feed, text);
    else if (text_same(name, "dc:creator"))
        creators_read(record, prose(feed, text));
    else if (text_same(name, "dc:rights"))
        record->out.paper.license = plain(feed, text);
}

static void on_text(void *ctx, unsigned depth, const char *name,
        const struct xml_text *text)
{
    struct feed *feed = ctx;
    if (depth == ENTRY_FIELD)
        take_entry_field(feed, name, text);
    else
        take_feed_field(feed, name, text);
}

/* --- ends --- */

static void on_end(void *ctx, unsigned depth)
{
    struct feed *feed = ctx;

    if (depth == ENTRY && feed->in_entry) {
        announced_take(feed->record, &feed->item);
        record_end(feed->record);
        feed->in_entry = false;
    }
    if (depth == 1 && feed->refused && feed->entries == 0)
        announced_refuse(feed->record, feed->subtitle);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct feed feed = {.record = record, .subtitle = ""};
    struct xml_handler handler = {
            .begin = on_begin,
            .text = on_text,
            .end = on_end,
            .ctx = &feed,
    };
    record_begin(record, "feed", 0);
    return xml_stream_read(input, &handler, err);
}

const struct format format_rss_atom = {
        .name = "arXiv announcement Atom",
        .announces = true,
        .sniff = sniff,
        .read = read,
};
