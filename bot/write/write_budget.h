/*
 * write_budget.h - what a writer has cost today, and what that leaves.
 *
 * A day is one of UTC.  What was spent is kept in the store under the writer's
 * name, so that neither a restart nor another configuration makes it forgotten.
 */
#ifndef BOT_WRITE_BUDGET_H
#define BOT_WRITE_BUDGET_H

#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"

#include <stdbool.h>
#include <stdint.h>

struct write_spent {
    struct civil_date day;
    int64_t requests, units, money; /* money in millionths */
    int64_t kept, refused;          /* notes: by what the check said of them */
};

/* What was spent on the day of now_ms; nothing yet is zeros. */
bool write_budget_read(struct store *store, const char *writer, int64_t now_ms,
        struct write_spent *spent, struct error *err);

/* Counts one request that is about to leave; within the caller's transaction, if
 * there is one. */
bool write_budget_ask(struct store *store, const struct hired_writer *hired,
        int64_t now_ms, struct error *err);
/* Counts what came back: what it cost, and a note that was kept or refused. */
bool write_budget_answer(struct store *store, const struct hired_writer *hired,
        const struct writer_usage *usage, enum note_outcome outcome,
        int64_t now_ms, struct error *err);
/* The request turned out to have cost nothing. */
bool write_budget_return(struct store *store, const struct hired_writer *hired,
        int64_t now_ms, struct error *err);

/* Whether nothing more may be asked today. */
bool write_budget_is_spent(const struct write_spent *spent,
        const struct writer_budget *budget);

/* When the day after now_ms begins. */
int64_t write_budget_tomorrow_ms(int64_t now_ms);

/* "12 of 200 requests, 3400 tokens, 0.05 of 1.00 in money" in a reader's language,
 * in the arena: what has a bound, and what was used of the rest. */
const char *write_budget_text(const struct write_spent *spent,
        const struct writer_budget *budget, const char *language,
        struct arena *arena);

#endif
