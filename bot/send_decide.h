/*
 * send_decide.h - what is to be done with a claimed row now.
 */
#ifndef BOT_SEND_DECIDE_H
#define BOT_SEND_DECIDE_H

#include "bot/base/error.h"
#include "bot/base/log.h"
#include "bot/model/channel.h"
#include "bot/model/outbox.h"
#include "bot/pace.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/send_place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum send_deed {
    SEND_BEGIN,
    SEND_PUT_OFF, /* the lease is given back */
    SEND_END,     /* it will not be sent */
};

struct send_decision {
    const struct outbox_row *row;
    enum send_deed deed;
    struct send_place *place; /* SEND_BEGIN: where it goes */
    int64_t until_ms;         /* SEND_PUT_OFF */
    enum outbox_state state;  /* SEND_END */
    const char *complaint;    /* both of these */
    const char *sentence;     /* to be logged when it is done; NULL: nothing */
    enum log_level level;
    bool refused; /* another sender has dealt with the row */
};

/* What decisions are made by; borrowed. */
struct send_view {
    const struct channel_list *channels;
    struct account *const *accounts;
    size_t account_count;
    const struct send_places *places;
    struct pace *pace;
};

/*
 * Decides about a row; with SEND_BEGIN its place is busy from now on, and the
 * pace knows that a message left.  Nothing in the store changes.
 */
struct send_decision send_decide(const struct send_view *view,
        const struct outbox_row *row, int64_t now_ms);

/* Back it goes, as it was: somebody else may have it. */
struct send_decision send_decide_return(const struct outbox_row *row);

/* Does it, in the caller's transaction.  What another sender was quicker at is
 * refused, and no failure. */
bool send_decide_keep(struct send_decision *decision, struct store *store,
        int64_t now_ms, struct error *err);

/* Logs what is to be logged of it. */
void send_decide_tell(const struct send_decision *decision,
        const struct send_view *view);

#endif
