/*
 * command_leave.h - "leave": the bot goes, and nothing comes any more.
 */
#ifndef BOT_COMMAND_LEAVE_H
#define BOT_COMMAND_LEAVE_H

#include "bot/commands/command.h"

extern const struct command command_leave_rows[];

#endif
