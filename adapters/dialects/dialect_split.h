/*
 * dialect_split.h - a document as messages, cut only between its blocks.
 *
 * A dialect says what a block takes of a message's room; here it is decided
 * which blocks go together.  A paper's entry is a block, so it is never cut.  A
 * heading goes with what it heads.  A block that is alone over the room is
 * shortened in a copy, at graphemes and with "…": first its longest texts, its
 * title only if that is not enough, its link only if that alone is over the
 * room.  A list over the room is spread over messages between its items.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_SPLIT_H
#define ADAPTERS_DIALECTS_DIALECT_SPLIT_H

#include "bot/base/arena.h"
#include "bot/model/document.h"

#include <stddef.h>

/* What a message has, or a block takes, of whatever the product counts. */
struct dialect_split_room {
    size_t blocks; /* the product's blocks */
    size_t units;  /* bytes or characters, as the dialect measures */
};

/* A block that breaks a limit of the product's on its own (one text too long)
 * takes this many units. */
#define DIALECT_SPLIT_NEVER SIZE_MAX

/* Pure; memory from scratch is gone after the call. */
typedef struct dialect_split_room
dialect_split_measure_fn(const struct document *document,
        const struct document_node *block, struct arena *scratch);

struct dialect_split_message {
    const struct document_node **blocks; /* the document's, or copies */
    size_t count;                        /* never 0 */
};

struct dialect_split_list {
    struct dialect_split_message *items;
    size_t count;
};

/* All of the document's blocks, in their order, in as few messages as packing
 * from the front gives. */
struct dialect_split_list dialect_split(const struct document *document,
        struct dialect_split_room room, dialect_split_measure_fn *measure,
        struct arena *arena);

#endif
