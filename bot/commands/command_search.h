/*
 * command_search.h - the family that finds papers again: search.
 */
#ifndef BOT_COMMAND_SEARCH_H
#define BOT_COMMAND_SEARCH_H

#include "bot/commands/command.h"

extern const struct command command_search_rows[];

#endif
