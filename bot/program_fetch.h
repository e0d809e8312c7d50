/*
 * program_fetch.h - what "paperboy fetch" is made of.
 */
#ifndef BOT_PROGRAM_FETCH_H
#define BOT_PROGRAM_FETCH_H

#include "bot/intake.h"
#include "bot/program_setup.h"

/* Takes in the files of --from; false if one was refused or the store failed
 * (said on outside->err; the other files were taken). */
bool program_fetch_files(struct program_setup *setup,
        const struct string_list *paths, struct civil_date date,
        struct intake_counts *counts);

/* Asks the configured source for every channel's categories; *began is false if
 * it could not even begin. */
bool program_fetch_network(struct program_setup *setup,
        struct intake_counts *counts, bool *began);

#endif
