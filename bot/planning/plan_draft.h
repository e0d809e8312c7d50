/*
 * plan_draft.h - a digest before its hour goes to its curators.
 *
 * The draft is the digest as it would be posted now, and the next best papers
 * beside it.  What nobody touched is made anew when more is announced; what
 * somebody changed stays theirs, and what is announced after it waits for the
 * next digest.  A day without news has no draft.
 */
#ifndef BOT_PLAN_DRAFT_H
#define BOT_PLAN_DRAFT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/draft.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PLAN_DRAFT_RESERVES = 10, /* papers that are not in, to be picked */
};

struct plan_draft_result {
    bool made;       /* a first one, or one in the place of another */
    unsigned papers; /* in it */
    unsigned readers;
};

/* Who gets a channel's drafts: its curators, or if it has none its admins.  Who
 * else may change them finds them by a command. */
const struct string_list *plan_draft_readers(const struct channel *channel);

/*
 * Makes the draft of a due digest and sends it to each reader alone, in one
 * transaction, if there is news that none shows yet.
 */
bool plan_draft(struct store *store, const struct account *account,
        const struct channel *channel, const struct due *due, int64_t now_ms,
        struct plan_draft_result *result, struct error *err);

/* Whether somebody changed the draft of an occasion. */
bool plan_draft_is_touched(struct store *store, const struct channel *channel,
        const char *occasion, bool *touched, struct error *err);

/* The draft that an occasion's digest is planned from; NULL if there is none, or
 * nobody touched it and more was announced since. */
bool plan_draft_for_digest(struct store *store, const struct channel *channel,
        const char *occasion, struct arena *arena, const struct draft **draft,
        struct error *err);

/* The digest is planned: of its draft only what was chosen is kept. */
bool plan_draft_end(struct store *store, const struct channel *channel,
        const char *occasion, struct arena *arena, struct error *err);

/* A curator's words on a paper; "" if there are none, or draft is NULL. */
const char *plan_draft_text(const struct draft *draft, const char *paper_id);

#endif
