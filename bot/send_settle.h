/*
 * send_settle.h - what became of a message, into the store.
 *
 * Taken, to be tried again, parked, or the channel is closed to us.  A picture is
 * worth less than the messages that wait behind it: what is refused of one is
 * given up, and an upload is not tried for long.
 */
#ifndef BOT_SEND_SETTLE_H
#define BOT_SEND_SETTLE_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/outbox.h"
#include "bot/pace.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum send_fate {
    SEND_TAKEN,
    SEND_AGAIN, /* it will be tried again */
    SEND_PARKED,
    SEND_LEFT_OUT, /* a picture that the digest goes on without */
    SEND_CLOSED,   /* the channel is closed to us */
};

/* An outbox row that an account has answered for; pointers are borrowed. */
struct send_landing {
    const struct account *account;
    size_t account_index; /* in the pace */
    const struct channel *channel;
    const struct outbox_row *row; /* attempts: those before this one */
    int64_t begun_ms;
    const char *receipt;
    bool maybe_taken, room_waits;
    struct error failure; /* ERROR_NONE: it was taken */
    /* By send_settle_judge: */
    enum send_fate fate;
    int64_t wait_ms, next_try_ms; /* SEND_AGAIN */
    int64_t hold_ms;              /* the account's, to be kept; 0: none */
    bool refused;                 /* another sender has dealt with the row */
};

/* What is to become of the row, once: the wait is drawn, and the pace learns of
 * it.  Nothing in the store changes. */
void send_settle_judge(struct send_landing *landing, struct pace *pace,
        const struct random_source *chance, int64_t now_ms);

/* Keeps it, in the caller's transaction; broken: the store has the channel marked
 * so.  What another sender was quicker at is refused, and no failure. */
bool send_settle_keep(struct send_landing *landing, struct store *store,
        bool broken, int64_t now_ms, struct error *err);

/* It is kept: logs it, and whether the channel is broken now. */
void send_settle_tell(const struct send_landing *landing, bool *broken);

#endif
