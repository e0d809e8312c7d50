/*
 * note_tidy.h - a writer's text as it should be printed.
 *
 * Pure.  Only marks are mended, never words: a title or heading ends without a stop,
 * as the layout sets one behind it; a digest ends with one; between Han characters
 * a comma, colon or semicolon is full-width, and there is no blank.
 */
#ifndef BOT_WRITE_NOTE_TIDY_H
#define BOT_WRITE_NOTE_TIDY_H

#include "bot/base/arena.h"

/* One line without control characters, in the arena. */
const char *note_tidy_phrase(struct arena *arena, const char *text,
        const char *language);
const char *note_tidy_digest(struct arena *arena, const char *text,
        const char *language);

#endif
