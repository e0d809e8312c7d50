/*
 * dialects.h - the languages that products speak, one a file.
 *
 * Each renders a document into payloads that its product takes as they are:
 *   text    one payload, UTF-8, a line a block
 *   markdown  one payload, CommonMark
 *   html    one payload, a page of its own: no scripts, nothing from elsewhere
 *   matrix  the content of m.room.message events, JSON
 *   slack   bodies for an incoming webhook or chat.postMessage, JSON
 *   json    one object, for programs
 * A document without blocks, or with empty ones only, gives no payload (json: an
 * object without entries).
 */
#ifndef ADAPTERS_DIALECTS_DIALECTS_H
#define ADAPTERS_DIALECTS_DIALECTS_H

#include "bot/ports/dialect.h"

extern const struct dialect dialect_text, dialect_matrix, dialect_slack,
        dialect_json, dialect_markdown, dialect_html;

#endif
