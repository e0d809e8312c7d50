/*
 * glossary.h - how terms are written in another language.
 *
 * A line is
 *     large language model = 大语言模型 | 大模型 ! 法学硕士
 * the term in English, how it is written (the first form is the chosen one) and,
 * behind the exclamation mark, how it must not be.  # begins a comment.  A line
 * for a term that is there already takes its place.
 */
#ifndef BOT_WRITE_GLOSSARY_H
#define BOT_WRITE_GLOSSARY_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct glossary_term {
    const char *term;   /* folded */
    const char **right; /* ends with NULL; the first is the chosen one */
    const char **wrong; /* ends with NULL */
};

struct glossary {
    const char *language; /* of the right and the wrong: "zh" */
    struct glossary_term *terms;
    size_t count, capacity;
};

/* What the program carries (bot/data/glossary.c); ends with NULL. */
extern const char *const glossary_lines[];

/* The program's own terms, in the arena. */
struct glossary glossary_own(struct arena *arena);

/* Adds the lines of a text; false and err for a line that is none, named by its
 * number, and then nothing of it was added. */
bool glossary_add(struct glossary *glossary, const char *text,
        struct arena *arena, struct error *err);

/* The terms that stand in an English text, as whole words, plurals too; a term
 * within a longer one that stands there is left out.  At most max. */
struct glossary_found {
    const struct glossary_term **terms;
    size_t count;
};
struct glossary_found glossary_find(const struct glossary *glossary,
        const char *english, size_t max, struct arena *arena);

/* The first wrong form in a text of terms that its English source has, and its
 * term; NULL if there is none. */
const char *glossary_wrong(const struct glossary *glossary, const char *source,
        const char *text, struct arena *arena,
        const struct glossary_term **term);

#endif
