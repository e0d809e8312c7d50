/*
 * command_saved.h - the family of a person's own list: save, unsave, saved.
 *
 * The list belongs to the person wherever they read in the account; answers are
 * for them alone.
 */
#ifndef BOT_COMMAND_SAVED_H
#define BOT_COMMAND_SAVED_H

#include "bot/commands/command.h"

extern const struct command command_saved_rows[];

#endif
