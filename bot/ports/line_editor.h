/*
 * line_editor.h - lines that a person types at a terminal.
 *
 * With what a person expects there: arrow keys, the lines of earlier, the Tab
 * key.  Everything is UTF-8.
 */
#ifndef BOT_PORTS_LINE_EDITOR_H
#define BOT_PORTS_LINE_EDITOR_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"

#include <stddef.h>
#include <stdio.h>

/* What may stand in place of the word that is being typed. */
struct line_completion {
    size_t begin; /* of that word, in bytes from the beginning of the line */
    struct string_list words; /* whole, in the order in which they are shown */
};

/* before: the line up to the cursor.  Lives in the arena; no words: nothing
 * fits. */
typedef void line_complete_fn(void *ctx, const char *before,
        struct arena *arena, struct line_completion *completion);

/* All borrowed while the editor is open. */
struct line_editor_options {
    FILE *in, *out; /* of the terminal */
    const char *prompt;
    /* The file of earlier lines, which only its owner reads; made when
     * something is typed, its folder too.  NULL, or it cannot be written: what
     * is typed is remembered until the end only. */
    const char *history;
    line_complete_fn *complete;
    void *ctx;
};

struct line_editor {
    /* A line without its end, "" included, in the arena; NULL where the person
     * leaves (Ctrl-D) or the terminal is gone.  What Ctrl-C drops is never
     * seen. */
    const char *(*read)(struct line_editor *editor, struct arena *arena);
    void (*close)(struct line_editor *editor); /* gives the terminal back */
};

/* NULL and err if the terminal cannot be had. */
typedef struct line_editor *
line_editor_open_fn(const struct line_editor_options *options,
        struct error *err);

#endif
