/*
 * plan_document.h - papers in their order become a channel's document.
 */
#ifndef BOT_PLAN_DOCUMENT_H
#define BOT_PLAN_DOCUMENT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/digest.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"

/* Fills in the channel's part of the input (notes, categories, languages, style,
 * credit) and lays it out.  All lives in the arena or in the input. */
bool plan_document(struct store *store, const struct channel *channel,
        struct digest_input input, struct arena *arena,
        struct document **document, struct error *err);

#endif
