/*
 * command_edit.h - what a curator says of a paper, in place of its digest.
 */
#ifndef BOT_COMMAND_EDIT_H
#define BOT_COMMAND_EDIT_H

#include "bot/commands/command.h"

/* "edit 3 some words": they are kept as they were written, in one line; without
 * words what was kept goes. */
command_run_fn command_edit_run;

#endif
