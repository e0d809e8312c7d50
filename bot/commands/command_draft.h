/*
 * command_draft.h - the draft, in its curators' hands: draft, pick, drop, move,
 * edit.
 *
 * Each command reads the draft, changes it and keeps it within its transaction:
 * of two curators at once neither loses anything.  Numbers are the draft's own.
 */
#ifndef BOT_COMMAND_DRAFT_H
#define BOT_COMMAND_DRAFT_H

#include "bot/commands/command.h"

extern const struct command command_draft_rows[];

#endif
