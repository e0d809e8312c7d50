/*
 * reading.h - one read of a category's feed, from the request to the store.
 *
 * What comes in is gathered, and stored whole: papers, the batch they belong to
 * (judge.h), what became of the day's, the validator and the pace in one
 * transaction.
 */
#ifndef BOT_READING_H
#define BOT_READING_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/intake.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a feed is read, as New York has it. */
struct reading_time {
    struct civil_date day;  /* the newest announcement day that has begun */
    struct civil_date next; /* from 20:00 on the eve of the next: that; or
                             * unset */
    bool over;              /* it is the weekend after the day */
};

struct reading {
    struct arena arena; /* owns all that was gathered */
    const struct source_ops *ops;
    const char *category; /* borrowed */
    struct reading_time time;
    const struct civil_zone *new_york; /* borrowed */
    struct source_record *records;
    size_t count, capacity, rejected;
    struct source_answer answer;
    struct error failure; /* ERROR_NONE: read to its end, or unchanged */
};

/* What storing a reading came to. */
struct reading_result {
    struct intake_counts counts;
    struct civil_date filed; /* the day whose batch the unseen ones are in */
    enum batch_state state;  /* of the day's batch */
    bool next_announced;     /* the one of this evening is complete */
};

/* What New York's clock says of an instant. */
struct reading_time reading_time_at(const struct civil_zone *new_york,
        int64_t now_ms);

/* Starts a reading of a source's feed; what was gathered before is freed.
 * {0} is a reading, too. */
void reading_begin(struct reading *reading, const struct source_ops *ops,
        const char *category, const struct civil_zone *new_york,
        int64_t now_ms);
void reading_finish(struct reading *reading);

/* Where the source hands its records; they are copied. */
struct source_sink reading_sink(struct reading *reading);

/* How the source ended. */
void reading_end(struct reading *reading, const struct source_answer *answer,
        const struct error *err);

/* The validator of the category's feed that the store keeps; "" for none. */
bool reading_validator(struct reading *reading, struct store *store,
        const char **validator, struct error *err);

/*
 * Stores all of it in one transaction.  A batch becomes announced if the feed
 * was read to its end and most of what it held was unseen; late papers join the
 * batch they come after; papers of a feed that was cut short are kept.  A batch
 * that is announced stays so.  Days that ended are settled: without an
 * announcement, or with what could be read of it.
 */
bool reading_store(const struct reading *reading, struct store *store,
        int64_t now_ms, struct reading_result *result, struct error *err);

#endif
