/*
 * occasion.h - one time that a channel is spoken to, and how it ended.
 *
 * An occasion's key is text: "digest/2026-11-24" (the channel's local date),
 * "post/2026-11-24/1", later "answer/EVENT", "alert/...".  A due digest gets
 * exactly one recorded outcome.
 */
#ifndef BOT_MODEL_OCCASION_H
#define BOT_MODEL_OCCASION_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"

#include <stdint.h>

enum occasion_outcome {
    OUTCOME_NONE,   /* nothing recorded */
    OUTCOME_DIGEST, /* outbox rows were planned */
    OUTCOME_QUIET,  /* one line said that there was nothing */
    OUTCOME_SILENT, /* nothing to say, nothing said */
    OUTCOME_MISSED, /* too late, see catch_up */
};

struct occasion {
    int64_t channel_id;
    const char *key;
    enum occasion_outcome outcome;
    int64_t due_ms, recorded_ms;
};

struct occasion_list {
    struct occasion *items;
    size_t count;
};

char *occasion_digest_key(struct arena *arena, struct civil_date date);
char *occasion_post_key(struct arena *arena, struct civil_date date,
        unsigned number);
/* "edit/ROW/N": the Nth edit of an outbox row's message. */
char *occasion_edit_key(struct arena *arena, int64_t row_id, unsigned number);
/* "draft/DATE/N": the Nth time that the draft of DATE's digest is sent to
 * somebody. */
char *occasion_draft_key(struct arena *arena, struct civil_date date,
        unsigned number);
const char *occasion_outcome_name(enum occasion_outcome outcome);

#endif
