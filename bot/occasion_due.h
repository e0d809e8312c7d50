/*
 * occasion_due.h - which digest of a channel is the next.
 */
#ifndef BOT_OCCASION_DUE_H
#define BOT_OCCASION_DUE_H

#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

#include <stdbool.h>
#include <stdint.h>

struct occasion_due {
    bool waits; /* due is the next one; else there is none */
    struct due due;
};

/*
 * The first occasion without an outcome: after the last one that has, or after
 * the channel was set up; and none whose hour had passed when it was set, or by
 * after_ms.  zone is the schedule's, opened.
 */
bool occasion_due_find(struct store *store, const struct channel *channel,
        const struct civil_zone *zone, int64_t after_ms, int64_t now_ms,
        struct occasion_due *found, struct error *err);

#endif
