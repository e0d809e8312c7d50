/*
 * note_check.h - whether what a writer gave may be kept.  Pure.
 *
 * A note is somebody else's text about somebody else's text: it is kept only if
 * it says nothing that its source does not, in the language that was asked for.
 * Looked at are form (language, length, plain text, loops), and against title and
 * abstract every number with its sign and unit, every name and acronym, and how
 * terms are written.  What cannot be seen so: a claim turned round without a
 * number or a name.
 */
#ifndef BOT_WRITE_NOTE_CHECK_H
#define BOT_WRITE_NOTE_CHECK_H

#include "bot/base/arena.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"

#include <stdbool.h>

struct glossary; /* the terms that have to be obeyed */

/* Of a digest: what a brief entry has room for (DESIGN, section 5), and what is
 * too little to say anything. */
enum {
    NOTE_CHECK_HAN_MIN = 10,
    NOTE_CHECK_HAN_MAX = 120,
    NOTE_CHECK_WORDS_MIN = 6,
    NOTE_CHECK_WORDS_MAX = 60,
};

/*
 * True if the note of the paper may be kept.  Otherwise *flaw says in English, in
 * one sentence in the arena, what is wrong, so that a writer can be told: "the
 * digest says 95.4 %, which the abstract does not".  glossary may be NULL: the one
 * that the program carries.
 */
bool note_check(const struct note *note, const struct paper *paper,
        const struct glossary *glossary, struct arena *arena,
        const char **flaw);

#endif
