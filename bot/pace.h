/*
 * pace.h - when the next message may leave for a room.
 *
 * A room's gap, its account's gap, and the wait that a server imposed on an
 * account.  The store remembers, so that a restart does not forget.
 *
 * A server that makes one wait has a bucket of messages that fills by and by.
 * Where it says when there will be one more, the time since the last one that it
 * took is how long that takes: for a while messages leave so far apart, each as
 * soon as it is let in, and few are refused.
 */
#ifndef BOT_PACE_H
#define BOT_PACE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stddef.h>
#include <stdint.h>

/* The longest wait that a server may impose on an account. */
#define PACE_PATIENCE_MS INT64_C(21600000)

struct pace_account {
    int64_t sent_ms;  /* the last message left; 0: none is known of */
    int64_t taken_ms; /* the server last said that it took one; 0 as before */
    int64_t hold_ms;  /* nothing before; 0: no hold */
    int64_t gap_ms;   /* learnt at that hold; 0: nothing was */
    int64_t streak;   /* messages taken since */
    int64_t asked_for_ms; /* the last turn given out since the step began */
    int64_t given_ms; /* by what was learnt: the next turn, somebody has it */
    int64_t tail_ms;  /* and when the last of those behind looks again */
};

struct pace {
    struct pace_account *accounts; /* one for each of the bot's */
    int64_t *rooms;                /* when a channel was sent to last */
    size_t account_count;
};

/* Everything lives in the arena. */
bool pace_open(struct pace *pace, struct store *store,
        struct account *const *accounts, size_t account_count,
        struct arena *arena, struct error *err);

/* There are other channels now: the i-th was from[i]-th of those before, or is
 * new with before or more. */
void pace_serve(struct pace *pace, const size_t *from, size_t before,
        size_t channel_count, struct arena *arena);

/* The clock was put back by so much: holds end as much earlier. */
void pace_put_back(struct pace *pace, int64_t by_ms);

/* A step begins: turns are given out anew. */
void pace_begin(struct pace *pace);

/*
 * When the account may send to the channel: now_ms, or later; each later turn
 * is given out once, so that a crowd does not come back all together.  For an
 * answer it is the very next one, which somebody else may have had: the store
 * gives out answers first.
 */
int64_t pace_turn_ms(struct pace *pace, const struct account *account,
        size_t account_index, size_t channel_index, bool answer,
        int64_t now_ms);

/* A message leaves. */
void pace_sent(struct pace *pace, size_t account_index, size_t channel_index,
        int64_t now_ms);

/* Keeps that messages left now, in the transaction that says so of their rows: one
 * instant for all accounts, so that thousands cost no more than one.  After a
 * restart each is taken to have sent then, which costs it a gap at most. */
bool pace_keep_sent(struct store *store, int64_t now_ms, struct error *err);
/* Whether the account has a gap that a restart must not forget. */
bool pace_has_gap(const struct account *account);

/* The server says that it took the message that left then. */
void pace_taken(struct pace *pace, size_t account_index, int64_t left_ms);

/* The server says now that it did not, and wants none before wait_ms have
 * passed: until when the account is held is to be kept, 0 if it was held as long
 * already. */
int64_t pace_hold(struct pace *pace, size_t account_index, int64_t left_ms,
        int64_t now_ms, int64_t wait_ms);
/* Keeps it, in the transaction that says what became of the message. */
bool pace_keep_hold(const struct account *account, struct store *store,
        int64_t hold_ms, struct error *err);

#endif
