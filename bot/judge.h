/*
 * judge.h - whose papers a feed shows, and what that says of the day.  Pure.
 *
 * A feed is rebuilt whole and never mixes announcements, but it can be late,
 * stale or ahead, and it does not reliably say which day's it is.  So it is known
 * by its papers: if most are new to us it shows an announcement that we have not;
 * if most were seen it still shows an older one, and what else is in it are late
 * papers of that.
 */
#ifndef BOT_JUDGE_H
#define BOT_JUDGE_H

#include "bot/base/civil_time.h"
#include "bot/model/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One look at a category's feed. */
struct judge_look {
    struct civil_date day;   /* the announcement day it is, in New York */
    struct civil_date next;  /* the one announced this evening; unset before
                              * 20:00 */
    bool over;               /* it is the weekend after the day */
    bool holiday;            /* the day is said to have no announcement */
    struct civil_date built; /* when the feed says it was made; may be unset */
    bool whole;              /* read to its end, or unchanged */
    bool unchanged;          /* nothing came, it is as at the last look */
    /* What it showed: new and cross-listed papers, or if there was none the
     * replacements; and how many of them no complete batch holds. */
    size_t shown, unseen;
    int64_t now_ms;
};

/* What the store says of the category. */
struct judge_known {
    const struct batch *day;   /* the day's batch; NULL if there is none */
    const struct batch *older; /* the newest complete one before; or NULL */
};

struct judge_verdict {
    struct civil_date filed; /* what was unseen belongs to that day's batch */
    enum batch_state state;  /* of the day's batch */
    struct civil_date stale_of; /* BATCH_STALE: what is shown instead */
};

/*
 * A look between 20:00 and midnight may meet the next day's papers early.  They
 * are taken for that if they took the place of others: of the day's own, or of
 * what was shown at a look a short while ago.  Where nobody looked, a feed of
 * unseen papers is the day's.
 */
struct judge_verdict judge(const struct judge_look *look,
        const struct judge_known *known);

#endif
