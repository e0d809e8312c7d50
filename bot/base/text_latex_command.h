/*
 * text_latex_command.h - one command with its arguments, as text.
 *
 * For text_latex*.c alone.
 */
#ifndef BOT_BASE_TEXT_LATEX_COMMAND_H
#define BOT_BASE_TEXT_LATEX_COMMAND_H

#include "bot/base/text_latex_reader.h"
#include "bot/base/text_latex_table.h"

#include <stdbool.h>

/* What a command came to. */
struct text_latex_atom {
    enum text_latex_kind kind; /* LETTER, BINARY, WORD, SPACE or NOTHING */
    const char *text;          /* in the arena or the tables */
    bool compound;    /* "a/b": in brackets where it touches something */
    bool eats_blanks; /* the blanks that follow only end its name */
};

/*
 * Reads the command whose backslash stands at reader->at, which moves behind
 * it.  False if it is unknown or cannot be shown; reader->at is then anywhere.
 */
bool text_latex_command_read(struct text_latex_reader *reader, bool math,
        struct text_latex_atom *atom);

/* True if what stands at reader->at would run into a letter before it. */
bool text_latex_command_follows(const struct text_latex_reader *reader);

#endif
