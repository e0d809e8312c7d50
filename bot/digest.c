#include "bot/digest.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/curators.h"
#include "bot/digest_entry.h"
#include "bot/labels.h"
#include "bot/model/category.h"

enum {
    LEGEND_CATEGORIES_MAX = 8, /* DESIGN section 5: above, only today's */
    LINE_BYTES_MAX = 16 * 1024,
};

static struct document *new_document(const struct language_pair *languages,
        struct arena *arena)
{
    struct document *document = arena_new(arena, struct document);

    document_init(document, arena,
            languages->tags[0] ? languages->tags[0] : "en");
    return document;
}

static void add_line(struct document *document, enum document_role role,
        const char *text)
{
    if (*text)
        document_paragraph(document, &document->root, role, text)->language =
                document->language;
}

/* --- legend --- */

static bool has_tag(const struct digest_input *input, const char *tag)
{
    for (size_t i = 0; i < input->count; i++)
        if (text_same(input->items[i].tag, tag))
            return true;
    return false;
}

static bool has_code(const struct string_list *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (category_same(codes->items[i], code))
            return true;
    return false;
}

/* The code behind an item's tag; NULL if the paper carries none such. */
static const char *code_of(const struct digest_item *item)
{
    const struct string_list *codes = &item->paper->categories;

    for (size_t i = 0; i < codes->count; i++)
        if (text_same(category_tag(codes->items[i]), item->tag))
            return codes->items[i];
    return NULL;
}

/* Of a channel that takes every category: the tags of the day. */
static struct string_list codes_of_items(const struct digest_input *input,
        struct arena *arena)
{
    struct string_list codes = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < input->count; i++) {
        const char *code = code_of(&input->items[i]);

        if (code && !has_code(&codes, code))
            string_list_add(&codes, &capacity, arena, code);
    }
    return codes;
}

/* A piece a category, and one between each two. */
static void add_legend(struct document *document,
        const struct digest_input *input)
{
    struct arena *arena = document->arena;
    const char *language = document->language;
    struct string_list codes = {0};
    struct document_node *legend = NULL;

    if (input->categories)
        codes = *input->categories;
    bool all = codes.count <= LEGEND_CATEGORIES_MAX;
    if (codes.count == 0)
        codes = codes_of_items(input, arena);

    for (size_t i = 0; i < codes.count; i++) {
        const char *tag = category_tag(codes.items[i]);
        const char *name = arena_format(arena, "%s - %s", tag,
                label_category(codes.items[i], language));

        if (!all && !has_tag(input, tag))
            continue;
        if (!legend) {
            legend = document_paragraph(document, &document->root, ROLE_LEGEND,
                    name);
            legend->language = language;
            continue;
        }
        document_inline(document, legend, DOCUMENT_TEXT,
                label_text(LABEL_LEGEND_JOIN, language));
        document_inline(document, legend, DOCUMENT_TEXT, name);
    }
}

/* --- credit --- */

/* The configured one, and who chose. */
static const char *credit_of(const struct digest_input *input,
        const char *language, struct arena *arena)
{
    const char *credit = input->credit != NULL ? input->credit : "";

    if (input->curators == NULL || input->curators->count == 0)
        return credit;
    const char *values[4] = {curators_names(input->curators, language, arena),
            "", "", ""};
    return arena_format(arena, "%s%s%s", credit, *credit ? " · " : "",
            label_fill(arena, LABEL_CHOSEN, language, values));
}

/* --- headline --- */

static void add_headline(struct document *document,
        const struct digest_input *input)
{
    const char *language = document->language;
    struct text text;

    text_init(&text, document->arena, LINE_BYTES_MAX);
    for (size_t i = 0; input->notes && i < input->count; i++) {
        const struct note *note =
                note_find(input->notes, input->items[i].paper->id, language);

        if (!note || !*note->heading)
            continue;
        text_add(&text,
                label_text(text.length > 0 ? LABEL_HEADLINE_JOIN
                                           : LABEL_HEADLINE,
                        language));
        text_add(&text, text_latex_show(document->arena, note->heading));
    }
    add_line(document, ROLE_HEADLINE, text_string(&text));
}

/* --- foot --- */

static void add_batch_line(struct document *document,
        const struct digest_input *input)
{
    const struct digest_foot *foot = &input->foot;
    struct arena *arena = document->arena;
    const char *day = foot->undated ? ""
                                    : arena_format(arena, " %02d-%02d",
                                              foot->date.month, foot->date.day);
    const char *values[4] = {
            day,
            arena_format(arena, "%u", foot->new_count),
            arena_format(arena, "%u", foot->cross_count),
            arena_format(arena, "%zu", input->count),
    };

    add_line(document, ROLE_FOOT,
            label_fill(arena, input->week ? LABEL_WEEK_FOOT : LABEL_FOOT,
                    document->language, values));
}

/* Who wrote the notes of a language, each once; "" if people did or nobody
 * knows. */
static const char *writers_of(const struct digest_input *input,
        const char *language, struct arena *arena)
{
    struct string_list writers = {0};
    size_t capacity = 0;
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; input->notes && i < input->count; i++) {
        const struct note *note =
                note_find(input->notes, input->items[i].paper->id, language);
        bool known = !note || !*note->writer || text_same(note->writer, "file");

        for (size_t n = 0; !known && n < writers.count; n++)
            known = text_same(writers.items[n], note->writer);
        if (known)
            continue;
        text_add(&text, writers.count > 0 ? ", " : "");
        text_add(&text, note->writer);
        string_list_add(&writers, &capacity, arena, note->writer);
    }
    return text_string(&text);
}

static const char *language_name(const char *language, const char *reader)
{
    if (label_same_language(language, "zh"))
        return label_text(LABEL_CHINESE, reader);
    if (label_same_language(language, "en"))
        return label_text(LABEL_ENGLISH, reader);
    return language;
}

static void add_writers_line(struct document *document,
        const struct digest_input *input, const char *language)
{
    struct arena *arena = document->arena;
    const char *reader = document->language;
    const char *writers = writers_of(input, language, arena);
    const char *values[4] = {language_name(language, reader), writers, "", ""};

    if (*writers)
        add_line(document, ROLE_FOOT,
                label_fill(arena,
                        digest_entry_is_original(language) ? LABEL_WRITTEN
                                                           : LABEL_TRANSLATED,
                        reader, values));
}

static void add_contact_line(struct document *document, const char *contact)
{
    const char *values[4] = {contact, "", "", ""};

    add_line(document, ROLE_FOOT,
            label_fill(document->arena, LABEL_TAKE_DOWN, document->language,
                    values));
}

static void add_foot(struct document *document,
        const struct digest_input *input)
{
    const char *const *tags = input->languages.tags;

    if (!civil_date_is_set(input->foot.date) && !input->foot.undated)
        return;
    add_batch_line(document, input);
    for (size_t i = 0; i < LANGUAGES_MAX && tags[i]; i++)
        add_writers_line(document, input, tags[i]);
    if (input->foot.contact != NULL && *input->foot.contact != '\0')
        add_contact_line(document, input->foot.contact);
}

/* --- the whole --- */

static const char *title_of(const struct digest_input *input,
        const char *language, struct arena *arena)
{
    char date[CIVIL_DATE_SIZE] = "";

    if (civil_date_is_set(input->date))
        civil_date_format(input->date, date);
    const char *values[4] = {arena_format(arena, "%s%s", *date ? " " : "",
                                     date),
            arena_format(arena, "%zu", input->count), "", ""};

    return label_fill(arena,
            input->week ? LABEL_WEEK_TITLE : LABEL_DIGEST_TITLE, language,
            values);
}

/* Adds one tier's papers; number is how many came before.  Returns the new
 * count. */
static unsigned add_tier(struct document *document,
        const struct digest_input *input, bool top, unsigned number)
{
    for (size_t i = 0; i < input->count; i++)
        if (input->items[i].top == top)
            digest_entry_add(document, input, &input->items[i], ++number);
    return number;
}

static void add_section(struct document *document)
{
    struct document_node *section = document_block(document, &document->root,
            DOCUMENT_HEADING, ROLE_SECTION);

    section->language = document->language;
    document_inline(document, section, DOCUMENT_TEXT,
            label_text(LABEL_ALSO, document->language));
}

struct document *digest_document(const struct digest_input *input,
        struct arena *arena)
{
    struct document *document = new_document(&input->languages, arena);

    document->title = title_of(input, document->language, arena);
    document->spaced = input->style == STYLE_BRIEF;
    if (input->week)
        add_line(document, ROLE_NONE,
                label_text(LABEL_WEEK, document->language));
    add_legend(document, input);
    add_line(document, ROLE_CREDIT,
            credit_of(input, document->language, arena));
    add_headline(document, input);

    unsigned tops = add_tier(document, input, true, 0);
    /* "Others worth a look" needs some before them. */
    if (tops > 0 && tops < input->count)
        add_section(document);
    add_tier(document, input, false, tops);
    add_foot(document, input);
    return document;
}

struct document *digest_quiet_line(enum digest_quiet why,
        struct civil_date date, struct language_pair languages,
        struct arena *arena)
{
    static const enum label lines[] = {
            [DIGEST_QUIET_NONE] = LABEL_QUIET_HOLIDAY,
            [DIGEST_QUIET_LATE] = LABEL_QUIET_LATE,
            [DIGEST_QUIET_FAILED] = LABEL_QUIET_FAILED,
    };
    struct document *document = new_document(&languages, arena);
    const char *line = label_text(lines[why], document->language);

    document->title = line;
    if (civil_date_is_set(date)) {
        char day[CIVIL_DATE_SIZE];

        civil_date_format(date, day);
        document->title = arena_format(arena, "%s · %s", line, day);
    }
    add_line(document, ROLE_NONE, line);
    return document;
}
