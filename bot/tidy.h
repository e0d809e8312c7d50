/*
 * tidy.h - once a day what is too old is erased.
 *
 * Messages that were sent, history, drafts, places in lists, the ids of what was
 * heard, and channels that the bot was put out of long ago.
 */
#ifndef BOT_TIDY_H
#define BOT_TIDY_H

#include "bot/model/keep.h"
#include "bot/ports/store.h"

#include <stdint.h>

struct tidy {
    struct store *store; /* borrowed */
    struct keep keep;
    int64_t due_ms;
};

/* The first time is some minutes after now: a clock that was wrong when the
 * machine came up has been put right by then. */
struct tidy tidy_begin(struct store *store, const struct keep *keep,
        int64_t now_ms);

/* Nothing wakes for it: it is done when something else is. */
void tidy_step(struct tidy *tidy, int64_t now_ms);

#endif
