#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

bool memory_taste_put(struct store *base, int64_t channel_id,
        const struct taste *changed, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    for (size_t i = 0; i < changed->count; i++) {
        struct memory_taste row = {channel_id, changed->items[i]};
        size_t number = memory_table_find(&store->tastes, &row);

        if (row.word.ups != 0 || row.word.downs != 0) {
            row.word.word = arena_string(&store->arena, row.word.word);
            memory_table_put(&store->tastes, &store->journal, &row);
        } else if (number != MEMORY_TABLE_NONE) {
            memory_table_remove(&store->tastes, &store->journal, number);
        }
    }
    return true;
}

static int by_word(const void *a, const void *b)
{
    const struct taste_word *one = a, *other = b;
    return strcmp(one->word, other->word);
}

bool memory_taste_get(struct store *base, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->tastes;
    size_t capacity = 0;

    *taste = (struct taste){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_taste *row = memory_table_row(table, i);
        if (row->channel_id != channel_id)
            continue;
        taste->items = arena_grow(arena, taste->items, taste->count, &capacity,
                sizeof *taste->items);
        taste->items[taste->count] = row->word;
        taste->items[taste->count++].word = arena_string(arena, row->word.word);
    }
    if (taste->count > 1)
        qsort(taste->items, taste->count, sizeof *taste->items, by_word);
    return true;
}
