/*
 * plan_rows.h - a document becomes the outbox rows of an occasion.
 */
#ifndef BOT_PLAN_ROWS_H
#define BOT_PLAN_ROWS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdint.h>

struct plan_rows {
    const struct account *account;
    const struct channel *channel;
    const char *key; /* the occasion's */
    int64_t now_ms;  /* they are due at once and expire after 48 h */
    int64_t edited;  /* the row whose message is changed; 0: new messages */
};

/*
 * Has the account render the document and adds a row for each payload, within
 * the caller's transaction.  *parts is how many there are, at least one.
 */
bool plan_rows_add(struct store *store, const struct plan_rows *rows,
        const struct document *document, struct arena *arena, unsigned *parts,
        struct error *err);

/* Adds one rendered message as a row. */
bool plan_rows_add_payload(struct store *store, const struct plan_rows *rows,
        const struct payload *payload, unsigned part, struct arena *arena,
        struct error *err);

#endif
