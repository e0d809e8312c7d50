/*
 * matrix_room.h - what is known of the rooms, as the core names them.
 *
 * A room that the configuration names by an alias is told of by that alias: so
 * a channel is the same whichever room stands behind its name.  Rooms of two
 * are remembered.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_ROOM_H
#define ADAPTERS_CHANNELS_MATRIX_ROOM_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct matrix;
struct matrix_power;

struct matrix_room {
    struct matrix_room *next;
    struct matrix *matrix;
    const char *id;
    bool asked_direct; /* the memory was */
    bool direct;       /* only one person and the bot are there */
    bool encrypted;
    bool asked_encrypted;       /* the homeserver was, and it was not then */
    bool telling;               /* that it is, see matrix_encryption.h */
    struct matrix_power *power; /* see matrix_power.h; NULL: not known */
    unsigned power_changes;     /* that were heard of */
};

/* A configured alias and the room behind it. */
struct matrix_served {
    struct matrix_served *next;
    const char *alias;
    char *room_id; /* NULL until it is known; allocated */
};

struct matrix_rooms {
    struct arena arena;
    struct matrix_room *first;
    struct matrix_served *served;
};

void matrix_room_close_all(struct matrix *matrix);

/* The room with that id, which is known from now on. */
struct matrix_room *matrix_room_get(struct matrix *matrix, const char *id);

/* What is remembered of a room or person: in the account's memory, under
 * "WHAT/OF".  What cannot be kept is known for this run only. */
void matrix_room_keep(struct matrix *matrix, const char *what, const char *of,
        const char *value);
/* "" if nothing was kept; in the arena. */
const char *matrix_room_kept(struct matrix *matrix, const char *what,
        const char *of, struct arena *arena);

/* --- names --- */

/* The configuration names a room; nothing happens unless it is an alias. */
void matrix_room_serve(struct matrix *matrix, const char *name);
/* An alias leads to this room; kept if it is a configured one. */
void matrix_room_learn(struct matrix *matrix, const char *alias,
        const char *room_id);
/* The room behind an alias when it was last heard of; NULL if it never was. */
const char *matrix_room_behind(struct matrix *matrix, const char *alias);
/* What the core calls a room: a configured alias, or its id. */
const char *matrix_room_name(const struct matrix *matrix, const char *room_id);

/* A room goes on in another one. */
void matrix_room_replaced(struct matrix *matrix, const char *room_id,
        const char *by);
/* Where a room goes on now: where no alias was moved it still leads to the
 * old one.  The same if it was not replaced; in the arena. */
const char *matrix_room_newest(struct matrix *matrix, const char *room_id,
        struct arena *arena);

/* --- rooms of two --- */

bool matrix_room_is_direct(struct matrix *matrix, const char *room_id);
/* user: with whom; "": it is no such room any more. */
void matrix_room_mark_direct(struct matrix *matrix, const char *room_id,
        const char *user);

#endif
