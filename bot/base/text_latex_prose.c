#include "bot/base/text_latex_prose.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_command.h"
#include "bot/base/text_latex_math.h"

#include <string.h>

enum {
    FORMULA_BYTES = 2000, /* an abstract has at most 1920 characters */
    QUOTATION_BYTES = 200,
    ADDRESS_BYTES = 300,
};

struct prose {
    struct text_latex_reader *reader;
    struct text out;
    const char *quote_end, *single_end; /* of an open “ or ‘; else NULL */
    bool no_quote_end, no_dollars_end;  /* from here on */
    bool no_round_end, no_square_end;
};

static char byte_before(const struct text_latex_reader *reader)
{
    return reader->at > reader->source->string ? reader->at[-1] : '\0';
}

static char byte_at(const struct text_latex_reader *reader, size_t ahead)
{
    size_t left = (size_t)(reader->end - reader->at);
    return ahead < left ? reader->at[ahead] : '\0';
}

/* An end counts as a blank where there is one on the other side. */
static bool is_gap(char c)
{
    return c == '\0' || text_latex_reader_is_blank(c);
}

/* Inside of an address nothing is changed but its escapes. */
static bool is_in_address(const struct text_latex_reader *reader)
{
    const char *start = reader->source->string;
    const char *at = reader->at;

    if (at - start > ADDRESS_BYTES)
        start = at - ADDRESS_BYTES;
    for (; at > start && !text_latex_reader_is_blank(at[-1]); at--)
        if (strncmp(at, "://", 3) == 0)
            return true;
    return false;
}

/* --- formulas --- */

/* The closer at or after from, outside of groups and not escaped; NULL if there
 * is none. */
static const char *find_closer(const struct text_latex_reader *reader,
        const char *from, const char *closer)
{
    struct text_latex_reader next = *reader, inner;
    const char *end = reader->end;
    size_t length = strlen(closer);

    for (const char *at = from; (size_t)(end - at) >= length; at++) {
        if (strncmp(at, closer, length) == 0)
            return at;
        next.at = at;
        if (text_latex_reader_group(&next, &inner))
            at = next.at - 1;
        if (*at == '\\' && end - at > 1)
            at++;
    }
    return NULL;
}

/* "5 and " of "$5 and $10": words where a formula has letters. */
static bool has_words(const char *at, const char *end)
{
    struct text_latex_name name;
    bool blank = memchr(at, ' ', (size_t)(end - at)) != NULL;
    int depth = 0;

    while (blank && at < end) {
        const char *word = at;
        while (at < end && text_latex_reader_is_letter(*at))
            at++;
        size_t length = (size_t)(at - word);
        bool known = length < 2 || depth > 0 ||
                (text_latex_table_find(word, length, &name) &&
                        name.kind == LATEX_WORD);
        if (!known)
            return true;
        if (at < end && length == 0) {
            depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
            at++;
        }
    }
    return false;
}

/* A dollar may be money; what opens a formula is told from it as a reader
 * would: money stands before a number, and nothing closes it tightly. */
static bool is_formula(struct arena *arena, const char *begin, const char *end,
        char behind)
{
    bool tex = memchr(begin, '\\', (size_t)(end - begin)) != NULL;
    bool marks = tex || memchr(begin, '^', (size_t)(end - begin)) != NULL ||
            memchr(begin, '_', (size_t)(end - begin)) != NULL;
    bool number = *begin >= '0' && *begin <= '9';
    bool loose = text_latex_reader_is_blank(end[-1]);
    bool digit = behind >= '0' && behind <= '9';

    if (number && (loose || digit))
        return false;
    if (tex)
        return true;
    const char *text = arena_string_n(arena, begin, (size_t)(end - begin));
    if (has_words(begin, end) || text_has_han(text))
        return false;
    if (marks)
        return true;
    bool one = strlen(text) == 1 || !text_latex_reader_is_letter(*text);
    return !loose && !text_latex_reader_is_blank(*begin) &&
            (one || !text_latex_reader_is_letter(behind));
}

/* What stands between begin and end as a formula, or as it is written with its
 * delimiters up to after.  False where an exact reader cannot show it. */
static bool add_formula(struct prose *prose, const char *begin, const char *end,
        const char *after)
{
    struct text_latex_reader *reader = prose->reader;
    struct text_latex_reader inner;
    const char *text = NULL;

    if (text_latex_reader_inner(reader, begin, end, &inner))
        text = text_latex_math_read(inner);
    if (text == NULL && reader->exact)
        return false;
    if (text != NULL)
        text_add(&prose->out, text);
    else
        text_add_n(&prose->out, reader->at, (size_t)(after - reader->at));
    reader->at = after;
    return true;
}

static void add_one(struct prose *prose)
{
    text_add_n(&prose->out, prose->reader->at++, 1);
}

static bool read_dollars(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    const char *begin = reader->at + 2;
    const char *end =
            prose->no_dollars_end ? NULL : find_closer(reader, begin, "$$");

    prose->no_dollars_end = end == NULL;
    if (end != NULL && end > begin && end - begin <= FORMULA_BYTES)
        return add_formula(prose, begin, end, end + 2);
    add_one(prose);
    add_one(prose);
    return true;
}

static bool read_dollar(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;

    if (byte_at(reader, 1) == '$')
        return read_dollars(prose);
    const char *begin = reader->at + 1;
    const char *end = find_closer(reader, begin, "$");
    char behind = end != NULL && end + 1 < reader->end ? end[1] : '\0';
    if (end != NULL && end - begin <= FORMULA_BYTES &&
            is_formula(reader->source->arena, begin, end, behind))
        return add_formula(prose, begin, end, end + 1);
    add_one(prose);
    return true;
}

/* \( ... \) and \[ ... \]. */
static bool is_bracket(const struct text_latex_reader *reader)
{
    return byte_at(reader, 1) == '(' || byte_at(reader, 1) == '[';
}

static bool read_bracket(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    const char *begin = reader->at + 2;
    bool round = reader->at[1] == '(';
    bool *no_end = round ? &prose->no_round_end : &prose->no_square_end;
    const char *end =
            *no_end ? NULL : find_closer(reader, begin, round ? "\\)" : "\\]");

    *no_end = end == NULL;
    if (end != NULL && end - begin <= FORMULA_BYTES)
        return add_formula(prose, begin, end, end + 2);
    add_one(prose);
    add_one(prose);
    return true;
}

/* --- commands --- */

/* An unknown command stays with its arguments: a half would say nothing. */
static void add_unknown(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    struct text_latex_reader inner;
    const char *start = reader->at;
    size_t length = text_latex_reader_name(reader);

    reader->at += 1 + length;
    if (length == 0 && byte_at(reader, 0) == '\\')
        reader->at++;
    while (length > 0 && text_latex_reader_group(reader, &inner))
        continue;
    text_add_n(&prose->out, start, (size_t)(reader->at - start));
}

/* "\\" between words ends a line. */
static bool is_line_end(const struct text_latex_reader *reader)
{
    return byte_at(reader, 1) == '\\' &&
            (is_gap(byte_before(reader)) || is_gap(byte_at(reader, 2)));
}

static bool read_command(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    struct text_latex_reader next = *reader;
    struct text_latex_atom atom;

    if (is_bracket(reader))
        return read_bracket(prose);
    if (is_line_end(reader)) {
        bool blank = is_gap(byte_before(reader));
        reader->at += 2;
        if (blank)
            text_latex_reader_skip_blanks(reader);
        return true;
    }
    if (!text_latex_command_read(&next, false, &atom)) {
        if (reader->exact)
            return false;
        add_unknown(prose);
        return true;
    }
    reader->at = next.at;
    text_add(&prose->out, atom.text);
    if (atom.eats_blanks && atom.kind == LATEX_NOTHING)
        text_latex_reader_skip_blanks(reader);
    if (atom.eats_blanks && byte_at(reader, 0) == '{' &&
            byte_at(reader, 1) == '}')
        reader->at += 2;
    return true;
}

/* "{\bf words}": the braces are for the command alone.  Others stay. */
static bool read_brace(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    struct text_latex_reader next = *reader, inner;

    if (byte_at(reader, 1) != '\\' || byte_at(reader, 2) == '{' ||
            !text_latex_reader_group(&next, &inner)) {
        add_one(prose);
        return true;
    }
    const char *text = text_latex_prose_read(inner);
    if (text == NULL)
        return false;
    bool shown = strchr(text, '\\') == NULL;
    text_add_format(&prose->out, shown ? "%s" : "{%s}", text);
    reader->at = next.at;
    return true;
}

/* --- signs --- */

static bool opens_word(char c)
{
    return text_latex_reader_is_word(c) ||
            (c != '\0' && strchr("([\"'`$\\", c) != NULL);
}

static bool closes_word(char c)
{
    return text_latex_reader_is_word(c) ||
            (c != '\0' && strchr(")]}\"'.,%$?!", c) != NULL);
}

/* Two or three hyphens between words, or standing alone, are a dash; "--flag"
 * and "C--" are none. */
static void read_hyphens(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    char before = byte_before(reader);
    size_t count = 1;

    while (byte_at(reader, count) == '-')
        count++;
    char after = byte_at(reader, count);
    bool alone = (text_latex_reader_is_blank(before) || before == '~') &&
            (text_latex_reader_is_blank(after) || after == '~');
    bool between = closes_word(before) && opens_word(after);
    if ((count == 2 || count == 3) && (alone || between) &&
            !is_in_address(reader))
        text_add(&prose->out, count == 2 ? "–" : "—");
    else
        text_add_n(&prose->out, reader->at, count);
    reader->at += count;
}

/* Where ``...'' closes, be it with " or ''; NULL if nowhere. */
static const char *quotation_end(struct prose *prose)
{
    const char *at = prose->reader->at + 2;

    for (; !prose->no_quote_end && at < prose->reader->end; at++)
        if (*at == '"' ||
                (*at == '\'' && prose->reader->end - at > 1 && at[1] == '\''))
            return at;
    prose->no_quote_end = true;
    return NULL;
}

static const char *single_end(const struct text_latex_reader *reader)
{
    const char *end = reader->at + 1;

    if (!text_latex_reader_is_word(byte_at(reader, 1)) ||
            text_latex_reader_is_word(byte_before(reader)))
        return NULL;
    for (; end < reader->end && end - reader->at < QUOTATION_BYTES; end++) {
        if (*end == '`')
            return NULL;
        bool last = end + 1 >= reader->end;
        if (*end == '\'' && (last || !text_latex_reader_is_word(end[1])))
            return end;
    }
    return NULL;
}

/* A quotation's end may have gone by, inside of a formula. */
static bool is_ahead(const struct text_latex_reader *reader, const char *end)
{
    return end != NULL && end >= reader->at;
}

static void read_backquotes(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    size_t count = 1;

    while (byte_at(reader, count) == '`')
        count++;
    if (count == 2 && !is_ahead(reader, prose->quote_end)) {
        prose->quote_end = quotation_end(prose);
        text_add(&prose->out, prose->quote_end != NULL ? "“" : "``");
    } else if (count == 1 && !is_ahead(reader, prose->single_end)) {
        prose->single_end = single_end(reader);
        text_add(&prose->out, prose->single_end != NULL ? "‘" : "`");
    } else {
        text_add_n(&prose->out, reader->at, count);
    }
    reader->at += count;
}

/* ''...'' by who knows no other; true if it begins here. */
static bool read_quote_begin(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    char before = byte_before(reader);

    if (byte_at(reader, 0) != '\'' || byte_at(reader, 1) != '\'' ||
            !text_latex_reader_is_word(byte_at(reader, 2)) ||
            !(is_gap(before) || before == '(') ||
            is_ahead(reader, prose->quote_end))
        return false;
    prose->quote_end = quotation_end(prose);
    if (prose->quote_end == NULL)
        return false;
    text_add(&prose->out, "“");
    reader->at += 2;
    return true;
}

/* True if a quotation ends here, which is then written. */
static bool read_quote_end(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;

    if (reader->at == prose->single_end) {
        prose->single_end = NULL;
        reader->at++;
        text_add(&prose->out, "’");
        return true;
    }
    if (reader->at != prose->quote_end)
        return false;
    prose->quote_end = NULL;
    reader->at += *reader->at == '"' ? 1 : 2;
    text_add(&prose->out, "”");
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A tie between words is a blank; before a number that stands behind no word it
 * means "about", or "to". */
static void read_tie(struct prose *prose)
{
    struct text_latex_reader *reader = prose->reader;
    char before = byte_before(reader), after = byte_at(reader, 1);
    bool about = is_digit(after) && before != '.' &&
            !text_latex_reader_is_letter(before);

    if (is_in_address(reader) || (is_gap(before) && is_gap(after)) || about ||
            after == '/' || before == '/')
        text_add(&prose->out, "~");
    else if (!is_gap(before) && !is_gap(after))
        text_add(&prose->out, " ");
    reader->at++;
}

/* "90^\circ" is written outside of formulas, too. */
static void read_caret(struct prose *prose)
{
    static const char *const degrees[] = {"^\\circ", "^{\\circ}"};
    struct text_latex_reader *reader = prose->reader;
    size_t left = (size_t)(reader->end - reader->at);

    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) {
        size_t length = strlen(degrees[i]);
        if (length <= left && strncmp(reader->at, degrees[i], length) == 0 &&
                !text_latex_reader_is_letter(byte_at(reader, length))) {
            text_add(&prose->out, "°");
            reader->at += length;
            return;
        }
    }
    add_one(prose);
}

/* --- the whole --- */

static bool read_sign(struct prose *prose)
{
    switch (*prose->reader->at) {
    case '\\':
        return read_command(prose);
    case '$':
        return read_dollar(prose);
    case '{':
        return read_brace(prose);
    case '-':
        read_hyphens(prose);
        return true;
    case '`':
        read_backquotes(prose);
        return true;
    case '~':
        read_tie(prose);
        return true;
    case '^':
        read_caret(prose);
        return true;
    default:
        if (!read_quote_end(prose) && !read_quote_begin(prose))
            add_one(prose);
        return true;
    }
}

static size_t plain_length(const struct text_latex_reader *reader)
{
    const char *at = reader->at;

    while (at < reader->end && strchr("\\${-`~^'\"", *at) == NULL)
        at++;
    return (size_t)(at - reader->at);
}

const char *text_latex_prose_read(struct text_latex_reader reader)
{
    struct prose prose = {.reader = &reader};

    text_init(&prose.out, reader.source->arena, SIZE_MAX / 2);
    while (reader.at < reader.end) {
        size_t plain = plain_length(&reader);
        text_add_n(&prose.out, reader.at, plain);
        reader.at += plain;
        if (reader.at < reader.end && !read_sign(&prose))
            return NULL;
    }
    return text_string(&prose.out);
}
