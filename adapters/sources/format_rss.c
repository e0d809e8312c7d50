#include "adapters/sources/announced.h"
#include "adapters/sources/creators.h"
#include "adapters/sources/format.h"
#include "adapters/sources/html_paragraphs.h"
#include "adapters/sources/sniff.h"
#include "adapters/sources/xml_stream.h"
#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/model/category.h"

#include <string.h>

/* The announcement feed of rss.arxiv.org (help/rss_specifications), and what
 * other programs make of it.  A refused query is a feed without items, titled
 * "Feed error for query: ...". */

enum {
    CHANNEL_FIELD = 3, /* depths: rss, channel, item, field */
    ITEM = 3,
    ITEM_FIELD = 4,
};

struct rss {
    struct record *record;
    struct announced item;
    size_t items;
    bool in_item;
    bool refused;              /* the feed is an error of the server's */
    const char *only_category; /* that the channel's title names, or NULL */
};

static bool sniff(const struct input_look *look)
{
    char root[SNIFF_NAME_SIZE];
    return sniff_xml_root(look, root) && text_same(root, "rss") &&
            sniff_finds(look, "arxiv.org");
}

/* --- the channel --- */

/* The one category that a title such as "Chat of cs.RO" names: some feeds say
 * it there alone.  NULL if there is none or more than one. */
static const char *only_category_in(struct record *record, const char *title)
{
    const char *found = NULL;

    while (*title != '\0') {
        size_t length = strcspn(title, " ,+:()");
        const char *word = arena_string_n(&record->arena, title, length);
        const struct category *category = category_find(word);
        if (category != NULL && found != NULL)
            return NULL;
        if (category != NULL)
            found = category->code;
        title += length + (title[length] != '\0');
    }
    return found;
}

static void take_channel_field(struct rss *rss, const char *name,
        const struct xml_text *text)
{
    struct record *record = rss->record;
    const char *value = record_plain(record, text->bytes, text->length);

    if (text_same(name, "lastBuildDate")) {
        civil_parse_instant(value, &record->summary->built_ms);
        return;
    }
    if (text_same(name, "description")) {
        record->out.paper.abstract = value; /* of an error: what it was */
        return;
    }
    rss->refused = announced_is_refusal(value);
    rss->only_category = only_category_in(record, value);
}

static void end_feed(struct rss *rss)
{
    struct record *record = rss->record;
    if (!rss->refused || rss->items > 0)
        return;
    announced_refuse(record, record->out.paper.abstract);
}

/* --- an item's fields --- */

static void begin_item(struct rss *rss)
{
    record_begin(rss->record, "entry", ++rss->items);
    rss->item = (struct announced){"", "", "", "", ""};
    rss->in_item = true;
}

static bool on_begin(void *ctx, unsigned depth, const char *name,
        const char *const *attributes)
{
    static const char *const fields[] = {"title", "link", "guid", "description",
            "category", "arxiv:announce_type", "arxiv:DOI",
            "arxiv:journal_reference", "dc:creator", "dc:rights"};
    struct rss *rss = ctx;
    (void)attributes;

    if (depth == ITEM && text_same(name, "item"))
        begin_item(rss);
    if (depth == CHANNEL_FIELD && rss->items == 0)
        return text_same(name, "title") || text_same(name, "description") ||
                text_same(name, "lastBuildDate");
    if (depth != ITEM_FIELD || !rss->in_item)
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (text_same(name, fields[i]))
            return true;
    return false;
}

static const char *plain(struct rss *rss, const struct xml_text *text)
{
    return record_plain(rss->record, text->bytes, text->length);
}

static const char *prose(struct rss *rss, const struct xml_text *text)
{
    return record_prose(rss->record, text->bytes, text->length);
}

static void take_item_field(struct rss *rss, const char *name,
        const struct xml_text *text)
{
    struct record *record = rss->record;
    struct paper *paper = &record->out.paper;
    struct announced *item = &rss->item;

    if (text->cut)
        record_fault(record, name, "is longer than 64 KiB", "");
    if (text_same(name, "guid"))
        item->id = plain(rss, text);
    else if (text_same(name, "link"))
        item->link = plain(rss, text);
    else if (text_same(name, "title"))
        item->title = prose(rss, text);
    else if (text_same(name, "description"))
        item->description = prose(rss, text);
    else if (text_same(name, "category"))
        record_category(record, plain(rss, text), false);
    else if (text_same(name, "arxiv:announce_type"))
        item->announce_type = plain(rss, text);
    else if (text_same(name, "arxiv:DOI"))
        paper->doi = plain(rss, text);
    else if (text_same(name, "arxiv:journal_reference"))
        paper->journal_ref = prose(rss, text);
    else if (text_same(name, "dc:creator"))
        creators_read(record, prose(rss, text));
    else if (text_same(name, "dc:rights"))
        paper->license = plain(rss, text);
}

static void on_text(void *ctx, unsigned depth, const char *name,
        const struct xml_text *text)
{
    struct rss *rss = ctx;
    if (depth == ITEM_FIELD)
        take_item_field(rss, name, text);
    else
        take_channel_field(rss, name, text);
}

/* --- an item's meaning --- */

/* Other programs put their own words into the title and the whole entry, in
 * HTML, into the description: the paper's title, its link, a summary, and
 * arXiv's description.  Such an item is put right. */
static void unfold_html(struct record *record, struct announced *item)
{
    const char *paragraphs[8];
    struct arena *arena = &record->arena;
    size_t count = html_paragraphs(arena, item->description, paragraphs,
            sizeof paragraphs / sizeof *paragraphs);

    for (size_t i = 1; i < count; i++) {
        const char *paragraph = text_one_line(arena, paragraphs[i]);
        if (!text_starts(paragraph, "arXiv:"))
            continue;
        item->title = text_one_line(arena, paragraphs[0]);
        item->description = paragraph;
        return;
    }
}

static void end_item(struct rss *rss)
{
    struct record *record = rss->record;
    struct announced *item = &rss->item;

    unfold_html(record, item);
    announced_take(record, item);
    if (record->out.paper.categories.count == 0 && rss->only_category != NULL)
        record_category(record, rss->only_category, false);
    record_end(record);
    rss->in_item = false;
}

static void on_end(void *ctx, unsigned depth)
{
    struct rss *rss = ctx;

    if (depth == ITEM && rss->in_item)
        end_item(rss);
    if (depth == 1)
        end_feed(rss);
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct rss rss = {.record = record};
    struct xml_handler handler = {
            .begin = on_begin,
            .text = on_text,
            .end = on_end,
            .ctx = &rss,
    };
    record_begin(record, "feed", 0);
    return xml_stream_read(input, &handler, err);
}

const struct format format_rss = {
        .name = "RSS 2.0",
        .announces = true,
        .sniff = sniff,
        .read = read,
};
