/*
 * transfer.h - what people set by commands, as a file to be taken elsewhere.
 *
 * An INI file, so that a person can read and mend it and the configuration's
 * reader reads it:
 *
 *     [paperboy]
 *     format = 1
 *
 *     [channel 1]
 *     account = home
 *     room = !abc:example.org
 *     label = ml
 *     schedule = 08:00 weekdays
 *     schedule_set = 2026-11-24T05:30:00.123Z @ana:example.org
 *
 * and, if people's votes and saved papers are wanted:
 *
 *     [votes 1]
 *     account = home
 *     room = !abc:example.org
 *     label = ml
 *     vote_1 = up 2611.10001 2026-11-24T05:30:00.123Z @ana:example.org
 *
 *     [person 1]
 *     account = home
 *     id = @ana:example.org
 *     saved_1 = 2611.10001 2026-11-24T05:30:00.123Z
 *
 * Sections of channels are counted; keys are those of the configuration's
 * [channel] sections that commands set.  An empty value is a value: no words, no
 * credit.  A backslash stands before what INI would misread (transfer_escape).  A
 * value too long for a line goes on in KEY.2, KEY.3.
 */
#ifndef BOT_TRANSFER_H
#define BOT_TRANSFER_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/config/config_complain.h"
#include "bot/model/reader.h"
#include "bot/model/setting.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    TRANSFER_FORMAT = 1,
    TRANSFER_FILE_MAX = 16 * 1024 * 1024, /* bytes */
};

struct transfer_channel {
    const char *account, *room, *label;
    bool invited; /* not of the configuration: invited = yes */
    struct channel_setting_list settings;
    int line; /* of its section; 0 where no file was read */
};

/* What was voted in a channel: some of it, its place in settings' stead. */
struct transfer_votes {
    struct transfer_channel place; /* without settings */
    struct vote_list votes;
};

/* What a person saved: some of it. */
struct transfer_person {
    struct person person;
    struct saved_list saved;
};

struct transfer {
    struct transfer_channel *channels;
    size_t count, capacity;
    struct transfer_votes *votes;
    size_t votes_count, votes_capacity;
    struct transfer_person *people;
    size_t people_count, people_capacity;
};

/* What importing did, of one channel. */
struct transfer_report {
    const char *label;
    bool is_new;         /* the store did not know the channel */
    size_t same;         /* settings that held already */
    const char *changed; /* "schedule: 13:30 weekdays -> 08:00 daily" a line; ""
                          * if nothing was */
    size_t changed_count;
};

enum {
    TRANSFER_UNKNOWN_MAX = 20,
};

/* What it did of people's. */
struct transfer_tally {
    size_t votes, saved;        /* taken in */
    size_t same;                /* there already, or newer here */
    size_t passed_over;         /* of papers that are not here */
    struct string_list unknown; /* the first of these papers, each once */
    size_t unknown_capacity;
};

struct transfer_report_list {
    struct transfer_report *items;
    size_t count;
    struct transfer_tally people;
};

/* All that commands set, in the order of the store's channels; without channels
 * of which nothing was set, and those that the bot was put out of.  With people:
 * also their votes and saved papers. */
bool transfer_collect(struct store *store, bool people, struct arena *arena,
        struct transfer *transfer, struct error *err);

/* Writes the file. */
void transfer_write(const struct transfer *transfer, FILE *out);

/*
 * Reads a file's text into the arena of complaints.  False if anything in it is
 * not understood: each is a complaint, by its line and name.
 */
bool transfer_read(const char *text, struct config_complaints *complaints,
        struct transfer *transfer);

/*
 * Keeps it, all or nothing: what the file has replaces what is there, what it has
 * not stays.  A line of history tells of each channel that changed, by person.
 * Votes and saved papers are added to those that are there; of two votes the newer
 * one holds; those of papers that the store does not know are passed over.
 */
bool transfer_keep(struct store *store, const struct transfer *transfer,
        const char *person, int64_t now_ms, struct arena *arena,
        struct transfer_report_list *reports, struct error *err);

#endif
