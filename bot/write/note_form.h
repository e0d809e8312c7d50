/*
 * note_form.h - what can be wrong with a note's text whatever its paper says.
 *
 * Pure.  Each answers with a flaw, a piece of an English sentence in the arena
 * whose subject is the text ("has 143 Han characters, at most 120 are wanted"),
 * or NULL.
 */
#ifndef BOT_WRITE_NOTE_FORM_H
#define BOT_WRITE_NOTE_FORM_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct note_bounds {
    size_t han_min, han_max;     /* Han characters, in Chinese */
    size_t words_min, words_max; /* words, in a language written with spaces */
};

/* BCP 47: "zh", "zh-Hant" */
bool note_form_is_chinese(const char *language);

/* Whether the text is written in the language: by the shares of scripts.  What
 * other scripts the source has, the text may have, too. */
const char *note_form_language(const char *text, const char *language,
        const char *source, struct arena *arena);

const char *note_form_length(const char *text, const char *language,
        const struct note_bounds *bounds, struct arena *arena);

/* Markup, links, mentions, program text: a note is plain. */
const char *note_form_markup(const char *text, const char *source,
        struct arena *arena);

/* The same again and again, as models do that have lost their way. */
const char *note_form_loop(const char *text, struct arena *arena);

/* What a model says about itself or its task, instead of about the paper. */
const char *note_form_echo(const char *text, const char *source,
        struct arena *arena);

#endif
