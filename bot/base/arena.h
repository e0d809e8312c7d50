/*
 * arena.h - memory of one job, freed whole.
 *
 * Everything fetched, parsed, written and rendered for one digest or one
 * command lives in an arena and goes with it; nothing in it is freed alone.  An
 * arena never answers NULL: out of memory ends the process with a line on
 * standard error, which the outbox makes harmless.
 */
#ifndef BOT_BASE_ARENA_H
#define BOT_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first; NULL while empty */
};

/* Makes an empty arena in the caller's storage; {0} does as well. */
void arena_init(struct arena *arena);

/* Frees all that came from the arena, which is then empty and usable. */
void arena_finish(struct arena *arena);

/* size zeroed bytes, aligned for any type; valid until arena_finish. */
void *arena_alloc(struct arena *arena, size_t size);

/* count * size zeroed bytes; a product that overflows ends the process. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count)                                        \
    ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* A copy of a NUL-terminated string; NULL gives "". */
char *arena_string(struct arena *arena, const char *string);

/* A NUL-terminated copy of length bytes. */
char *arena_string_n(struct arena *arena, const char *bytes, size_t length);

/* As sprintf, into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/*
 * Room for one more element in a growing array: returns items, or a copy twice
 * as large when count has reached *capacity (which is then updated).  The old
 * array stays in the arena until the end, so pointers into it remain readable.
 */
void *arena_grow(struct arena *arena, void *items, size_t count,
        size_t *capacity, size_t size);

#endif
