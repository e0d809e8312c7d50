/*
 * id_index.h - where in a list the row with an id stands.
 *
 * Filled once in the list's order, sorted, then asked: n log n to make, log n to
 * ask.  It goes with its arena.
 */
#ifndef BOT_BASE_ID_INDEX_H
#define BOT_BASE_ID_INDEX_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_index_entry {
    int64_t id;
    size_t place;
};

struct id_index { /* {0} is an empty one */
    struct id_index_entry *entries;
    size_t count, capacity;
};

/* The next row's id: its place is how many were added before. */
void id_index_add(struct id_index *index, struct arena *arena, int64_t id);
void id_index_sort(struct id_index *index);

/* False if there is none; of equal ids the first.  *looked, if not NULL, grows by
 * the entries that were looked at. */
bool id_index_find(const struct id_index *index, int64_t id, size_t *place,
        size_t *looked);

#endif
