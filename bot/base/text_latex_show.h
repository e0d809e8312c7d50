/*
 * text_latex_show.h - LaTeX as a reader would like to see it.
 *
 * For display only: what is stored stays as it came.  $n^2$ becomes n²,
 * \mathcal{O}(\log n) 𝒪(log n), \textbf{x} x, ``x'' “x”, -- –.  A formula is
 * shown whole or not at all: where one command in it is unknown it stays as it
 * was written, dollars and all.  A dollar that is money stays one.
 */
#ifndef BOT_BASE_TEXT_LATEX_SHOW_H
#define BOT_BASE_TEXT_LATEX_SHOW_H

#include "bot/base/arena.h"

/* A copy of the UTF-8 string, as one reads it.  Not to be called on its own
 * result: "\$5" has become "$5".  Time and memory grow with the length. */
char *text_latex_show(struct arena *arena, const char *string);

#endif
