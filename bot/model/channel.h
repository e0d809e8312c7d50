/*
 * channel.h - a place that gets digests, and what it wants.
 *
 * Identity is (account, native room id); the store gives the number.  The label
 * is the section's name and may change without losing history.  A webhook is an
 * account by itself, named by a section: there the kind stands for the account.
 */
#ifndef BOT_MODEL_CHANNEL_H
#define BOT_MODEL_CHANNEL_H

#include "bot/model/language.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stdint.h>

/* What a channel wants to read. */
struct subscription {
    struct string_list categories; /* arXiv codes, in the order of the legend */
    struct string_list words;      /* words and phrases that raise a paper */
    struct string_list authors;    /* names that raise a paper */
    struct string_list unwanted;   /* words that lower a paper */
};

enum digest_style {
    STYLE_BRIEF,
    STYLE_FULL
};
enum digest_layout {
    LAYOUT_MESSAGE, /* the whole digest */
    LAYOUT_THREAD,  /* its head, and a message a paper below it */
};
/* Of which papers pictures are shown, where the product takes them. */
enum digest_pictures {
    PICTURES_NONE,
    PICTURES_FIRST, /* of the first paper */
    PICTURES_ALL,   /* of each that is shown in full */
};
/* How the categories of a channel share a digest: see selection.h. */
enum channel_mix {
    MIX_FAIR,
    MIX_FREE, /* the best papers, whatever their category */
};
enum schedule_when {
    WHEN_PUNCTUAL,
    WHEN_FRESH
};
/* What is said on a day without papers: see plan.h. */
enum quiet_policy {
    QUIET_SILENT,
    QUIET_LINE,
    QUIET_BEST
};
enum uncertain_policy {
    UNCERTAIN_RESEND,
    UNCERTAIN_HOLD
};

enum { /* bits of schedule.weekdays: 1 << enum civil_weekday */
    WEEKDAYS_NONE = 0,
    WEEKDAYS_WORKING = 0x1F,
    WEEKDAYS_ALL = 0x7F,
};

struct schedule {
    int minute_of_day;    /* wall clock, 0 to 1439; -1: no digests by itself */
    unsigned weekdays;    /* bit 0 = Monday */
    const char *timezone; /* IANA name */
};

struct channel {
    int64_t id;          /* the store's; 0 before it is known there */
    const char *account; /* the account's name */
    const char *home;  /* the account in the identity: its name, or its kind */
    const char *room;  /* native id: "#ml:example.org"; a webhook's is one of
                          * the adapter's making */
    const char *label; /* "team" */
    bool in_file;      /* a section of the configuration has it */
    struct subscription subscription;
    struct schedule schedule;
    struct language_pair languages;
    unsigned top_count, also_count; /* size = 5+4 */
    enum digest_style style;
    enum digest_layout layout; /* where the product has threads */
    enum digest_pictures pictures;
    const char *contact; /* whom to ask to take a picture down; "" for none */
    enum channel_mix mix;
    enum schedule_when when;
    enum quiet_policy quiet;
    enum uncertain_policy on_uncertain;
    int64_t wait_for_batch_ms, catch_up_ms;
    const char *credit; /* "" for none */
    bool paused;        /* no digests by itself until it is resumed */
    int64_t curate_ms; /* a draft goes to the curators so long ahead; 0: none */
    /* Native ids.  Admins may change the channel beside those whom its account
     * knows to be in charge; curators, the draft. */
    struct string_list curators, admins;
};

struct channel_list {
    struct channel *items;
    size_t count;
};

#endif
