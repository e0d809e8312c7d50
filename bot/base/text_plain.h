/*
 * text_plain.h - what was typed with a Chinese input method, as a plain line.
 */
#ifndef BOT_BASE_TEXT_PLAIN_H
#define BOT_BASE_TEXT_PLAIN_H

#include "bot/base/arena.h"

/*
 * One line (text_one_line) of any bytes up to the NUL, in the arena: ASCII in
 * full width (U+FF01 to U+FF5E) becomes ASCII, typographic and Chinese quotes
 * become ", the ideographic space a space.
 */
char *text_plain(struct arena *arena, const char *bytes);

#endif
