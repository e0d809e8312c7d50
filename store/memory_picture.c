#include "store/memory.h"

static struct picture picture_copy(struct arena *arena,
        const struct picture *picture)
{
    struct picture copy = *picture;

    copy.paper_id = arena_string(arena, picture->paper_id);
    copy.type = arena_string(arena, picture->type);
    copy.bytes = picture->length == 0
            ? ""
            : arena_string_n(arena, picture->bytes, picture->length);
    return copy;
}

bool memory_picture_put(struct store *base, const struct picture *picture,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    const struct memory_picture row = {picture_copy(&store->arena, picture)};
    size_t number = memory_table_find(&store->pictures, &row);

    if (number == MEMORY_TABLE_NONE)
        memory_table_add(&store->pictures, &store->journal, &row);
    else
        memory_table_set(&store->pictures, &store->journal, number, &row);
    return true;
}

bool memory_picture_get(struct store *base, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t number = memory_table_find(&store->pictures,
            &(struct memory_picture){.picture = {.paper_id = paper_id}});

    *picture = NULL;
    if (number == MEMORY_TABLE_NONE)
        return true;
    const struct memory_picture *row =
            memory_table_row(&store->pictures, number);
    *picture = arena_new(arena, struct picture);
    **picture = picture_copy(arena, &row->picture);
    return true;
}
