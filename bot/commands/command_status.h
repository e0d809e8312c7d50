/*
 * command_status.h - "status": what comes next, what was announced, what is wrong.
 */
#ifndef BOT_COMMAND_STATUS_H
#define BOT_COMMAND_STATUS_H

#include "bot/commands/command.h"

extern const struct command command_status_rows[];

#endif
