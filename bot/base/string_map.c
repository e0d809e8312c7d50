#include "bot/base/string_map.h"

#include <stdint.h>
#include <string.h>

enum {
    LEAST_SLOTS = 64, /* a power of two, as every capacity is */
};

struct string_map_slot {
    const char *key; /* NULL: free */
    size_t length;
    uint64_t hash;
    void *value;
};

/* FNV-1a; what it mixes least is at the low end. */
static uint64_t hash_of(const char *key, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

static struct string_map_slot *find(const struct string_map *map,
        const char *key, size_t length, uint64_t hash)
{
    size_t i = (size_t)hash & (map->capacity - 1);

    while (map->slots[i].key != NULL &&
            (map->slots[i].hash != hash || map->slots[i].length != length ||
                    memcmp(map->slots[i].key, key, length) != 0))
        i = (i + 1) & (map->capacity - 1);
    return &map->slots[i];
}

static void widen(struct string_map *map, struct arena *arena)
{
    struct string_map wider = {.count = map->count,
            .capacity = map->capacity == 0 ? LEAST_SLOTS : 2 * map->capacity};

    wider.slots = arena_array(arena, struct string_map_slot, wider.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct string_map_slot *slot = &map->slots[i];
        if (slot->key != NULL)
            *find(&wider, slot->key, slot->length, slot->hash) = *slot;
    }
    *map = wider;
}

void **string_map_at(struct string_map *map, struct arena *arena,
        const void *key, size_t length)
{
    uint64_t hash = hash_of(key, length);

    if (2 * map->count >= map->capacity)
        widen(map, arena);
    struct string_map_slot *slot = find(map, key, length, hash);
    if (slot->key == NULL) {
        *slot = (struct string_map_slot){
                .key = arena_string_n(arena, key, length),
                .length = length,
                .hash = hash,
        };
        map->count++;
    }
    return &slot->value;
}
