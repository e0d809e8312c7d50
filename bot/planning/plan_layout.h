/*
 * plan_layout.h - a document as the messages of an occasion.
 *
 * Usually it is one message, or as many as the product's limits ask for.  A
 * digest can also be a head, with everything but the papers' texts, and a
 * message a paper in the thread below it (layout = thread).
 */
#ifndef BOT_PLAN_LAYOUT_H
#define BOT_PLAN_LAYOUT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/model/outbox.h"
#include "bot/ports/account.h"

#include <stdbool.h>
#include <stddef.h>

struct plan_message {
    struct payload payload;
    const char *paper_id; /* the one paper in it; "" for none or several */
    bool in_thread;       /* of the first message */
};

struct plan_message_list {
    struct plan_message *items; /* never none */
    size_t count;
};

/*
 * Has the account render the document, in the channel's layout if it is a digest
 * (threads) and its product has threads.  ERROR_INPUT if it will not be
 * rendered.  All in the arena.
 */
bool plan_layout_render(const struct account *account,
        const struct channel *channel, const struct document *document,
        bool threads, struct arena *arena, struct plan_message_list *messages,
        struct error *err);

#endif
