#include "bot/base/id_index.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    const struct id_index_entry *one = a, *other = b;

    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    return one->place < other->place ? -1 : one->place > other->place;
}

void id_index_add(struct id_index *index, struct arena *arena, int64_t id)
{
    index->entries = arena_grow(arena, index->entries, index->count,
            &index->capacity, sizeof *index->entries);
    index->entries[index->count] =
            (struct id_index_entry){.id = id, .place = index->count};
    index->count++;
}

void id_index_sort(struct id_index *index)
{
    if (index->count > 1)
        qsort(index->entries, index->count, sizeof *index->entries, by_id);
}

bool id_index_find(const struct id_index *index, int64_t id, size_t *place,
        size_t *looked)
{
    size_t low = 0, high = index->count, steps = 1;

    for (; low < high; steps++) {
        size_t middle = low + (high - low) / 2;
        if (index->entries[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (looked != NULL)
        *looked += steps;
    if (low == index->count || index->entries[low].id != id)
        return false;
    *place = index->entries[low].place;
    return true;
}
