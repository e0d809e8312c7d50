/*
 * text_latex_reader.h - a stretch of LaTeX, and where in it one stands.
 *
 * Shared by the readers of prose, of formulas and of commands, which call each
 * other: prose holds formulas and commands, commands hold either.  Braces are
 * matched once for the whole string, so that no reader goes over a stretch
 * only to find that it does not end.  For text_latex*.c alone.
 */
#ifndef BOT_BASE_TEXT_LATEX_READER_H
#define BOT_BASE_TEXT_LATEX_READER_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_latex_source {
    struct arena *arena;
    const char *string;
    const uint32_t *closers; /* of a "{" at i: 1 + where its "}" is, or 0 */
};

struct text_latex_reader {
    const struct text_latex_source *source;
    const char *at, *end;
    unsigned depth; /* of groups and formulas around it */
    bool exact;     /* what cannot be shown makes the reading fail */
};

/* All of a string; its braces are matched here.  The string must be shorter
 * than UINT32_MAX bytes. */
struct text_latex_reader
text_latex_reader_open(struct text_latex_source *source, struct arena *arena,
        const char *string);

/* The stretch from begin to end, one level down; false where that is too
 * deep. */
bool text_latex_reader_inner(const struct text_latex_reader *outer,
        const char *begin, const char *end, struct text_latex_reader *inner);

/* The group that opens at reader->at, which moves behind it; false, and
 * nothing moves, where none does or it has no end. */
bool text_latex_reader_group(struct text_latex_reader *reader,
        struct text_latex_reader *inner);

/* Letters of the command's name whose backslash stands at reader->at. */
size_t text_latex_reader_name(const struct text_latex_reader *reader);

void text_latex_reader_skip_blanks(struct text_latex_reader *reader);

bool text_latex_reader_is_letter(char c); /* ASCII */
bool text_latex_reader_is_blank(char c);

/* Letters and digits, and all that is not ASCII. */
bool text_latex_reader_is_word(char c);

#endif
