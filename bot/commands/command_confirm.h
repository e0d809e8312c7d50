/*
 * command_confirm.h - what cannot be undone is asked twice: "leave", "leave yes".
 */
#ifndef BOT_COMMAND_CONFIRM_H
#define BOT_COMMAND_CONFIRM_H

#include "bot/commands/command.h"

enum command_confirm {
    COMMAND_CONFIRM_ASKED, /* nothing stands behind it: the question */
    COMMAND_CONFIRM_YES,
    COMMAND_CONFIRM_UNCLEAR, /* something else does: said already */
};

/* Reads the words from the first-th on.  command is what confirms, without its
 * "yes" ("leave"), in both languages. */
enum command_confirm command_confirm_read(const struct command_call *call,
        const struct command_words *words, size_t first,
        const struct phrase *command, struct command_answer *answer);

/* "To confirm: /paper leave yes" */
void command_confirm_say(const struct command_call *call,
        const struct phrase *command, struct command_answer *answer);

#endif
