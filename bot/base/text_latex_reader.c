#include "bot/base/text_latex_reader.h"

#include <string.h>

enum {
    DEPTH_MAX = 12, /* deeper than any formula in a title or an abstract */
};

/* While a brace is open its place holds the one open before it. */
static const uint32_t *match_braces(struct arena *arena, const char *string)
{
    if (strchr(string, '{') == NULL)
        return NULL;
    uint32_t *closers = arena_array(arena, uint32_t, strlen(string));
    uint32_t open = 0;

    for (uint32_t i = 0; string[i] != '\0'; i++) {
        if (string[i] == '\\' && string[i + 1] != '\0') {
            i++;
        } else if (string[i] == '{') {
            closers[i] = open;
            open = i + 1;
        } else if (string[i] == '}' && open != 0) {
            uint32_t before = closers[open - 1];
            closers[open - 1] = i + 1;
            open = before;
        }
    }
    while (open != 0) {
        uint32_t before = closers[open - 1];
        closers[open - 1] = 0;
        open = before;
    }
    return closers;
}

struct text_latex_reader
text_latex_reader_open(struct text_latex_source *source, struct arena *arena,
        const char *string)
{
    *source = (struct text_latex_source){arena, string,
            match_braces(arena, string)};
    return (struct text_latex_reader){.source = source,
            .at = string,
            .end = string + strlen(string)};
}

bool text_latex_reader_inner(const struct text_latex_reader *outer,
        const char *begin, const char *end, struct text_latex_reader *inner)
{
    *inner = *outer;
    inner->at = begin;
    inner->end = end;
    return inner->depth++ < DEPTH_MAX;
}

bool text_latex_reader_group(struct text_latex_reader *reader,
        struct text_latex_reader *inner)
{
    const struct text_latex_source *source = reader->source;

    if (reader->at >= reader->end || *reader->at != '{')
        return false;
    uint32_t closer = source->closers[reader->at - source->string];
    const char *end = source->string + closer; /* behind the brace */
    if (closer == 0 || end > reader->end ||
            !text_latex_reader_inner(reader, reader->at + 1, end - 1, inner))
        return false;
    reader->at = end;
    return true;
}

size_t text_latex_reader_name(const struct text_latex_reader *reader)
{
    const char *start = reader->at + 1, *at = start;

    while (at < reader->end && text_latex_reader_is_letter(*at))
        at++;
    return at > start ? (size_t)(at - start) : 0;
}

void text_latex_reader_skip_blanks(struct text_latex_reader *reader)
{
    while (reader->at < reader->end && text_latex_reader_is_blank(*reader->at))
        reader->at++;
}

bool text_latex_reader_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool text_latex_reader_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool text_latex_reader_is_word(char c)
{
    return text_latex_reader_is_letter(c) || (c >= '0' && c <= '9') ||
            (unsigned char)c >= 0x80;
}
