/*
 * command_random.h - the family of chance: a paper at random.
 */
#ifndef BOT_COMMAND_RANDOM_H
#define BOT_COMMAND_RANDOM_H

#include "bot/commands/command.h"

extern const struct command command_random_rows[];

#endif
