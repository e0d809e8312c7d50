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

/* An outbox row that an account has answered for; all borrowed. */
struct send_landing {
    struct store *store;
    struct pace *pace;
    const struct random_source *chance;
    const struct account *account;
    size_t account_index; /* in the pace */
    const struct channel *channel;
    bool *broken;                 /* the channel is marked so in the store */
    const struct outbox_row *row; /* attempts: those before this one */
    int64_t begun_ms;
    const char *receipt;
    bool maybe_taken, room_waits;
    const struct error *failure; /* ERROR_NONE: it was taken */
};

/* False and err if the store failed: to be called again.  ERROR_REJECTED means
 * that another sender has dealt with the row. */
bool send_settle(const struct send_landing *landing, int64_t now_ms,
        struct error *err);

/* The row would show a picture that was never uploaded: it is given up, and
 * nobody is troubled with it. */
bool send_settle_unshown(struct store *store, const struct outbox_row *row,
        int64_t now_ms, struct error *err);

#endif
