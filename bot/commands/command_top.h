/*
 * command_top.h - the family of the best: of a day, a week, a month.
 *
 * Ordered by what people think (votes elsewhere, and up and down in the
 * channel), then by the score that the channel's digests are chosen by.
 */
#ifndef BOT_COMMAND_TOP_H
#define BOT_COMMAND_TOP_H

#include "bot/commands/command.h"

extern const struct command command_top_rows[];

#endif
