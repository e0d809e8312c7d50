/*
 * plan_edits.h - what was posted is said again where a paper of it changed.
 *
 * The whole edition is laid out from the store with its papers marked; what
 * differs from it without the marks, or of a paper with a new note or
 * affiliations from what was sent, is planned as edits "edit/ROW/N" of the messages.  Nothing new is
 * posted.
 */
#ifndef BOT_PLAN_EDITS_H
#define BOT_PLAN_EDITS_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdint.h>

/* How long after a note it is waited for the next one. */
static const int64_t plan_edits_settle_ms = INT64_C(2) * 60 * 1000;

/*
 * Plans the edits of a channel's pending editions in one transaction; *planned
 * is how many rows.  An edition that is still being sent or edited stays
 * pending, and so does one whose newest note came less than settle_ms ago and
 * that not all papers have one of; of notes only those count that are in the
 * channel's languages.  One that is older than three months, or that would take
 * another number of messages today, is left as it is.  Where the account cannot
 * edit only what is too old is settled.
 */
bool plan_edits(struct store *store, const struct account *account,
        const struct channel *channel, int64_t settle_ms, int64_t now_ms,
        unsigned *planned, struct error *err);

#endif
