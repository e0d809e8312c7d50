/*
 * command_why.h - the family that tells what a paper is worth to the channel.
 */
#ifndef BOT_COMMAND_WHY_H
#define BOT_COMMAND_WHY_H

#include "bot/commands/command.h"

extern const struct command command_why_rows[];

#endif
