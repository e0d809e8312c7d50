/*
 * plan_rows.h - a document becomes the outbox rows of an occasion.
 */
#ifndef BOT_PLAN_ROWS_H
#define BOT_PLAN_ROWS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/planning/plan_layout.h"
#include "bot/planning/plan_pictures.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdint.h>

struct plan_rows {
    const struct account *account;
    const struct channel *channel;
    const char *key; /* the occasion's */
    int64_t now_ms;  /* they are due at once */
    int64_t life_ms; /* and expire after that; 0: after 48 h */
    bool threads;    /* it is a digest: the channel's layout holds */
    int64_t edited;  /* the row whose message is changed; 0: new messages */
    const struct plan_picture_list *pictures; /* to be shown; NULL for none */
    /* Of an answer, as in struct outbox_row; NULL for "". */
    const char *reply, *person;
};

/*
 * Has the account render the document and adds a row for each message, within
 * the caller's transaction; and for each picture two, its upload and the message
 * that shows it.  In a thread a picture follows its paper; otherwise it follows
 * the whole digest: in the room if it is that of the first paper alone, below the
 * digest if it is one of many, so that they do not push it out of sight.
 * *parts is how many rows there are, at least one.
 */
bool plan_rows_add(struct store *store, const struct plan_rows *rows,
        const struct document *document, struct arena *arena, unsigned *parts,
        struct error *err);

/* The same of messages that the account has rendered. */
bool plan_rows_add_messages(struct store *store, const struct plan_rows *rows,
        const struct plan_message_list *messages, struct arena *arena,
        unsigned *parts, struct error *err);

/* Adds one rendered message as a row; root is the row that its thread hangs on,
 * 0 for none.  *id is the row's. */
bool plan_rows_add_message(struct store *store, const struct plan_rows *rows,
        const struct plan_message *message, unsigned part, int64_t root,
        struct arena *arena, int64_t *id, struct error *err);

#endif
