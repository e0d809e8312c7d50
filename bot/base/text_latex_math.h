/*
 * text_latex_math.h - a formula as text.  For text_latex*.c alone.
 */
#ifndef BOT_BASE_TEXT_LATEX_MATH_H
#define BOT_BASE_TEXT_LATEX_MATH_H

#include "bot/base/text_latex_reader.h"

/* All of the stretch, without its delimiters, as math; NULL if anything in it
 * cannot be shown. */
const char *text_latex_math_read(struct text_latex_reader reader);

#endif
