#include "bot/base/text_latex_argument.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_command.h"
#include "bot/base/text_latex_math.h"
#include "bot/base/text_latex_prose.h"

#include <string.h>
#include <unistr.h>

enum {
    TEXT_BYTES = 64 * 1024,
};

static const char *read_all(struct text_latex_reader inner, bool math)
{
    return math ? text_latex_math_read(inner) : text_latex_prose_read(inner);
}

const char *text_latex_argument_group(struct text_latex_reader *reader,
        bool math)
{
    struct text_latex_reader inner;

    return text_latex_reader_group(reader, &inner) ? read_all(inner, math)
                                                   : NULL;
}

static const char *token_text(struct text_latex_reader *reader, bool math)
{
    struct text_latex_atom atom = {.kind = LATEX_NOTHING};

    /* "^\tt 3": a change of font is no argument. */
    while (reader->at < reader->end && *reader->at == '\\') {
        struct text_latex_reader inner;
        if (!text_latex_reader_inner(reader, reader->at, reader->end, &inner) ||
                !text_latex_command_read(&inner, math, &atom))
            return NULL;
        reader->at = inner.at;
        if (atom.kind != LATEX_NOTHING)
            return atom.text;
        text_latex_reader_skip_blanks(reader);
    }
    if (reader->at >= reader->end || strchr("{}^_$&'", *reader->at) != NULL)
        return NULL;
    size_t left = (size_t)(reader->end - reader->at);
    int length = u8_mblen((const uint8_t *)reader->at, left);
    if (length < 1)
        return NULL;
    reader->at += length;
    return arena_string_n(reader->source->arena, reader->at - length,
            (size_t)length);
}

const char *text_latex_argument_read(struct text_latex_reader *reader,
        bool math)
{
    text_latex_reader_skip_blanks(reader);
    if (reader->at < reader->end && *reader->at == '{')
        return text_latex_argument_group(reader, math);
    return token_text(reader, math);
}

const char *text_latex_argument_raw(struct text_latex_reader *reader)
{
    struct text_latex_reader inner;
    struct text text;

    text_latex_reader_skip_blanks(reader);
    if (!text_latex_reader_group(reader, &inner))
        return NULL;
    text_init(&text, reader->source->arena, TEXT_BYTES);
    for (; inner.at < inner.end; inner.at++) {
        bool escape = *inner.at == '\\' && inner.at + 1 < inner.end &&
                !text_latex_reader_is_word(inner.at[1]);
        if (escape)
            inner.at++;
        text_add_n(&text, inner.at, 1);
    }
    return text_ok(&text) ? text_string(&text) : NULL;
}

bool text_latex_argument_skip_option(struct text_latex_reader *reader)
{
    if (reader->at >= reader->end || *reader->at != '[')
        return true;
    const char *end =
            memchr(reader->at, ']', (size_t)(reader->end - reader->at));
    if (end == NULL)
        return false;
    reader->at = end + 1;
    return true;
}
