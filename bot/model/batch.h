/*
 * batch.h - what arXiv announced together in one category.
 *
 * Identity is (category, announcement date), dated by the New York day that
 * begins at the midnight after the announcement.  A batch is complete when its
 * feed was read to the end and held an id not seen before.
 */
#ifndef BOT_MODEL_BATCH_H
#define BOT_MODEL_BATCH_H

#include "bot/base/civil_time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum announce_type { /* arxiv:announce_type */
    ANNOUNCE_UNKNOWN,
    ANNOUNCE_NEW,
    ANNOUNCE_CROSS,
    ANNOUNCE_REPLACE,
    ANNOUNCE_REPLACE_CROSS,
};

enum batch_state {
    BATCH_NOT_YET,   /* looked, nothing new so far */
    BATCH_FAILED,    /* could not be read, or not to its end */
    BATCH_ANNOUNCED, /* complete */
    BATCH_NONE, /* none that day: it ended without, or a holiday began it */
    BATCH_STALE, /* not yet: an older announcement is shown under the day's date */
};

struct batch {
    const char *category; /* arXiv code */
    struct civil_date date;
    enum batch_state state;
    unsigned new_count, cross_count, replaced_count;
    int64_t checked_ms;    /* last looked at */
    int64_t completed_ms;  /* 0 until announced */
    const char *complaint; /* why it failed, what a stale feed shows; or "" */
};

struct batch_list {
    struct batch *items;
    size_t count;
};

/* One paper of a batch. */
struct batch_paper {
    const char *paper_id;
    enum announce_type announce;
    int64_t arrival; /* the store's running number of when it came */
    int64_t rose;    /* the same number of when a signal of the paper rose
                      * last; 0: never */
};

struct batch_paper_list {
    struct batch_paper *items;
    size_t count;
};

/* What a channel has covered: an announcement that a digest of it read. */
struct covered_batch {
    const char *category;
    struct civil_date date;
    int64_t arrival; /* the newest at that planning: later ones are fresh */
};

struct covered_list {
    struct covered_batch *items;
    size_t count;
};

const char *batch_state_name(enum batch_state state); /* "announced" */
/* Says of a paper known before that it changed. */
bool announce_type_is_replacement(enum announce_type type);
const char *announce_type_name(enum announce_type type); /* "replace-cross" */
/* From the feed's word; ANNOUNCE_UNKNOWN if it is none of them. */
enum announce_type announce_type_parse(const char *word);

#endif
