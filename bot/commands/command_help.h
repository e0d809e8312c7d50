/*
 * command_help.h - the family of help: what the bot can do, short first.
 */
#ifndef BOT_COMMAND_HELP_H
#define BOT_COMMAND_HELP_H

#include "bot/commands/command.h"

extern const struct command command_help_rows[];

#endif
