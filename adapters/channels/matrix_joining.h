/*
 * matrix_joining.h - the queue of rooms to be joined, as it is remembered.
 *
 * For adapters/channels/matrix_join*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_JOINING_H
#define ADAPTERS_CHANNELS_MATRIX_JOINING_H

#include "adapters/channels/matrix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MATRIX_JOINING_MAX = 500, /* what comes beyond that is passed over */
};

enum matrix_joining_kind {
    JOIN_INVITED,
    JOIN_REPLACED, /* in place of the room "from" */
    JOIN_DECLINED, /* not to be joined at all */
};

struct matrix_joining {
    struct matrix_joining *next;
    enum matrix_joining_kind kind;
    bool direct; /* the invitation said so */
    bool in;     /* the homeserver let us in */
    bool told;   /* the core knows */
    /* Of a room that replaced another: it is closed to us until somebody asks
     * us in, which may have happened while we tried. */
    bool barred, invited;
    bool seen; /* it does as soon as the batch is handed on */
    int64_t since_ms;
    unsigned tries;
    char room[MATRIX_ID_MAX_BYTES + 1];
    char by[MATRIX_ID_MAX_BYTES + 1]; /* who invited, or replaced the room */
    char from[MATRIX_ID_MAX_BYTES + 1];
    char event[MATRIX_ID_MAX_BYTES + 1]; /* the tombstone */
    char name[MATRIX_ID_MAX_BYTES + 1]; /* what people call it; "" if nothing */
};

/* The one of that room; NULL if there is none. */
struct matrix_joining *matrix_joining_find(const struct matrix *matrix,
        const char *room);
bool matrix_joining_is_full(const struct matrix *matrix);

/* Puts a copy at the end. */
void matrix_joining_add(struct matrix *matrix,
        const struct matrix_joining *joining);
/* Takes it out and frees it. */
void matrix_joining_drop(struct matrix *matrix, struct matrix_joining *joining);

/* A copy of an identifier into a place of one; what is too long is cut. */
void matrix_joining_set_id(char *place, const char *id);

/* The account's memory has what the queue has now. */
void matrix_joining_keep(struct matrix *matrix);
/* Adds what the memory has; false and err if that failed. */
bool matrix_joining_recall(struct matrix *matrix, struct error *err);

#endif
