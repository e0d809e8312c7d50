/*
 * collect.h - polls the announcement feed of every subscribed category.
 *
 * A category at a time, gently: from New York's midnight, when feeds are rebuilt,
 * every 15 minutes with jitter until ids come that no complete batch of the
 * category holds, then now and then for late papers; from 20:00, when the next
 * announcement is made, seldom, in case it can be read early.  A day that is said
 * to be a holiday is looked at less often.  What became of the day's batch is
 * recorded at each look.
 */
#ifndef BOT_COLLECT_H
#define BOT_COLLECT_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/intake.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

struct collect; /* opaque; heap */

/* store, source and chance are borrowed; source may be NULL (nothing is ever
 * due).  categories are copied. */
struct collect *collect_open(struct store *store, struct source *source,
        const struct random_source *chance,
        const struct string_list *categories, struct error *err);
void collect_close(struct collect *collect); /* cancels what is under way */

/* These are the categories from now on, copied; what is known of those that stay
 * stays, and a feed that is being read is read to its end. */
void collect_serve(struct collect *collect,
        const struct string_list *categories);

int64_t collect_next_due_ms(const struct collect *collect);
void collect_step(struct collect *collect, int64_t now_ms);
/* The clock was put back by so much: when to look is found out anew. */
void collect_put_back(struct collect *collect, int64_t by_ms);
bool collect_busy(const struct collect *collect);
/* True while a category is being read or is due to be, its turn come or not, or
 * could not be read when it was. */
bool collect_behind(const struct collect *collect, int64_t now_ms);

/* Makes every category due now, for "paperboy fetch"; *_finished is true when
 * each has been looked at once. */
void collect_all_now(struct collect *collect, int64_t now_ms);
bool collect_finished(const struct collect *collect);
/* What came in since the collector was opened, and the failures in words (one
 * a category, "" for none). */
struct intake_counts collect_counts(const struct collect *collect);
const char *collect_failure(const struct collect *collect, size_t category);

#endif
