/*
 * command_subscription.h - the family of commands that say what a channel
 * follows.
 */
#ifndef BOT_COMMAND_SUBSCRIPTION_H
#define BOT_COMMAND_SUBSCRIPTION_H

#include "bot/commands/command.h"

extern const struct command command_subscription_rows[];

#endif
