/*
 * draft_show.h - a draft as its curators see it, sent to them or asked for.
 */
#ifndef BOT_DRAFT_SHOW_H
#define BOT_DRAFT_SHOW_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/model/draft.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdint.h>

struct draft_show {
    struct store *store;
    const struct channel *channel;
    const struct draft *draft;
    int64_t due_ms;       /* of its digest, as it is in force */
    bool renewed;         /* it takes the place of another */
    const char *form;     /* what commands begin with; NULL: "/paper" */
    const char *language; /* NULL: the channel's first */
    struct arena *arena;
};

/* A document of its own: when it is due, the papers under their numbers, those
 * in reserve, and how to change it.  All in the arena. */
bool draft_show_document(const struct draft_show *show,
        struct document **document, struct error *err);

/* Adds the same to a document. */
bool draft_show_add(const struct draft_show *show, struct document *document,
        struct error *err);

#endif
