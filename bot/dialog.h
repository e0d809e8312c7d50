/*
 * dialog.h - questions with defaults, asked of a person at a terminal or of
 * whatever feeds a pipe.
 *
 * An answer that will not do is asked for again, with the reason; the end of
 * the input ends everything.
 */
#ifndef BOT_DIALOG_H
#define BOT_DIALOG_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stdio.h>

struct dialog {
    FILE *in, *out;
    struct arena *arena;
    bool echo;  /* the input shows no answers by itself: a pipe */
    bool ended; /* no more input */
    /* Makes the terminal show, or not show, what is typed; may be NULL. */
    void (*hide_typing)(bool hide);
    const char *yes, *no; /* as the reader's language has them */
};

/*
 * Looks at an answer, "" if the person gave none and there is no default:
 * returns what is meant by it (in the arena, or the answer), or NULL and err, with
 * an empty text if all was said already.
 */
typedef const char *dialog_take_fn(void *ctx, const char *answer,
        struct arena *arena, struct error *err);

/* Prints a line, as it is. */
void dialog_say(struct dialog *dialog, const char *line);

/* Asks until take is content; usual is what Enter means, NULL for nothing.
 * NULL if the input ended. */
const char *dialog_ask(struct dialog *dialog, const char *question,
        const char *usual, dialog_take_fn *take, void *ctx);

/* The same for a secret: it is not shown. */
const char *dialog_ask_secret(struct dialog *dialog, const char *question,
        dialog_take_fn *take, void *ctx);

/* False as well if the input ended. */
bool dialog_confirm(struct dialog *dialog, const char *question, bool usual);

#endif
