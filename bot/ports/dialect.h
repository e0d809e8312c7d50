/*
 * dialect.h - a document as the text of one product.
 *
 * Pure.  A dialect cuts within the given limit only between blocks, and never
 * inside an entry that fits; an entry that alone is over the limit is shortened
 * at a grapheme with "…", its link kept.  Everything is escaped here and
 * nowhere else.
 */
#ifndef BOT_PORTS_DIALECT_H
#define BOT_PORTS_DIALECT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/document.h"
#include "bot/model/outbox.h"

struct dialect {
    const char *name; /* as in --format: "text" */
    bool (*render)(const struct document *document, struct arena *arena,
            struct payload_list *payloads, struct error *err);
};

#endif
