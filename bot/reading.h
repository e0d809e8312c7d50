/*
 * reading.h - one read of a category's feed, from the request to the store.
 *
 * What comes in is gathered, and stored whole: papers, the day's batch, the
 * validator and the pace in one transaction.
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

/* The longest wait a server may impose on us. */
#define READING_PATIENCE_MS INT64_C(21600000)

struct reading {
    struct arena arena; /* owns all that was gathered */
    const struct source_ops *ops;
    const char *category; /* borrowed */
    struct civil_date day;
    struct source_record *records;
    size_t count, capacity, rejected;
    struct source_answer answer;
    struct error failure; /* ERROR_NONE: read to its end, or unchanged */
};

/* What storing a reading came to. */
struct reading_result {
    struct intake_counts counts;
    bool announced; /* the day's batch is complete */
};

/* Starts a reading of a source's feed; what was gathered before is freed.
 * {0} is a reading, too. */
void reading_begin(struct reading *reading, const struct source_ops *ops,
        const char *category, struct civil_date day);
void reading_finish(struct reading *reading);

/* Where the source hands its records; they are copied. */
struct source_sink reading_sink(struct reading *reading);

/* How the source ended. */
void reading_end(struct reading *reading, const struct source_answer *answer,
        const struct error *err);

/* What the store keeps of a source: the instant before which nothing may be
 * asked; the validator of a category's feed ("" for none). */
bool reading_free_ms(struct store *store, const struct source_ops *ops,
        int64_t *free_ms, struct error *err);
bool reading_asked(struct store *store, const struct source_ops *ops,
        int64_t now_ms, struct error *err);
bool reading_validator(struct reading *reading, struct store *store,
        const char **validator, struct error *err);

/*
 * Stores all of it in one transaction.  The batch becomes announced if the feed
 * was read to its end and held an unseen id; papers of a feed that was cut short
 * are kept.  A batch that is announced stays so.
 */
bool reading_store(const struct reading *reading, struct store *store,
        int64_t now_ms, struct reading_result *result, struct error *err);

#endif
