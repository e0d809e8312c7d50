/*
 * turn.h - whose turn it is to ask a source, over all processes.
 *
 * arXiv's terms of use count requests over everything that asks: the daemon,
 * "paperboy ask" beside it, a fetch by hand.  So the store keeps when a source
 * was asked last, until when it wants to be left alone, and that a request is
 * under way; who wants to ask claims the turn in one transaction.  A person who
 * waits goes before the jobs that nobody waits for.
 */
#ifndef BOT_TURN_H
#define BOT_TURN_H

#include "bot/base/error.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

/* The longest wait that a source may impose on us. */
#define TURN_PATIENCE_MS INT64_C(21600000)
/* A request that was begun and not heard of for so long has died with its
 * process: longer than any adapter's deadline.  See also turn_bury. */
#define TURN_LEASE_MS INT64_C(90000)

enum turn_for {
    TURN_FOR_JOB,
    TURN_FOR_PERSON, /* somebody waits for the answer */
};

/* What one who asks knows of his turn; {0} at the start. */
struct turn {
    bool claimed;    /* ask now */
    bool held;       /* claimed, and its end is not in the store yet */
    int64_t free_ms; /* if not claimed: when to try again */
};

/* The instant before which a source may not be asked, whoever asks; 0 if it
 * never was. */
bool turn_free_ms(struct store *store, const struct source_ops *ops,
        int64_t *free_ms, struct error *err);

/*
 * To be called once before the first turn of a process: if the store is locked,
 * and whoever has the turn had it locked, too, he is dead and the turn is free.
 */
bool turn_bury(struct store *store, const struct source_ops *ops,
        struct error *err);

/* Claims the turn; whoever has it ends it with turn_keep and, once that is
 * stored, held = false, or with turn_release. */
bool turn_claim(struct store *store, const struct source_ops *ops,
        enum turn_for whom, int64_t now_ms, struct turn *turn,
        struct error *err);

/* When the request left (0: it never did) and the wait that the server asked for
 * (0: none), to be called in the transaction that stores what came of it. */
bool turn_keep(struct store *store, const struct source_ops *ops,
        int64_t asked_ms, int64_t wait_ms, int64_t now_ms, struct error *err);

/* The request was called off, or what came of it could not be stored.  A turn that
 * is not held is left alone; one that cannot be released stays held: try again. */
void turn_release(struct store *store, const struct source_ops *ops,
        struct turn *turn);

/* The clock was put back by so much: a server's wait ends as much earlier. */
void turn_put_back(struct store *store, const struct source_ops *ops,
        int64_t by_ms);

#endif
