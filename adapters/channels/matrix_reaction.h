/*
 * matrix_reaction.h - which reaction stood on what, to know what was taken back.
 *
 * A redaction names the event that is gone, and the homeserver does not say any
 * more what that was.  So the last thousand reactions of all rooms are
 * remembered, in the account's memory as well; who reacted only while the
 * program runs.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_REACTION_H
#define ADAPTERS_CHANNELS_MATRIX_REACTION_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stddef.h>

struct matrix;

enum {
    MATRIX_REACTIONS_MAX = 1024,
    MATRIX_REACTION_KEY_MAX_BYTES = 64,
};

struct matrix_reaction {
    const char *id, *target, *key;
    const char *person; /* "": not known any more */
};

struct matrix_reactions {
    bool recalled;
    uint64_t next;                     /* the number of the next one */
    char *lines[MATRIX_REACTIONS_MAX]; /* allocated; NULL: empty */
};

/* Reads what the memory has, once; false and err if that failed. */
bool matrix_reaction_recall(struct matrix *matrix, struct error *err);
void matrix_reaction_close(struct matrix *matrix);

/* Remembers a reaction, unless it is remembered. */
void matrix_reaction_add(struct matrix *matrix,
        const struct matrix_reaction *reaction);
/* False if it is not remembered; strings go into the arena. */
bool matrix_reaction_find(const struct matrix *matrix, const char *id,
        struct arena *arena, struct matrix_reaction *reaction);

#endif
