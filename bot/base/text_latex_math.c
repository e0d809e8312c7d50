#include "bot/base/text_latex_math.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_argument.h"
#include "bot/base/text_latex_command.h"
#include "bot/base/text_latex_shape.h"

#include <string.h>
#include <unistr.h>

enum {
    FORMULA_BYTES = 16 * 1024, /* of at most 2000 of LaTeX */
};

/* The formula so far, and what stands between it and the next atom.  TeX
 * ignores blanks; here the author's own are kept, since they are mostly where
 * a reader wants them, but those that only end a command's name. */
struct line {
    struct text out;
    bool blank;  /* the author wrote one */
    bool spaced; /* an operator wants one, as it had one before it */
    bool word;   /* a function's name: "log n" */
};

static char last_byte(const struct line *line)
{
    return line->out.length == 0 ? '\0' : line->out.bytes[line->out.length - 1];
}

static void add_between(struct line *line, const char *text, bool is_word)
{
    char before = last_byte(line);
    bool name = line->word &&
            (text_latex_reader_is_word(*text) || strchr("\\{", *text) != NULL);
    bool apart =
            is_word && (text_latex_reader_is_word(before) || before == ')');

    if (before != '\0' && before != ' ' &&
            (line->blank || line->spaced || name || apart))
        text_add(&line->out, " ");
    line->blank = line->spaced = line->word = false;
}

static void add_letter(struct line *line, const char *text)
{
    if (*text == '\0')
        return;
    add_between(line, text, false);
    text_add(&line->out, text);
}

/* "a \le b" but "a\le b": as the author spaced it on the left.  At the start it
 * is a sign and stands close: "∼2". */
static void add_binary(struct line *line, const char *text)
{
    bool sign = line->out.length == 0;
    bool spaced = (line->blank || line->spaced) && !sign;

    line->blank = spaced;
    line->word = false;
    add_between(line, text, false);
    text_add(&line->out, text);
    line->spaced = spaced;
}

static void add_word(struct line *line, const char *text)
{
    add_between(line, text, true);
    text_add(&line->out, text);
    line->word = true;
}

/* A fraction that touches a neighbour: "2(1/3)", "(1/2)x". */
static void add_compound(struct line *line, const char *text,
        const struct text_latex_reader *reader)
{
    struct text_latex_reader next = *reader;
    char before = last_byte(line);
    bool touches = !line->blank && !line->spaced && before != '\0' &&
            (text_latex_reader_is_word(before) ||
                    strchr(")/^", before) != NULL);

    text_latex_reader_skip_blanks(&next);
    touches = touches || text_latex_command_follows(&next) ||
            (next.at < next.end && strchr("(^_[", *next.at) != NULL);
    if (touches)
        text = arena_format(line->out.arena, "(%s)", text);
    add_letter(line, text);
}

static void add_atom(struct line *line, const struct text_latex_atom *atom,
        struct text_latex_reader *reader)
{
    if (atom->compound)
        add_compound(line, atom->text, reader);
    else if (atom->kind == LATEX_BINARY)
        add_binary(line, atom->text);
    else if (atom->kind == LATEX_WORD)
        add_word(line, atom->text);
    else if (atom->kind == LATEX_SPACE)
        line->blank = line->blank || *atom->text != '\0';
    else
        add_letter(line, atom->text);
    if (atom->eats_blanks)
        text_latex_reader_skip_blanks(reader);
}

/* One letter or sign, or one word: needs no brackets behind "^". */
static bool is_one(const char *text)
{
    if (u8_mbsnlen((const uint8_t *)text, strlen(text)) == 1)
        return true;
    for (; *text != '\0'; text++)
        if (!text_latex_reader_is_word(*text) || (unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* "x^{q+1}": what Unicode has not all of stays in a line, in brackets where its
 * end would not be seen. */
static const char *script_in_line(const struct text_latex_reader *reader,
        const char *text, bool raised)
{
    struct arena *arena = reader->source->arena;
    bool more = reader->at < reader->end && strchr("^_", *reader->at) != NULL;
    const char *mark = raised ? "^" : "_";

    if (!more && !text_latex_command_follows(reader) && is_one(text))
        return arena_format(arena, "%s%s", mark, text);
    return arena_format(arena, "%s(%s)", mark, text);
}

/* "10^-14": TeX would raise the sign alone, its author meant the number. */
static const char *signed_number(struct text_latex_reader *reader)
{
    const char *start = reader->at, *at = start;

    if (at < reader->end && (*at == '-' || *at == '+'))
        at++;
    const char *digits = at;
    while (at > start && at < reader->end && *at >= '0' && *at <= '9')
        at++;
    if (at == digits)
        return NULL;
    reader->at = at;
    return arena_string_n(reader->source->arena, start, (size_t)(at - start));
}

static bool read_script(struct line *line, struct text_latex_reader *reader)
{
    bool raised = *reader->at++ == '^';
    const char *text = signed_number(reader);

    if (text == NULL)
        text = text_latex_argument_read(reader, true);

    if (text == NULL)
        return false;
    const char *script = text_latex_shape_script(line->out.arena, text, raised);
    if (script == NULL)
        script = script_in_line(reader, text, raised);
    line->blank = line->spaced = false;
    text_add(&line->out, script);
    return true;
}

static void read_primes(struct line *line, struct text_latex_reader *reader)
{
    for (; reader->at < reader->end && *reader->at == '\''; reader->at++)
        text_add(&line->out, "′");
}

static bool read_group(struct line *line, struct text_latex_reader *reader)
{
    struct text_latex_reader inner;
    if (!text_latex_reader_group(reader, &inner))
        return false;
    const char *text = text_latex_math_read(inner);
    if (text != NULL)
        add_letter(line, text);
    return text != NULL;
}

static void read_rune(struct line *line, struct text_latex_reader *reader)
{
    size_t left = (size_t)(reader->end - reader->at);
    int length = u8_mblen((const uint8_t *)reader->at, left);
    size_t bytes = length < 1 ? 1 : (size_t)length;

    add_letter(line, arena_string_n(line->out.arena, reader->at, bytes));
    reader->at += bytes;
}

static bool read_atom(struct line *line, struct text_latex_reader *reader)
{
    struct text_latex_atom atom;

    switch (*reader->at) {
    case '\\':
        if (!text_latex_command_read(reader, true, &atom))
            return false;
        add_atom(line, &atom, reader);
        return true;
    case '^':
    case '_':
        return read_script(line, reader);
    case '{':
        return read_group(line, reader);
    case '\'':
        read_primes(line, reader);
        return true;
    case '~':
        line->blank = true;
        reader->at++;
        return true;
    case '}':
    case '$':
    case '&':
        return false;
    default:
        read_rune(line, reader);
        return true;
    }
}

const char *text_latex_math_read(struct text_latex_reader reader)
{
    struct line line = {.blank = false};

    text_init(&line.out, reader.source->arena, FORMULA_BYTES);
    reader.exact = true;
    while (reader.at < reader.end) {
        if (text_latex_reader_is_blank(*reader.at)) {
            line.blank = true;
            reader.at++;
        } else if (!read_atom(&line, &reader)) {
            return NULL;
        }
    }
    return text_ok(&line.out) ? text_string(&line.out) : NULL;
}
