/*
 * text_latex.h - LaTeX in titles, names and abstracts, made readable.
 *
 * arXiv's metadata is ASCII with TeX accents and MathJax (help/prep).  This
 * part turns accents and named letters outside math into Unicode: \'e \"{o}
 * \c{c} \v s {\o} \ss \aa \l \i \j and their braces; and it drops the backslash
 * of \% \& \# \_ (not of \$, which tells a price from math).  What it does not
 * know it leaves as it stands.
 */
#ifndef BOT_BASE_TEXT_LATEX_H
#define BOT_BASE_TEXT_LATEX_H

#include "bot/base/arena.h"

/* A copy with accents composed (NFC); $...$ and \(...\) are left untouched. */
char *text_latex_accents(struct arena *arena, const char *string);

#endif
