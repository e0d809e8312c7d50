/*
 * program_ask_complete.h - what the Tab key offers where a command is typed.
 *
 * Names of commands in both languages; behind a name what may stand there: the
 * tags of categories, the values of settings, cities' time zones.
 */
#ifndef BOT_PROGRAM_ASK_COMPLETE_H
#define BOT_PROGRAM_ASK_COMPLETE_H

#include "bot/ports/line_editor.h"

/* A line_complete_fn; ctx is the language ("zh", "en") in which is offered what
 * fits in both. */
void program_ask_complete(void *ctx, const char *before, struct arena *arena,
        struct line_completion *completion);

#endif
