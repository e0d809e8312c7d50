/*
 * program_memory.h - what an account remembers, kept among the store's values.
 *
 * The keys are "account/NAME/KEY".  They are no part of any export.
 */
#ifndef BOT_PROGRAM_MEMORY_H
#define BOT_PROGRAM_MEMORY_H

#include "bot/program/program_setup.h"

/* The memory of the account with that name, in whatever store the set-up has at
 * the time; in its arena.  NULL where it has none now. */
const struct account_memory *program_memory_of(struct program_setup *setup,
        const char *account);

#endif
