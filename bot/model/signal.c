#include "bot/model/signal.h"

#include "bot/base/text.h"

int64_t signal_value(const struct signal_list *signals, const char *kind)
{
    for (size_t i = 0; i < signals->count; i++)
        if (text_same(signals->items[i].kind, kind))
            return signals->items[i].value;
    return 0;
}

struct signal_list signal_list_copy(struct arena *arena,
        const struct signal_list *signals)
{
    struct signal_list copy = {.count = signals->count};

    if (copy.count == 0)
        return copy;
    copy.items = arena_array(arena, struct signal, copy.count);
    for (size_t i = 0; i < copy.count; i++) {
        copy.items[i] = signals->items[i];
        copy.items[i].paper_id =
                arena_string(arena, signals->items[i].paper_id);
        copy.items[i].kind = arena_string(arena, signals->items[i].kind);
    }
    return copy;
}
