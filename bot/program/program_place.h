/*
 * program_place.h - how far a long import of a file came.
 *
 * The place is kept in the store with the papers up to it, in one transaction.
 * It holds for the file as it was: by its real path, size and time of change.
 */
#ifndef BOT_PROGRAM_PLACE_H
#define BOT_PROGRAM_PLACE_H

#include "bot/base/arena.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

struct program_place {
    const char *key;  /* in the store; NULL: nothing is kept of this file */
    const char *file; /* size and time of change */
    int64_t size;     /* bytes; 0: unknown */
    bool kept;        /* the store holds a place of the file */
};

/* Of a path; of what is no plain file, such as "-", nothing is kept. */
struct program_place program_place_of(const char *path, struct arena *arena);

/* The place kept of the file as it is now; zeroed if there is none. */
bool program_place_get(struct program_place *place, struct store *store,
        struct arena *arena, struct source_place *from, struct error *err);

/* Keeps a place; in the transaction that stores what lies before it. */
bool program_place_put(const struct program_place *place, struct store *store,
        struct source_place reached, struct error *err);

/* The file is done: there is nothing to go on with. */
bool program_place_forget(const struct program_place *place,
        struct store *store, struct error *err);

#endif
