#include "bot/hear_key.h"

#include <inttypes.h>

static uint64_t add_bytes(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t hear_key_hash(const char *first, const char *second)
{
    /* The NUL between them is a byte like any other. */
    uint64_t hash = add_bytes(UINT64_C(0xcbf29ce484222325), first);

    return add_bytes(hash * UINT64_C(0x100000001b3), second);
}

char *hear_key_answer(struct arena *arena, const char *account,
        const char *event_id)
{
    return arena_format(arena, "answer/%016" PRIx64,
            hear_key_hash(account, event_id));
}

char *hear_key_wait(struct arena *arena, const char *account,
        const char *event_id)
{
    return arena_format(arena, "%s/wait",
            hear_key_answer(arena, account, event_id));
}

char *hear_key_share(struct arena *arena, const char *answer)
{
    return arena_format(arena, "share/%016" PRIx64, hear_key_hash("", answer));
}
