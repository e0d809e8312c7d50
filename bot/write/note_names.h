/*
 * note_names.h - the names and acronyms of a note, looked for in its source.
 *
 * Pure.  In a language that is not written in Latin letters every Latin word is
 * a name; in one that is, what has a digit or a capital where a common word has
 * none.
 */
#ifndef BOT_WRITE_NOTE_NAMES_H
#define BOT_WRITE_NOTE_NAMES_H

#include "bot/base/arena.h"

#include <stdbool.h>

/*
 * The first name of the text that the source does not have, in the arena; NULL
 * if there is none.  Hyphens, spaces and plurals count for nothing; "LLM" is in
 * a source that has the words whose initials it is.
 */
const char *note_names_strange(const char *text, bool latin, const char *source,
        struct arena *arena);

/* The name that a title begins with, "Amos" of "Amos: An Adam-style ..."; "" for
 * none. */
const char *note_names_leading(const char *title, struct arena *arena);

/* True if the text has that name, as whole words. */
bool note_names_has(const char *text, const char *name, struct arena *arena);

#endif
