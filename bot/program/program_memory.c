#include "bot/program/program_memory.h"

/* An account's own part of the store. */
struct recollection {
    const struct program_setup *setup;
    const char *account;
};

static const char *key_of(const struct recollection *recollection,
        const char *key, struct arena *arena)
{
    return arena_format(arena, "account/%s/%s", recollection->account, key);
}

static bool put(void *ctx, const char *key, const char *value,
        struct error *err)
{
    const struct recollection *recollection = ctx;
    struct arena arena = {0};
    bool kept = store_value_put(recollection->setup->store,
            key_of(recollection, key, &arena), value, err);
    arena_finish(&arena);
    return kept;
}

static bool get(void *ctx, const char *key, struct arena *arena, char **value,
        struct error *err)
{
    const struct recollection *recollection = ctx;
    return store_value_get(recollection->setup->store,
            key_of(recollection, key, arena), arena, value, err);
}

const struct account_memory *program_memory_of(struct program_setup *setup,
        const char *account)
{
    if (setup->store == NULL)
        return NULL;
    struct recollection *recollection =
            arena_new(&setup->arena, struct recollection);
    struct account_memory *memory =
            arena_new(&setup->arena, struct account_memory);
    *recollection = (struct recollection){.setup = setup, .account = account};
    *memory = (struct account_memory){.put = put,
            .get = get,
            .ctx = recollection};
    return memory;
}
