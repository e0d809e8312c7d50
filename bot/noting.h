/*
 * noting.h - a note is kept, and those who were shown its paper hear of it.
 *
 * The one way in for notes, whoever wrote them: what was posted before a note
 * came, or changed, is pending again and may be edited (see plan_edits.h).
 */
#ifndef BOT_NOTING_H
#define BOT_NOTING_H

#include "bot/base/error.h"
#include "bot/model/note.h"
#include "bot/ports/store.h"

#include <stdint.h>

/* Keeps a note of a known paper in place of the one in that language, within the
 * caller's transaction, if there is one.  A note that says the same is no news. */
bool noting_keep(struct store *store, const struct note *note, int64_t now_ms,
        struct error *err);

#endif
