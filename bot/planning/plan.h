/*
 * plan.h - a due channel becomes outbox rows, in one transaction.
 *
 * Takes what is in the store at its hour and does no network.  Candidates are
 * the papers of the complete announcements, of the last 10 in the channel's
 * categories, that the channel has not covered; a covered announcement's paper
 * returns only if it arrived after that planning, and never if it was posted.
 * A new channel or category starts at its newest complete announcement, one
 * that was taken out and put back at what was announced since the last digest.
 *
 * Where curators have a draft (plan_draft.h), the digest is what they left in it:
 * its announcements are covered, and what came since waits for the next digest.
 *
 * A day without papers is quiet, as the channel wishes.  line: nothing at a
 * weekend, one line where there is no announcement or none yet.  best: the best
 * of the week that was not posted, at a weekend once and where there is no
 * announcement, else as line.  silent: nothing.
 */
#ifndef BOT_PLAN_H
#define BOT_PLAN_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/occasion.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

enum {
    PLAN_ANNOUNCEMENTS_MAX = 10
};

/* What a plan made. */
struct plan_result {
    enum occasion_outcome outcome;
    unsigned papers, candidates, parts;
    char occasion[48]; /* its key; "" for a preview */
};

/* A due digest, and what came of it. */
struct plan_job {
    const struct account *account;
    const struct channel *channel;
    struct due due;
    bool planned;
    struct plan_result result; /* if it was planned */
    struct error err;          /* else */
};

/*
 * Plans due digests as plan_digest does, each in one transaction with some
 * others.  Whatever channels have in common is done once (plan_memo.h), so that
 * the cost follows what they want, not how many they are.  One that fails does
 * not keep the others back.
 */
void plan_digests(struct store *store, struct plan_job *jobs, size_t count,
        int64_t now_ms);

/*
 * Plans the channel's due digest and records its outcome, all in one
 * transaction.  With nothing to post the outcome is OUTCOME_QUIET if a line says
 * so, else OUTCOME_SILENT; papers that only a risen signal brings back wait for
 * a day with news.
 * ERROR_REJECTED if the occasion has its outcome already.
 */
bool plan_digest(struct store *store, const struct account *account,
        const struct channel *channel, const struct due *due, int64_t now_ms,
        struct plan_result *result, struct error *err);

/* Records a due digest as missed. */
bool plan_missed(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err);

/* Records a due digest of a paused channel as silent, and what it would have been
 * of as covered: when the channel goes on, it begins with what is new. */
bool plan_paused(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err);

/*
 * What "paperboy post" does: the next free "post/DATE/N", its papers marked
 * posted, the day's digest not used up.
 */
bool plan_post(struct store *store, const struct account *account,
        const struct channel *channel, struct civil_date date, int64_t now_ms,
        struct plan_result *result, struct error *err);

/*
 * The document that plan_digest would post now, without changing anything (for
 * "paperboy digest" and "post --dry-run").  date set: the announcement of that
 * date instead of the uncovered ones, posted papers included.  What a signal
 * brings back is there on a day without news, too, as in a post.  A draft is not
 * looked at.  *document is NULL if there is nothing to say.
 */
bool plan_preview(struct store *store, const struct channel *channel,
        struct civil_date date, int64_t now_ms, struct arena *arena,
        struct document **document, struct plan_result *result,
        struct error *err);

#endif
