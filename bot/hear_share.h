/*
 * hear_share.h - an answer that one person sees is shown to all in its room.
 */
#ifndef BOT_HEAR_SHARE_H
#define BOT_HEAR_SHARE_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/event.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Stores the messages of the answer that the event names once more, for all, and
 * that it was heard, in one transaction.  An answer is shared once, however often
 * that is asked; what was for one person alone (a list of saved papers) never is,
 * and of an answer that is no longer kept nothing comes.  False and err if the
 * store failed.
 */
bool hear_share_take(struct store *store, const struct account *account,
        const struct channel *channel, const struct inbox_row *row,
        int64_t now_ms, struct error *err);

#endif
