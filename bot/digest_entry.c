#include "bot/digest_entry.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/base/text_sentence.h"
#include "bot/digest_excerpt.h"
#include "bot/digest_names.h"
#include "bot/labels.h"

#include <string.h>

/* What the functions below pass around. */
struct entry {
    struct document *document;
    struct document_node *node;
    const struct digest_input *input;
    const struct digest_item *item;
};

bool digest_entry_is_original(const char *language)
{
    return label_same_language(language, "en");
}

/* Whose labels and marks the entry has: the digest's first language, also where
 * it stands in an answer in another one. */
static const char *reader_of(const struct entry *entry)
{
    const char *first = entry->input->languages.tags[0];

    return first != NULL ? first : "en";
}

/* Sources and people write LaTeX; what is stored stays so. */
static const char *shown(const struct entry *entry, const char *text)
{
    return text_latex_show(entry->document->arena, text);
}

static const struct note *note_of(const struct entry *entry,
        const char *language)
{
    if (!entry->input->notes)
        return NULL;
    return note_find(entry->input->notes, entry->item->paper->id, language);
}

static void add_line(const struct entry *entry, enum document_role role,
        const char *text, const char *language)
{
    if (*text)
        document_paragraph(entry->document, entry->node, role, text)->language =
                language;
}

/* "1、[LG] Title": the original title always leads. */
static void add_title(const struct entry *entry, const char *number)
{
    struct document *document = entry->document;
    struct document_node *title = document_block(document, entry->node,
            DOCUMENT_PARAGRAPH, ROLE_TITLE);

    title->language = "en";
    if (*number)
        document_inline(document, title, DOCUMENT_TEXT, number);
    if (*entry->item->tag) {
        document_inline(document, title, DOCUMENT_TAG, entry->item->tag);
        document_inline(document, title, DOCUMENT_TEXT, " ");
    }
    document_inline(document, title, DOCUMENT_STRONG,
            shown(entry, entry->item->paper->title));
    if (entry->item->mark != NULL && *entry->item->mark != '\0')
        document_inline(document, title, DOCUMENT_TEXT,
                arena_format(document->arena, " %s", entry->item->mark));
}

static const char *numbered(const struct entry *entry, unsigned number,
        const char *stop)
{
    entry->node->number = number;
    return number == 0
            ? ""
            : arena_format(entry->document->arena, "%u%s", number, stop);
}

static void add_note_title(const struct entry *entry, const char *language)
{
    const struct note *note = note_of(entry, language);

    if (note && !text_same(note->title, entry->item->paper->title))
        add_line(entry, ROLE_NOTE_TITLE, shown(entry, note->title), language);
}

static void add_authors(const struct entry *entry)
{
    add_line(entry, ROLE_AUTHORS,
            digest_names_authors(entry->document->arena,
                    &entry->item->paper->authors),
            "");
}

static void add_affiliations(const struct entry *entry)
{
    add_line(entry, ROLE_AFFILIATIONS,
            shown(entry,
                    digest_names_affiliations(entry->document->arena,
                            entry->item->paper)),
            "");
}

static void add_link(const struct entry *entry)
{
    struct document *document = entry->document;
    struct document_node *block = document_block(document, entry->node,
            DOCUMENT_PARAGRAPH, ROLE_LINK);

    document_link(document, block, "",
            arena_format(document->arena, "https://arxiv.org/abs/%s",
                    entry->item->paper->id));
}

/* Nothing between title and digest where one is missing or the title has its
 * own stop ("...吗？"). */
static const char *note_stop(const struct note *note, const char *language)
{
    static const char *const stops[] = {"。", "？", "！", ".", "?", "!", NULL};
    size_t length = strlen(note->title);

    if (length == 0 || !*note->digest)
        return "";
    for (const char *const *stop = stops; *stop; stop++) {
        size_t size = strlen(*stop);

        if (length >= size && text_same(note->title + length - size, *stop))
            return size == 1 ? " " : "";
    }
    return label_text(LABEL_NOTE_STOP, language);
}

static bool is_curated(const struct entry *entry)
{
    return entry->item->text != NULL && *entry->item->text != '\0';
}

/* A person's own words: never cut, and not read as LaTeX. */
static void add_curated(const struct entry *entry)
{
    const char *reader = reader_of(entry);
    const char *values[4] = {entry->item->text, "", "", ""};
    bool same = text_has_han(entry->item->text) ==
            label_same_language(reader, "zh");

    add_line(entry, ROLE_NOTE,
            label_fill(entry->document->arena, LABEL_CURATED, reader, values),
            same ? reader : "");
}

static bool has_digest(const struct entry *entry, const char *language)
{
    if (is_curated(entry) && label_same_language(language, reader_of(entry)))
        return true;
    const struct note *note = note_of(entry, language);

    return note && *note->digest;
}

/* The original text, marked where the reader would expect another language. */
static void add_abstract(const struct entry *entry, const char *abstract)
{
    const char *reader = reader_of(entry);

    if (!*abstract)
        return;
    if (!digest_entry_is_original(reader) && !has_digest(entry, reader))
        abstract = arena_format(entry->document->arena, "%s%s",
                label_text(LABEL_UNTRANSLATED, reader), abstract);
    add_line(entry, ROLE_ABSTRACT, abstract, "en");
}

/* --- full --- */

static void add_note(const struct entry *entry, const char *language)
{
    const struct note *note = note_of(entry, language);

    if (note)
        add_line(entry, ROLE_NOTE,
                arena_format(entry->document->arena, "%s%s%s",
                        shown(entry, note->title), note_stop(note, language),
                        shown(entry, note->digest)),
                language);
}

/* Whether each sentence of a note stands in the abstract as it is. */
static bool only_repeats(const struct entry *entry, const char *abstract,
        const char *digest)
{
    struct arena *arena = entry->document->arena;
    const char *line = text_one_line(arena, abstract);
    const char *rest = text_one_line(arena, digest);

    while (*rest != '\0') {
        size_t end = 0, length = strlen(rest);
        for (size_t at = 0; at < length && end == 0; at++)
            end = text_sentence_end(rest, at);
        end = end == 0 ? length : end;
        if (strcasestr(line, arena_string_n(arena, rest, end)) == NULL)
            return false;
        rest += end;
        rest += strspn(rest, " ");
    }
    return true;
}

/* A note in the papers' own language whose sentences are all of the abstract would
 * say them twice. */
static void add_original(const struct entry *entry, const char *language)
{
    const struct note *note = note_of(entry, language);
    const char *abstract = entry->item->paper->abstract;

    if (note && !only_repeats(entry, abstract, note->digest))
        add_line(entry, ROLE_NOTE, shown(entry, note->digest), language);
    add_abstract(entry, shown(entry, abstract));
}

/* The languages one under the other, the reader's first; the original where
 * none of them has a text. */
static void add_note_texts(const struct entry *entry)
{
    const char *const *tags = entry->input->languages.tags;
    bool said = false;

    for (size_t i = 0; i < LANGUAGES_MAX && tags[i]; i++) {
        if (digest_entry_is_original(tags[i]))
            add_original(entry, tags[i]);
        else
            add_note(entry, tags[i]);
        said = said || digest_entry_is_original(tags[i]) ||
                has_digest(entry, tags[i]);
    }
    if (!said)
        add_abstract(entry, shown(entry, entry->item->paper->abstract));
}

static void add_note_titles(const struct entry *entry)
{
    const char *const *tags = entry->input->languages.tags;

    for (size_t i = 0; i < LANGUAGES_MAX && tags[i]; i++)
        add_note_title(entry, tags[i]);
}

static void add_texts(const struct entry *entry)
{
    const char *const *tags = entry->input->languages.tags;

    if (!is_curated(entry)) {
        add_note_texts(entry);
        return;
    }
    add_note_titles(entry);
    add_curated(entry);
    for (size_t i = 0; i < LANGUAGES_MAX && tags[i]; i++)
        if (digest_entry_is_original(tags[i]))
            add_abstract(entry, shown(entry, entry->item->paper->abstract));
}

static void add_full_top(const struct entry *entry, unsigned number)
{
    add_title(entry,
            numbered(entry, number,
                    label_text(LABEL_NUMBER_STOP, reader_of(entry))));
    add_authors(entry);
    add_affiliations(entry);
    add_texts(entry);
    add_link(entry);
}

static void add_full_also(const struct entry *entry)
{
    add_title(entry, "");
    add_note_titles(entry);
    if (is_curated(entry))
        add_curated(entry);
    add_authors(entry);
    add_affiliations(entry);
    add_link(entry);
}

/* --- brief --- */

/* In the papers' own language: what says most of it in few words. */
static const char *original_of(const struct entry *entry)
{
    const struct note *note = note_of(entry, "en");

    return note != NULL && *note->digest != '\0' ? note->digest
                                                 : entry->item->paper->abstract;
}

static void add_excerpt(const struct entry *entry)
{
    struct arena *arena = entry->document->arena;
    const char *reader = reader_of(entry);

    if (has_digest(entry, reader))
        add_line(entry, ROLE_NOTE,
                digest_excerpt(arena,
                        shown(entry, note_of(entry, reader)->digest)),
                reader);
    else
        add_abstract(entry,
                digest_excerpt(arena, shown(entry, original_of(entry))));
}

static void add_brief(const struct entry *entry, unsigned number)
{
    add_title(entry, numbered(entry, number, ". "));
    add_note_titles(entry);
    if (is_curated(entry))
        add_curated(entry);
    else if (entry->item->top)
        add_excerpt(entry);
    add_authors(entry);
    add_line(entry, ROLE_AFFILIATIONS,
            shown(entry,
                    digest_names_brief_affiliations(entry->document->arena,
                            entry->item->paper)),
            "");
    add_link(entry);
}

void digest_entry_add_compact(struct document *document,
        const struct digest_input *input, const struct digest_item *item)
{
    struct entry entry = {.document = document, .input = input, .item = item};

    entry.node = document_block(document, &document->root, DOCUMENT_ENTRY,
            ROLE_NONE);
    entry.node->paper_id = item->paper->id;
    add_title(&entry, "");
    add_note_title(&entry, reader_of(&entry));
    add_authors(&entry);
    add_link(&entry);
}

void digest_entry_add(struct document *document,
        const struct digest_input *input, const struct digest_item *item,
        unsigned number)
{
    struct entry entry = {.document = document, .input = input, .item = item};

    entry.node = document_block(document, &document->root, DOCUMENT_ENTRY,
            ROLE_NONE);
    entry.node->paper_id = item->paper->id;
    if (input->style == STYLE_BRIEF)
        add_brief(&entry, number);
    else if (item->top)
        add_full_top(&entry, number);
    else
        add_full_also(&entry);
}
