/*
 * text_latex_shape.h - how a piece of a formula is set in a line.  For
 * text_latex*.c alone.
 *
 * Texts are UTF-8, never NULL; results are in the arena or the text itself.
 */
#ifndef BOT_BASE_TEXT_LATEX_SHAPE_H
#define BOT_BASE_TEXT_LATEX_SHAPE_H

#include "bot/base/arena.h"

#include <stdbool.h>

/* The text in brackets if it holds an operator outside of its own. */
const char *text_latex_shape_bracketed(struct arena *arena, const char *text);

/* The text as super- or subscript; NULL unless Unicode has all of it. */
const char *text_latex_shape_script(struct arena *arena, const char *text,
        bool raised);

/* A number, or one letter with its scripts: a root needs no brackets. */
bool text_latex_shape_is_term(const char *text);

/* The text, one letter, with the combining mark on it; NULL if it is more. */
const char *text_latex_shape_marked(struct arena *arena, const char *text,
        const char *mark);

#endif
