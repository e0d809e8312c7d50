/*
 * program_show.h - documents and times, as subcommands print them.
 */
#ifndef BOT_PROGRAM_SHOW_H
#define BOT_PROGRAM_SHOW_H

#include "bot/model/document.h"
#include "bot/program/program_setup.h"

/* Whether --format, if given, is a dialect; false after a complaint. */
bool program_show_format_known(struct outside *outside,
        const struct program *program, const struct program_options *options);

/* Prints a document in --format's dialect, else in the one named. */
bool program_show_document(struct program_setup *setup,
        const struct document *document, const char *otherwise);

/* Says that there is nothing to say to a channel, and why that may be. */
void program_show_nothing(struct program_setup *setup,
        const struct channel *channel, struct civil_date date);

/* What to say of arXiv's holidays in a year of which none is known; NULL in the
 * others and where nothing is fetched. */
const char *program_show_holidays(struct program_setup *setup);

/* A reason without the subject it may begin with: it is shown behind that. */
const char *program_show_reason(const char *subject, const char *reason);

enum {
    PROGRAM_SHOW_TIME_SIZE = 64
};

/* "Tue 2026-11-24 13:30" on the zone's clock. */
void program_show_time(const struct civil_zone *zone, int64_t ms,
        char out[PROGRAM_SHOW_TIME_SIZE]);

/* The same for a zone's name; on the clock of UTC, and saying so, for "". */
void program_show_instant(const char *zone_name, int64_t ms,
        char out[PROGRAM_SHOW_TIME_SIZE]);

/* When a channel is due next: "Tue 2026-11-24 13:30 Asia/Shanghai", or "never by
 * itself", or "not before it is resumed"; *due_ms is 0 then. */
void program_show_due(const struct channel *channel, int64_t now_ms,
        char out[PROGRAM_SHOW_TIME_SIZE], int64_t *due_ms);

#endif
