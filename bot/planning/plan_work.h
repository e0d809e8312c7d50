/*
 * plan_work.h - one planning, inside its transaction: for the files of plan.h
 * alone.
 */
#ifndef BOT_PLAN_WORK_H
#define BOT_PLAN_WORK_H

#include "bot/digest.h"
#include "bot/planning/plan.h"
#include "bot/planning/plan_candidates.h"
#include "bot/planning/plan_choice.h"
#include "bot/planning/plan_items.h"
#include "bot/planning/plan_memo.h"
#include "bot/planning/plan_pictures.h"
#include "bot/planning/plan_rows.h"

struct plan_work {
    const struct account *account;
    const struct channel *channel;
    const struct due *due;  /* of a digest; NULL: a post */
    struct civil_date date; /* of a post; unset: today, all that is uncovered */
    int64_t now_ms;
    struct plan_memo *memo;
    struct arena *arena;       /* of this run of the step */
    const char *key;           /* the occasion's */
    const struct draft *draft; /* that it is made from; NULL: from candidates */
    struct plan_candidates candidates;
    const struct plan_choice *choice; /* that it is, unchanged; NULL: no */
    bool week; /* they are the week's, for want of an announcement */
    struct plan_items items;
    struct plan_picture_list pictures;
    struct digest_foot foot;
    struct plan_result result;
};

/* Chooses of its candidates, in its arena. */
void plan_work_choose(struct plan_work *planning);

/* What the digest says. */
struct digest_input plan_work_said(const struct plan_work *planning,
        struct civil_date date);

/* How its messages become rows. */
struct plan_rows plan_work_rows(const struct plan_work *planning);

/* Rows, posted pairs and edition of what there is to say, if anything is. */
bool plan_work_write(struct store *store, struct plan_work *planning,
        struct civil_date date, struct error *err);

/* Its candidates' announcements are covered. */
bool plan_work_cover(struct store *store, const struct plan_work *planning,
        struct error *err);

/* Its occasion has its outcome. */
bool plan_work_record(struct store *store, const struct plan_work *planning,
        struct error *err);

/* Runs a planning's body with an arena of its own, and a memo if it was given
 * none, as it may run again. */
typedef bool plan_work_fn(struct store *store, struct plan_work *planning,
        struct error *err);
bool plan_work_run(struct store *store, struct plan_work *planning,
        plan_work_fn *body, struct error *err);

#endif
