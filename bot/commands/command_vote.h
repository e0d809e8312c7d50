/*
 * command_vote.h - the family of votes: up, down.
 *
 * A vote teaches the channel's taste (taste.h); the opposite takes it back.
 */
#ifndef BOT_COMMAND_VOTE_H
#define BOT_COMMAND_VOTE_H

#include "bot/commands/command.h"

extern const struct command command_vote_rows[];

#endif
