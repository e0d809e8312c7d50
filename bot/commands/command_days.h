/*
 * command_days.h - the family of announced papers: today's, another day's, those
 * since a day.
 */
#ifndef BOT_COMMAND_DAYS_H
#define BOT_COMMAND_DAYS_H

#include "bot/commands/command.h"

extern const struct command command_days_rows[];

#endif
