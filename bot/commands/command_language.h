/*
 * command_language.h - "languages zh en", "语言 中文 英文".
 */
#ifndef BOT_COMMAND_LANGUAGE_H
#define BOT_COMMAND_LANGUAGE_H

#include "bot/commands/command.h"

bool command_language_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

#endif
