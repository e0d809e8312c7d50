/*
 * plan_candidates.h - the papers a channel may be told of now.
 *
 * Reads announcements and nothing else; what was read is listed, so that
 * planning can cover it.
 */
#ifndef BOT_PLAN_CANDIDATES_H
#define BOT_PLAN_CANDIDATES_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/digest.h"
#include "bot/model/channel.h"
#include "bot/planning/plan_memo.h"
#include "bot/ports/store.h"
#include "bot/selection.h"

#include <stdbool.h>
#include <stddef.h>

struct plan_candidates {
    struct candidate *items; /* by id */
    size_t count;
    bool news; /* some are fresh; a risen signal alone is no news */
    struct digest_foot foot;     /* of the announcements read */
    struct covered_list covered; /* to be kept if the papers are planned */
};

/* What the channel has not covered: see plan.h.  Papers posted there are left
 * out.  All lives in the arena, but what is read of papers and announcements in
 * the memo. */
bool plan_candidates_uncovered(struct store *store,
        const struct channel *channel, struct plan_memo *memo,
        struct arena *arena, struct plan_candidates *candidates,
        struct error *err);

/* The same for every channel of its categories that has covered that: papers
 * posted there are not left out, no votes are reckoned with.  All lives in the
 * memo. */
bool plan_candidates_shared(struct store *store, const struct channel *channel,
        const struct covered_list *covered, struct plan_memo *memo,
        struct plan_candidates *candidates, struct error *err);

/* Gives each candidate what the memo has read of it. */
bool plan_candidates_read(struct store *store, struct plan_memo *memo,
        struct plan_candidates *candidates, struct error *err);

/* Whether there is news for a channel that had covered that as well.  Nothing is
 * changed. */
bool plan_candidates_more(struct store *store, const struct channel *channel,
        const struct covered_list *covered, bool *more, struct error *err);

/* The announcement of one date, whether covered or not; covers nothing.  With
 * posted, papers posted there are candidates as well. */
bool plan_candidates_of_date(struct store *store, const struct channel *channel,
        struct civil_date date, bool posted, struct arena *arena,
        struct plan_candidates *candidates, struct error *err);

/* The complete announcements of the days from first to last, covered or not;
 * covers nothing.  With posted, papers posted there are candidates as well. */
bool plan_candidates_of_days(struct store *store, const struct channel *channel,
        struct civil_date first, struct civil_date last, bool posted,
        struct arena *arena, struct plan_candidates *candidates,
        struct error *err);

/* The announcements of the seven days up to date, covered or not; covers
 * nothing.  Papers posted there are left out. */
bool plan_candidates_of_week(struct store *store, const struct channel *channel,
        struct civil_date date, struct arena *arena,
        struct plan_candidates *candidates, struct error *err);

#endif
