/*
 * command_newest.h - how much of the newest announcement a channel's wishes fit.
 */
#ifndef BOT_COMMAND_NEWEST_H
#define BOT_COMMAND_NEWEST_H

#include "bot/commands/command.h"

/* Says it, with the announcement's date, of a channel as it was just changed. */
bool command_newest_say(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err);

#endif
