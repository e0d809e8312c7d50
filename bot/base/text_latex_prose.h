/*
 * text_latex_prose.h - text with commands and formulas in it.  For
 * text_latex*.c alone.
 */
#ifndef BOT_BASE_TEXT_LATEX_PROSE_H
#define BOT_BASE_TEXT_LATEX_PROSE_H

#include "bot/base/text_latex_reader.h"

/* All of the stretch as text.  What cannot be shown stays as it is written; in
 * an exact reader it gives NULL. */
const char *text_latex_prose_read(struct text_latex_reader reader);

#endif
