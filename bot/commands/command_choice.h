/*
 * command_choice.h - settings that are one of a few words: style, layout, mix, when,
 * quiet.
 */
#ifndef BOT_COMMAND_CHOICE_H
#define BOT_COMMAND_CHOICE_H

#include "bot/commands/command.h"

/* Shows the setting of the request's command, or sets it. */
bool command_choice_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

#endif
