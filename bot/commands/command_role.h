/*
 * command_role.h - who may do more in a channel than others, and when the
 * curators get its draft: admins, curators, curate.
 */
#ifndef BOT_COMMAND_ROLE_H
#define BOT_COMMAND_ROLE_H

#include "bot/commands/command.h"

extern const struct command command_role_rows[];

#endif
