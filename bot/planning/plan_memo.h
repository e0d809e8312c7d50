/*
 * plan_memo.h - what plannings have in common, made once for all of them.
 *
 * However many channels there are, an announcement is read once, a paper is read
 * once, and channels that want the same choose once and are told it in one text.
 * A memo is of one state of the store: what came since is seen after
 * plan_memo_renew.  Of a channel alone (its votes, what was posted there) it
 * holds nothing.
 */
#ifndef BOT_PLAN_MEMO_H
#define BOT_PLAN_MEMO_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/base/string_map.h"
#include "bot/model/batch.h"
#include "bot/ports/store.h"
#include "bot/selection.h"
#include "bot/taste_words.h"

#include <stdbool.h>
#include <stdint.h>

struct plan_memo {
    struct arena *arena; /* of all that is kept */
    bool begun;
    int64_t arrival; /* the newest there is, in the state looked at */
    struct string_map papers, announced, batches;
    struct string_map choices;  /* plan_choice.c's */
    struct string_map messages; /* plan.c's */
};

/* A paper, and what is read of it when it is first wanted. */
struct plan_memo_paper {
    const struct paper *paper; /* NULL: the store has none */
    struct signal_list signals;
    struct selection_reading *reading;
    struct taste_paper_words *words;
};

/* An empty one; the arena is borrowed, and is the memo's alone if it is to be
 * renewed. */
void plan_memo_init(struct plan_memo *memo, struct arena *arena);

/* Forgets everything if the store has got papers or signals since: called at the
 * beginning of each transaction of a round. */
bool plan_memo_renew(struct store *store, struct plan_memo *memo,
        struct error *err);

/* As the store has them (store.h); all live as long as the memo. */
bool plan_memo_arrival(struct store *store, struct plan_memo *memo,
        int64_t *arrival, struct error *err);
bool plan_memo_batch_papers(struct store *store, struct plan_memo *memo,
        const struct batch *batch, struct batch_paper_list *papers,
        struct error *err);
bool plan_memo_paper(struct store *store, struct plan_memo *memo,
        const char *id, struct plan_memo_paper **paper, struct error *err);

/* The newest announced batches of a category, at most most of the newest
 * looked_at, newest first. */
bool plan_memo_announced(struct store *store, struct plan_memo *memo,
        const char *category, size_t looked_at, size_t most,
        struct batch_list *announced, struct error *err);

/* What is read of a known paper. */
const struct selection_reading *plan_memo_reading(struct plan_memo *memo,
        struct plan_memo_paper *paper);
const struct taste_paper_words *plan_memo_words(struct plan_memo *memo,
        struct plan_memo_paper *paper);

#endif
