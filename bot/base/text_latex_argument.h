/*
 * text_latex_argument.h - what follows a command's name.  For text_latex*.c
 * alone.
 *
 * Each moves reader->at behind what it read; on failure it is anywhere.
 */
#ifndef BOT_BASE_TEXT_LATEX_ARGUMENT_H
#define BOT_BASE_TEXT_LATEX_ARGUMENT_H

#include "bot/base/text_latex_reader.h"

#include <stdbool.h>

/* One argument as text: a group, a command or a character.  NULL if there is
 * none or it cannot be shown. */
const char *text_latex_argument_read(struct text_latex_reader *reader,
        bool math);

/* The same, but only a group. */
const char *text_latex_argument_group(struct text_latex_reader *reader,
        bool math);

/* A group as it is written, but for the backslashes before signs: an address,
 * a key.  NULL if there is none. */
const char *text_latex_argument_raw(struct text_latex_reader *reader);

/* Goes over "[...]"; true if there is none, false if it has no end. */
bool text_latex_argument_skip_option(struct text_latex_reader *reader);

#endif
