/*
 * plan_edits.h - what was posted is said again where a paper of it changed.
 *
 * The whole edition is laid out from the store with its papers marked; what
 * differs from it without the marks is planned as edits "edit/ROW/N" of the
 * messages as they were sent.  Nothing new is posted.
 */
#ifndef BOT_PLAN_EDITS_H
#define BOT_PLAN_EDITS_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdint.h>

/*
 * Plans the edits of a channel's pending editions in one transaction; *planned
 * is how many rows.  The account can edit.  An edition that is still being sent
 * or edited stays pending; one that is older than three months, or that would
 * take another number of messages today, is left as it is.
 */
bool plan_edits(struct store *store, const struct account *account,
        const struct channel *channel, int64_t now_ms, unsigned *planned,
        struct error *err);

#endif
