/*
 * intake.h - records from a source into the store.
 *
 * The one way in: papers are merged, notes kept, batches filed.  Undated files
 * and feeds come this way alike.
 */
#ifndef BOT_INTAKE_H
#define BOT_INTAKE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/batch.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stddef.h>
#include <stdint.h>

struct intake_counts {
    size_t added, updated, unchanged, rejected;
    size_t risen;  /* signals that are greater than before */
    size_t unseen; /* of those that were filed: in no complete batch before */
};

struct intake {
    struct store *store;
    int64_t now_ms;
    /* Where papers are filed: one feed's category, or NULL: under each of a
     * paper's own categories (files); date unset: nowhere (a recording of the
     * API announces nothing). */
    const char *category;
    struct civil_date date;
    /* Told of every complaint besides counting it; may be NULL. */
    void (*complaint)(void *ctx, const struct source_complaint *complaint);
    void *ctx;
    /* Where the categories filed under are remembered for intake_complete;
     * NULL: they are not. */
    struct arena *arena;
    struct string_list filed;
    size_t filed_capacity;
    struct intake_counts counts;
    struct error failure; /* of the store: kind ERROR_NONE while all is well */
};

/* Whether a complete batch of the category holds what the record tells: the
 * paper, or of a replacement this version of it or a newer one.  To be asked
 * before the record is stored. */
bool intake_seen(struct store *store, const char *category,
        const struct source_record *record, bool *seen, struct error *err);

/* A sink that puts each record into the intake's store.  Wrap a whole read in
 * store_transact, or let each record be a transaction of its own. */
struct source_sink intake_sink(struct intake *intake);

/* Marks a batch announced (with counts taken from what is filed there). */
bool intake_complete_batch(struct store *store, const char *category,
        struct civil_date date, int64_t now_ms, struct error *err);

/* Marks every batch announced that the intake filed papers under; for files,
 * once they were read.  Needs intake->arena. */
bool intake_complete(struct intake *intake, struct error *err);

#endif
