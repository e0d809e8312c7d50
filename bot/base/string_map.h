/*
 * string_map.h - bytes to a pointer, in an arena.
 *
 * It only grows, and goes with its arena.
 */
#ifndef BOT_BASE_STRING_MAP_H
#define BOT_BASE_STRING_MAP_H

#include "bot/base/arena.h"

#include <stddef.h>

struct string_map_slot;

struct string_map { /* {0} is an empty one */
    struct string_map_slot *slots;
    size_t count, capacity;
};

/*
 * Where the key's value is kept: NULL there for a key not seen before, which is
 * copied.  The place holds until the next call.
 */
void **string_map_at(struct string_map *map, struct arena *arena,
        const void *key, size_t length);

#endif
