/*
 * command_privacy.h - what is kept of a person and of the channel, and erasing
 * what is kept of the person: "privacy", "forget me".
 */
#ifndef BOT_COMMAND_PRIVACY_H
#define BOT_COMMAND_PRIVACY_H

#include "bot/commands/command.h"

extern const struct command command_privacy_rows[];

#endif
