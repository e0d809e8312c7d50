/*
 * backfill.h - papers of days that are over, and papers by id, from a source's
 * archive.
 *
 * A day of a category at a time, page by page; papers come in, nothing is
 * announced.  How far a category has come is stored with each page, so that
 * what was interrupted goes on where it stopped, and what is there already is
 * not asked for again - but for the last week before a run: arXiv's index lags,
 * and a paper can be held for days before it appears.
 */
#ifndef BOT_BACKFILL_H
#define BOT_BACKFILL_H

#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/intake.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct backfill; /* opaque; heap */

struct backfill_wish {
    enum source_via via;
    /* All of the days, both ends included, of every category; or, if there are
     * any, the ids. */
    struct string_list categories;
    struct civil_date since, until;
    struct string_list ids; /* canonical */
    bool again;             /* whatever is there already */
    bool quiet; /* who asked tells of pages and troubles; nothing is logged */
};

struct backfill_progress {
    size_t done, total; /* days of a category */
    size_t pages, papers;
    const char *category; /* of the page that came last; "" before */
    struct civil_date date;
    size_t troubles;     /* pages that will be asked for again */
    int64_t wait_ms;     /* after the last of them */
    const char *trouble; /* why; lives as long as the job */
};

/* Everything is borrowed but the wish, which is copied.  The source must have
 * the call "page". */
struct backfill *backfill_open(struct store *store, struct source *source,
        const struct random_source *chance, const struct backfill_wish *wish,
        int64_t now_ms, struct error *err);
void backfill_close(struct backfill *backfill); /* cancels; NULL is fine */

int64_t backfill_next_due_ms(const struct backfill *backfill);
void backfill_step(struct backfill *backfill, int64_t now_ms);
/* All is there, or it has failed. */
bool backfill_finished(const struct backfill *backfill);

/* Why it failed; "" if it did not. */
const char *backfill_failure(const struct backfill *backfill);
struct intake_counts backfill_counts(const struct backfill *backfill);
struct backfill_progress backfill_progress(const struct backfill *backfill);
/* Of the ids, those that the archive does not know. */
struct string_list backfill_missing(const struct backfill *backfill);

#endif
