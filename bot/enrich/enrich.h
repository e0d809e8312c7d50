/*
 * enrich.h - where the authors of promising papers work, asked of sources that
 * may know, ahead of the hour and for some days after it.
 *
 * Affiliations fill what arXiv left open, citations become a signal; what came
 * after a digest is shown by an edit (see plan_edits.h).  Of each paper and source
 * the store keeps when it was asked and what it told.  No digest waits for it.
 *
 * Listings show "this https URL" where a link stands: arXiv itself is asked for
 * those papers, by their ids.
 */
#ifndef BOT_ENRICH_H
#define BOT_ENRICH_H

#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/seat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ENRICH_SOURCES_MAX = 4,
    ENRICH_REQUESTS_A_DAY = 100, /* of a source, UTC days */
};

struct enrich; /* opaque; heap */

/* All borrowed; the sources have the call "page".  links is the source of the
 * papers, asked where a text lacks its links; NULL: nobody.  Answers NULL without
 * any of the others (err is left alone), or if the store failed. */
struct enrich *enrich_open(struct store *store, struct source *const *sources,
        size_t count, struct source *links, const struct random_source *chance,
        int64_t now_ms, struct error *err);
void enrich_close(struct enrich *enrich); /* cancels what is under way */

/* NULL is fine for all of these. */
int64_t enrich_next_due_ms(const struct enrich *enrich);
void enrich_step(struct enrich *enrich, const struct seat *seats, size_t count,
        int64_t now_ms);
bool enrich_busy(const struct enrich *enrich);
/* The clock was put back. */
void enrich_put_back(struct enrich *enrich);

/* Key of what a source was asked of a paper: "MS TRIES TOLD", where TOLD is
 * affiliations, citations, links, or nothing. */
const char *enrich_key(const char *kind, const char *paper_id,
        struct arena *arena);

#endif
