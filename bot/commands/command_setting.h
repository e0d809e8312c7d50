/*
 * command_setting.h - the family of commands that set how a channel gets its
 * digests.
 */
#ifndef BOT_COMMAND_SETTING_H
#define BOT_COMMAND_SETTING_H

#include "bot/commands/command.h"

extern const struct command command_setting_rows[];

#endif
