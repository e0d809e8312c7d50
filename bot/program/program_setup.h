/*
 * program_setup.h - what subcommands open, in the order in which they need it.
 *
 * Each step says itself, on outside->err, why it failed.  What was opened is
 * closed in reverse by program_setup_finish.
 */
#ifndef BOT_PROGRAM_SETUP_H
#define BOT_PROGRAM_SETUP_H

#include "bot/enrich/enrich.h"
#include "bot/program/program.h"

struct program_setup {
    struct outside *outside;
    const struct program_options *options;
    struct arena arena; /* of the whole run */
    /* Defaults where there is no file.  Once the store was asked for them its
     * channels are as they are in force, and those that the bot was invited to
     * stand behind them. */
    struct config config;
    struct channel_list configured; /* those of the file, as it has them */
    struct channel_list bases;      /* the same, and what invited ones begin
                                     * with: each is what is in force without
                                     * commands */
    struct store *store;
    struct account **accounts; /* all that the configuration has */
    size_t account_count;
    struct source *source;   /* NULL where the configuration has none */
    struct source *votes;    /* the same */
    struct source *pictures; /* the same */
    struct source *facts[ENRICH_SOURCES_MAX];
    size_t fact_count;
    struct hired_writer *writers; /* in their chain */
    size_t writer_count;
};

void program_setup_init(struct program_setup *setup, struct outside *outside,
        const struct program_options *options);
void program_setup_finish(struct program_setup *setup);

/* The configuration's file: --config, or the first that exists where one is
 * looked for; NULL after a complaint that there is none. */
const char *program_setup_find_config(struct program_setup *setup);

/* Every complaint on a line, and how many there are. */
void program_setup_show_complaints(struct outside *outside, const char *file,
        const struct config_complaint_list *complaints);

/* Reads the configuration: --config, or the first file that exists where one
 * is looked for.  Without any: false if it is required. */
bool program_setup_config(struct program_setup *setup, bool required);

/* Where the store is: --store, or as configured. */
const char *program_setup_store_url(const struct program_setup *setup);

/* Opens the store that --store or the configuration names, if it is not open. */
bool program_setup_store(struct program_setup *setup);

/* The same for a subcommand that only looks: where there is no store yet, false
 * after saying how to begin, and none is made. */
bool program_setup_present_store(struct program_setup *setup);

/* Makes the channels known to the store, takes their ids, and what commands set
 * of them: config.channels, in their places, are as they are in force. */
bool program_setup_channels(struct program_setup *setup);
/* The same, but those that the store knows are left as they are: a channel that
 * the bot has left does not come back by it. */
bool program_setup_new_channels(struct program_setup *setup);
/* The same for those that the store knows; changes nothing there. */
bool program_setup_known_channels(struct program_setup *setup);
/* The same if there is a database, which is opened then. */
bool program_setup_channels_if_any(struct program_setup *setup);
/* A channel of config.channels without what commands set. */
const struct channel *
program_setup_configured(const struct program_setup *setup,
        const struct channel *channel);

/* Opens every account and, if asked, the sources, on the network's loop.  False
 * after a complaint for each account that could not be opened; the others are
 * open. */
bool program_setup_accounts(struct program_setup *setup);
bool program_setup_source(struct program_setup *setup);
/* The same for the writers. */
bool program_setup_writers(struct program_setup *setup);

/* The channel of that name, configured or (where there is a database, which is
 * opened then) invited; NULL after a complaint. */
const struct channel *program_setup_channel(struct program_setup *setup,
        const char *label);
/* The opened account of a channel. */
struct account *program_setup_account(const struct program_setup *setup,
        const struct channel *channel);

/* What New York's calendar shows now: announcements are dated by it. */
bool program_setup_today(struct program_setup *setup, struct civil_date *date);

/* --date, if given: a date; false after a complaint (wrong use). */
bool program_setup_date(struct outside *outside, const struct program *program,
        const struct program_options *options, struct civil_date *date);

int64_t program_setup_now_ms(const struct program_setup *setup);

#endif
