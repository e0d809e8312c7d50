#include "bot/write/glossary.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <string.h>

enum {
    FORMS_MAX = 16, /* of a term, right or wrong */
};

/* --- reading --- */

static const char *trimmed(struct arena *arena, const char *at, size_t length)
{
    return text_one_line(arena, arena_string_n(arena, at, length));
}

/* "a | b": its pieces, the empty ones left out. */
static const char **forms_of(struct arena *arena, const char *at, size_t length)
{
    const char **forms = arena_array(arena, const char *, FORMS_MAX + 1);
    size_t count = 0;

    for (const char *end = at + length; at < end && count < FORMS_MAX;) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        const char *stop = bar == NULL ? end : bar;
        const char *form = trimmed(arena, at, (size_t)(stop - at));
        if (*form != '\0')
            forms[count++] = form;
        at = stop + 1;
    }
    return forms;
}

static struct glossary_term *term_at(struct glossary *glossary,
        const char *term, struct arena *arena)
{
    for (size_t i = 0; i < glossary->count; i++)
        if (text_same(glossary->terms[i].term, term))
            return &glossary->terms[i];
    glossary->terms = arena_grow(arena, glossary->terms, glossary->count,
            &glossary->capacity, sizeof *glossary->terms);
    return &glossary->terms[glossary->count++];
}

/* *read->term is NULL for a line without a term. */
static bool read_line(const char *line, size_t length, struct arena *arena,
        struct glossary_term *read, struct error *err)
{
    const char *text = trimmed(arena, line, length);
    const char *equals = strchr(text, '=');

    *read = (struct glossary_term){0};
    if (*text == '\0' || *text == '#')
        return true;
    if (equals == NULL || equals == text)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no term; write TERM = TRANSLATION | ANOTHER ! WRONG",
                text_shorten(arena, text, 40));
    size_t right = strcspn(equals + 1, "!");
    const char *mark = equals + 1 + right;
    read->right = forms_of(arena, equals + 1, right);
    read->wrong = forms_of(arena, mark + (*mark == '!'),
            strlen(mark + (*mark == '!')));
    if (read->right[0] == NULL)
        return error_set(err, ERROR_INPUT,
                "\"%s\" has no translation behind the =",
                text_shorten(arena, text, 40));
    read->term =
            text_fold(arena, trimmed(arena, text, (size_t)(equals - text)));
    return true;
}

static bool add_line(struct glossary *glossary, const char *line, size_t length,
        bool keep, struct arena *arena, struct error *err)
{
    struct glossary_term read;

    if (!read_line(line, length, arena, &read, err))
        return false;
    if (keep && read.term != NULL)
        *term_at(glossary, read.term, arena) = read;
    return true;
}

static bool add_lines(struct glossary *glossary, const char *text, bool keep,
        struct arena *arena, struct error *err)
{
    unsigned number = 1;

    for (const char *at = text; *at != '\0'; number++) {
        size_t length = strcspn(at, "\n");
        if (!add_line(glossary, at, length, keep, arena, err))
            return error_wrap(err, "line %u", number);
        at += length + (at[length] == '\n');
    }
    return true;
}

bool glossary_add(struct glossary *glossary, const char *text,
        struct arena *arena, struct error *err)
{
    return add_lines(glossary, text, false, arena, err) &&
            add_lines(glossary, text, true, arena, err);
}

struct glossary glossary_own(struct arena *arena)
{
    struct glossary glossary = {.language = "zh"};

    for (size_t i = 0; glossary_lines[i] != NULL; i++)
        add_line(&glossary, glossary_lines[i], strlen(glossary_lines[i]), true,
                arena, NULL);
    return glossary;
}

/* --- looking --- */

static bool word_byte(char byte)
{
    return isalnum((unsigned char)byte) != 0;
}

/* Hyphen and space are the same: "chain-of-thought". */
static size_t same_words(const char *at, const char *term)
{
    size_t length = 0;

    for (; term[length] != '\0'; length++) {
        char a = at[length] == '-' ? ' ' : at[length];
        char b = term[length] == '-' ? ' ' : term[length];
        if (a != b)
            return 0;
    }
    size_t plural = at[length] == 's' ? 1 : 0;
    return word_byte(at[length + plural]) ? 0 : length + plural;
}

/* The longest term that begins there; *length as the text has it. */
static const struct glossary_term *term_here(const struct glossary *glossary,
        const char *at, size_t *length)
{
    const struct glossary_term *longest = NULL;

    *length = 0;
    for (size_t i = 0; i < glossary->count; i++) {
        const char *term = glossary->terms[i].term;
        size_t found = *term == *at ? same_words(at, term) : 0;
        if (found > *length) {
            *length = found;
            longest = &glossary->terms[i];
        }
    }
    return longest;
}

static bool is_found(const struct glossary_found *found,
        const struct glossary_term *term)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->terms[i] == term)
            return true;
    return false;
}

struct glossary_found glossary_find(const struct glossary *glossary,
        const char *english, size_t max, struct arena *arena)
{
    struct glossary_found found = {
            .terms = (const struct glossary_term **)arena_alloc_array(arena,
                    max + 1, sizeof(struct glossary_term *)),
    };
    const char *begin = text_fold(arena, english), *at = begin;

    while (*at != '\0' && found.count < max) {
        size_t length = 0;
        bool starts = at == begin || !word_byte(at[-1]);
        const struct glossary_term *term =
                starts ? term_here(glossary, at, &length) : NULL;
        if (term != NULL && !is_found(&found, term))
            found.terms[found.count++] = term;
        at += length > 0 ? length : 1;
    }
    return found;
}

/* Within a right form a wrong one is none. */
static bool stands_alone(const char *text, const char *wrong,
        const struct glossary_term *term)
{
    for (const char *at = strstr(text, wrong); at != NULL;
            at = strstr(at + 1, wrong)) {
        bool within = false;
        for (size_t i = 0; term->right[i] != NULL && !within; i++) {
            const char *part = strstr(term->right[i], wrong);
            size_t before = part == NULL ? 0 : (size_t)(part - term->right[i]);
            within = part != NULL && (size_t)(at - text) >= before &&
                    text_starts(at - before, term->right[i]);
        }
        if (!within)
            return true;
    }
    return false;
}

/* A text about power transformers may well say 变压器. */
static bool is_right(const struct glossary_found *found, const char *form)
{
    for (size_t i = 0; i < found->count; i++)
        for (size_t j = 0; found->terms[i]->right[j] != NULL; j++)
            if (text_same(found->terms[i]->right[j], form))
                return true;
    return false;
}

const char *glossary_wrong(const struct glossary *glossary, const char *source,
        const char *text, struct arena *arena,
        const struct glossary_term **term)
{
    struct glossary_found found =
            glossary_find(glossary, source, glossary->count, arena);

    for (size_t i = 0; i < found.count; i++)
        for (size_t j = 0; found.terms[i]->wrong[j] != NULL; j++) {
            *term = found.terms[i];
            if (stands_alone(text, (*term)->wrong[j], *term) &&
                    !is_right(&found, (*term)->wrong[j]))
                return (*term)->wrong[j];
        }
    return NULL;
}
