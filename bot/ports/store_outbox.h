/*
 * store_outbox.h - the part of a store that holds what is to be sent, and was.
 *
 * Included by store.h, whose promises hold.
 */
#ifndef BOT_PORTS_STORE_OUTBOX_H
#define BOT_PORTS_STORE_OUTBOX_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/outbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* --- outbox --- */

/* Adds a row (id, state, attempts, receipt and complaint of the given struct
 * are ignored; it is due at next_try_ms).  ERROR_REJECTED if (channel,
 * occasion, part) exists. */
bool store_outbox_add(struct store *store, const struct outbox_row *row,
        int64_t *id, struct error *err);
/*
 * Rows that are due at now_ms and unleased or with their lease expired, and of
 * each (channel, occasion) only the first part that is still OUTBOX_DUE (a
 * parked or expired part does not hold back those behind it: one refused
 * message must not cost the others); leased to owner until lease_until_ms.
 * Answers first (reply is set: somebody waits for them), then in order of
 * next_try_ms, then id.
 */
bool store_outbox_claim(struct store *store, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err);
/* Frees the leases of an owner, or all of them with NULL: nobody is sending
 * those rows any more.  The rows themselves, attempted or not, stay as they
 * are. */
bool store_outbox_release(struct store *store, const char *owner,
        struct error *err);
/*
 * The next four: a row that was sent stays sent.  Where another sender has dealt
 * with the row meanwhile, attempt and retry of a row that is not due, and end of
 * one that was sent, are ERROR_REJECTED and change nothing; settling twice is
 * fine, the first receipt stands.
 */
/* Marks that sending begins: attempts + 1, attempted, at now_ms. */
bool store_outbox_attempt(struct store *store, int64_t id, int64_t now_ms,
        struct error *err);
/* Sent.  Frees the lease.  The payload of an OUTBOX_UPLOAD is let go: nobody
 * needs it again. */
bool store_outbox_settle(struct store *store, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err);
/* Not sent now: due again at next_try_ms.  attempted stays true where the
 * product may have taken it (a time-out), and so does when it was.  Frees the lease. */
bool store_outbox_retry(struct store *store, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err);
/* OUTBOX_PARKED or OUTBOX_EXPIRED; or OUTBOX_DUE, to put a parked row back
 * (due at now_ms, attempts from 0, not attempted).  Frees the lease.  The payload
 * of an expired OUTBOX_UPLOAD is let go. */
bool store_outbox_end(struct store *store, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err);
/* No row waits, for its time or for a lease, beyond that instant: the clock that
 * said so was ahead. */
bool store_outbox_hasten(struct store *store, int64_t latest_ms,
        struct error *err);
/* When the next row can be claimed (leases count), INT64_MAX if none waits. */
bool store_outbox_next_ms(struct store *store, int64_t *next_ms,
        struct error *err);
/* Rows of a channel (0: all), of an occasion ("": all), by id. */
bool store_outbox_list(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err);

/* The message of an account that a product knows by this id: what people react
 * to.  *row is NULL if there is none, or receipt is "". */
bool store_outbox_find(struct store *store, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **row,
        struct error *err);
/* Rows of a channel (0: all) that wait or are parked, by id. */
bool store_outbox_unsent(struct store *store, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err);

#endif
