/*
 * hear_reaction.h - what people stick on the bot's messages counts as votes.
 *
 * 👍 and 👎 on a message that shows one paper, 1️⃣ to 🔟 on a digest's for the paper
 * of that number, ⭐ saves.  Taken back, they count no more.  Nothing is
 * answered.
 */
#ifndef BOT_HEAR_REACTION_H
#define BOT_HEAR_REACTION_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/event.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

enum hear_reaction_kind {
    HEAR_REACTION_NONE, /* it means nothing to us */
    HEAR_REACTION_UP,
    HEAR_REACTION_DOWN,
    HEAR_REACTION_SAVE,
};

struct hear_reaction {
    enum hear_reaction_kind kind;
    unsigned
            number; /* the paper of that number, from 1; 0: the message's one */
};

/* What an emoji stands for, in any skin and with or without its variation
 * selector. */
struct hear_reaction hear_reaction_read(const char *emoji);

/* Counts it, and that it was heard, in one transaction.  False and err if the
 * store failed. */
bool hear_reaction_take(struct store *store, const struct channel *channel,
        const struct inbox_row *row, int64_t now_ms, struct error *err);

#endif
