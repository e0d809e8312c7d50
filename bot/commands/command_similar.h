/*
 * command_similar.h - the family that starts from one paper: similar.
 */
#ifndef BOT_COMMAND_SIMILAR_H
#define BOT_COMMAND_SIMILAR_H

#include "bot/commands/command.h"

extern const struct command command_similar_rows[];

#endif
