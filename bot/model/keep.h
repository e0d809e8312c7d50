/*
 * keep.h - how long what is kept of people and of what was said may stay.
 *
 * Papers, announcements and which of them were posted stay: they are public, and
 * what is not known to have been posted would be posted again.
 */
#ifndef BOT_MODEL_KEEP_H
#define BOT_MODEL_KEEP_H

#include <stdint.h>

#define KEEP_DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* What the configuration says; 0: for good. */
struct keep {
    int64_t messages_ms; /* after they were sent, or were not any more */
    int64_t history_ms;  /* who changed what of a channel */
};

#define KEEP_DEFAULT                                                           \
    ((struct keep){.messages_ms = 120 * KEEP_DAY_MS,                           \
            .history_ms = 365 * KEEP_DAY_MS})

/* What nobody wants longer, in days. */
enum {
    KEEP_BOOKMARK_DAYS = 30, /* where "more" goes on */
    KEEP_DRAFT_DAYS = 100, /* after the hour: what it says is said again as long
                            * as its digest can be edited (plan_edits.h) */
    KEEP_PICTURE_DAYS = 7, /* what is posted later than that is no news */
    KEEP_HEARD_DAYS = 30,  /* ids of events: no product tells of one later */
    KEEP_REMOVED_DAYS = 30, /* a channel that the bot was put out of */
};

#endif
