#include "bot/write/note_check.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/write/glossary.h"
#include "bot/write/note_form.h"
#include "bot/write/note_names.h"
#include "bot/write/note_numbers.h"

#include <string.h>

/* What all texts of a note are held against. */
struct checking {
    const struct note *note;
    const struct glossary *glossary;
    struct arena *arena;
    const char *source; /* as one reads it */
    struct note_number_list numbers;
};

/* The digest's upper bounds are a brief entry's (a phone's screen); what is below
 * the lower ones says nothing of a paper. */
static const struct part {
    const char *name;
    size_t offset; /* of its text in struct note */
    bool required;
    struct note_bounds bounds;
} parts[] = {
        {"title", offsetof(struct note, title), false, {1, 80, 1, 40}},
        {"heading", offsetof(struct note, heading), false, {1, 40, 1, 16}},
        {"digest", offsetof(struct note, digest), true,
                {NOTE_CHECK_HAN_MIN, NOTE_CHECK_HAN_MAX, NOTE_CHECK_WORDS_MIN,
                        NOTE_CHECK_WORDS_MAX}},
};

static const char *text_of(const struct note *note, const struct part *part)
{
    const char *text;

    memcpy(&text, (const char *)note + part->offset, sizeof text);
    return text == NULL ? "" : text;
}

/* --- against the source --- */

static const char *number_flaw(const struct checking *checking,
        const char *text)
{
    struct note_number_list numbers =
            note_numbers_of(text_fold(checking->arena, text), checking->arena);
    const struct note_number *strange =
            note_numbers_strange(&numbers, &checking->numbers);

    return strange == NULL
            ? NULL
            : arena_format(checking->arena,
                      "says %s%s, which the abstract does not",
                      strange->negative ? "-" : "", strange->written);
}

static const char *name_flaw(const struct checking *checking, const char *text)
{
    bool latin = !note_form_is_chinese(checking->note->language);
    const char *strange =
            note_names_strange(text, latin, checking->source, checking->arena);

    return strange == NULL
            ? NULL
            : arena_format(checking->arena,
                      "names \"%s\", which the abstract does not", strange);
}

static const char *term_flaw(const struct checking *checking, const char *text)
{
    const struct glossary_term *term = NULL;
    const char *wrong;

    if (!text_starts(checking->note->language, checking->glossary->language))
        return NULL;
    wrong = glossary_wrong(checking->glossary, checking->source, text,
            checking->arena, &term);
    return wrong == NULL ? NULL
                         : arena_format(checking->arena,
                                   "writes \"%s\" for \"%s\", which is \"%s\"",
                                   wrong, term->term, term->right[0]);
}

/* --- the whole --- */

static const char *part_flaw(const struct checking *checking,
        const struct part *part, const char *text)
{
    const char *language = checking->note->language;
    struct arena *arena = checking->arena;
    const char *flaw = note_form_markup(text, checking->source, arena);

    if (flaw == NULL)
        flaw = note_form_echo(text, checking->source, arena);
    if (flaw == NULL && part->required)
        flaw = note_form_language(text, language, checking->source, arena);
    if (flaw == NULL && part->required)
        flaw = note_form_loop(text, arena);
    if (flaw == NULL)
        flaw = note_form_length(text, language, &part->bounds, arena);
    if (flaw == NULL)
        flaw = number_flaw(checking, text);
    if (flaw == NULL)
        flaw = term_flaw(checking, text);
    return flaw == NULL ? name_flaw(checking, text) : flaw;
}

/* "Amos: ..." is called Amos in every language. */
static bool keeps_name(const struct checking *checking,
        const struct paper *paper, const char **flaw)
{
    const char *name =
            note_names_leading(text_latex_show(checking->arena, paper->title),
                    checking->arena);
    const char *title = text_of(checking->note, &parts[0]);

    if (*name == '\0' || *title == '\0' ||
            note_names_has(title, name, checking->arena))
        return true;
    *flaw = arena_format(checking->arena,
            "the title leaves out \"%s\", the name of what the paper is about",
            name);
    return false;
}

/* Numbers come from here: "15 pages" of the comment is none to report. */
static const char *said_of(const struct paper *paper, struct arena *arena)
{
    return arena_format(arena, "%s. %s", text_latex_show(arena, paper->title),
            text_latex_show(arena, paper->abstract));
}

/* Names may also be an author's, or a venue's. */
static const char *source_of(const struct paper *paper, const char *said,
        struct arena *arena)
{
    struct text text;

    text_init(&text, arena, SIZE_MAX / 2);
    text_add(&text, said);
    text_add(&text, " ");
    text_add(&text, paper->comment == NULL ? "" : paper->comment);
    for (size_t i = 0; i < paper->authors.count; i++) {
        text_add(&text, "; ");
        text_add(&text, paper->authors.items[i].name);
    }
    return text_string(&text);
}

bool note_check(const struct note *note, const struct paper *paper,
        const struct glossary *glossary, struct arena *arena, const char **flaw)
{
    struct glossary own = {0};
    const char *said = said_of(paper, arena);
    struct checking checking = {.note = note,
            .glossary = glossary,
            .arena = arena,
            .source = source_of(paper, said, arena),
            .numbers = note_numbers_of(text_fold(arena, said), arena)};

    if (glossary == NULL) {
        own = glossary_own(arena);
        checking.glossary = &own;
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *text = text_latex_show(arena, text_of(note, &parts[i]));
        if (*text == '\0' && !parts[i].required)
            continue;
        const char *wrong = *text == '\0'
                ? "is empty"
                : part_flaw(&checking, &parts[i], text);
        if (wrong != NULL) {
            *flaw = arena_format(arena, "the %s %s", parts[i].name, wrong);
            return false;
        }
    }
    return keeps_name(&checking, paper, flaw);
}
