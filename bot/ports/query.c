#include "bot/ports/query.h"

#include <string.h>

void query_add(struct measure_list *list, struct arena *arena,
        struct measure measure)
{
    size_t place = list->count;

    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
            sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, measure.name) == 0)
            place = i + 1;
    memmove(&list->items[place + 1], &list->items[place],
            (list->count - place) * sizeof *list->items);
    list->items[place] = measure;
    list->count++;
}
