/*
 * votes.h - what others thought of the papers of the last days: a look each
 * evening.
 *
 * After 22:00 UTC, when most of a day's votes are in, the lists of that day and
 * the two before it are read, one after the other; the greater count becomes a
 * paper's signal.  It is an extra: a failure costs nobody anything but a line in
 * the log.
 */
#ifndef BOT_VOTES_H
#define BOT_VOTES_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

struct votes; /* opaque; heap */

/* All borrowed; the source must have the call "page". */
struct votes *votes_open(struct store *store, struct source *source,
        const struct random_source *chance, int64_t now_ms, struct error *err);
void votes_close(struct votes *votes); /* cancels what is under way */

/* With NULL nothing is ever due. */
int64_t votes_next_due_ms(const struct votes *votes);
void votes_step(struct votes *votes, int64_t now_ms);
bool votes_busy(const struct votes *votes);

#endif
