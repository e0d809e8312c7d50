/*
 * program_fetch.h - what "paperboy fetch" is made of.
 */
#ifndef BOT_PROGRAM_FETCH_H
#define BOT_PROGRAM_FETCH_H

#include "bot/backfill.h"
#include "bot/intake.h"
#include "bot/program/program_setup.h"

/* Takes in the files of --from; false if one was refused or the store failed
 * (said on outside->err; the other files were taken). */
bool program_fetch_files(struct program_setup *setup,
        const struct string_list *paths, struct civil_date date,
        struct intake_counts *counts);

/* Opens the configured source that can be asked for announcements, and takes
 * the lock of whoever asks; false after a complaint.  Without ids there must be
 * categories, which come back. */
bool program_fetch_open(struct program_setup *setup, bool by_id,
        struct string_list *categories);

/* Asks the configured source for every channel's categories; *began is false if
 * it could not even begin. */
bool program_fetch_network(struct program_setup *setup,
        struct intake_counts *counts, bool *began);

/* Asks it for days that are over, or for ids; the wish's categories are the
 * channels'. */
bool program_fetch_archive(struct program_setup *setup,
        const struct backfill_wish *wish, struct intake_counts *counts,
        bool *began);

/* --since, --until, --via, --restart and --id; false after a complaint (wrong
 * use).  Without any of them the wish asks for nothing. */
bool program_fetch_wish(struct outside *outside,
        const struct program_options *options, struct arena *arena,
        struct backfill_wish *wish);

#endif
