/*
 * matrix_content.h - an outbox row as the content of an event.
 *
 * The row's payload is a message as it would be sent by itself; here it gets its
 * place: in a thread, as an answer, or instead of what was said before.  For
 * adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_CONTENT_H
#define ADAPTERS_CHANNELS_MATRIX_CONTENT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/outbox.h"

#include <stdbool.h>
#include <stddef.h>

/* A member of each content: the row's delivery key, by which the event is found
 * again when the homeserver no longer knows its transaction id. */
#define MATRIX_CONTENT_KEY "org.paperboy.key"

enum {
    /* An event is at most 65536 bytes of canonical JSON (client-server API,
     * "Size limits"); the rest is for what servers add: ids of 255 bytes,
     * references to up to 30 other events, hashes, signatures. */
    MATRIX_CONTENT_MAX_BYTES = 60000,
};

/* Which events it belongs to; "" where to none. */
struct matrix_content_place {
    const char *thread;  /* its root */
    const char *before;  /* what it answers, or the thread's last event */
    const char *replace; /* whose text it changes */
};

/*
 * Where a row's message belongs, as the row says it: the answer's words are
 * "EVENT", or "ROOT EVENT" in a thread.  Strings are in the arena or the row's.
 */
struct matrix_content_place
matrix_content_place_of(const struct outbox_row *row, struct arena *arena);

/*
 * The content, in the arena.  ERROR_REJECTED if the payload is no JSON object,
 * it would be too large, an edit has nothing that it changes, or a picture to be
 * shown was not uploaded.
 */
bool matrix_content_make(const struct outbox_row *row,
        const struct matrix_content_place *place, struct arena *arena,
        struct payload *content, struct error *err);

#endif
