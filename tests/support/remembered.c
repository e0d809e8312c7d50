#include "tests/support/remembered.h"

#include "bot/base/text.h"

static struct remembered_value *find(const struct remembered *remembered,
        const char *key)
{
    for (size_t i = 0; i < remembered->count; i++)
        if (text_same(remembered->items[i].key, key))
            return &remembered->items[i];
    return NULL;
}

void remembered_set(struct remembered *remembered, const char *key,
        const char *value)
{
    struct remembered_value *item = find(remembered, key);

    if (item == NULL) {
        remembered->items = arena_grow(&remembered->arena, remembered->items,
                remembered->count, &remembered->capacity,
                sizeof *remembered->items);
        item = &remembered->items[remembered->count++];
        item->key = arena_string(&remembered->arena, key);
    }
    item->value = arena_string(&remembered->arena, value);
}

static bool put(void *ctx, const char *key, const char *value,
        struct error *err)
{
    struct remembered *remembered = ctx;

    if (remembered->broken)
        return error_set(err, ERROR_RETRY, "the memory is broken");
    remembered->puts++;
    remembered_set(remembered, key, value);
    return true;
}

static bool get(void *ctx, const char *key, struct arena *arena, char **value,
        struct error *err)
{
    const struct remembered_value *item = find(ctx, key);

    (void)err;
    *value = item != NULL ? arena_string(arena, item->value) : NULL;
    return true;
}

const char *remembered_value(const struct remembered *remembered,
        const char *key)
{
    const struct remembered_value *item = find(remembered, key);

    return item != NULL ? item->value : "";
}

void remembered_init(struct remembered *remembered)
{
    *remembered = (struct remembered){
            .memory = {.put = put, .get = get, .ctx = remembered}};
}

void remembered_finish(struct remembered *remembered)
{
    arena_finish(&remembered->arena);
}
