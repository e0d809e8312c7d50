#include "bot/planning/plan_document.h"

static void append_notes(struct note_list *all, size_t *capacity,
        const struct note_list *notes, struct arena *arena)
{
    for (size_t i = 0; i < notes->count; i++) {
        all->items = arena_grow(arena, all->items, all->count, capacity,
                sizeof *all->items);
        all->items[all->count++] = notes->items[i];
    }
}

static bool notes_of(struct store *store, const struct digest_input *input,
        struct arena *arena, struct note_list *all, struct error *err)
{
    size_t capacity = 0;

    *all = (struct note_list){0};
    for (size_t i = 0; i < input->count; i++) {
        struct note_list notes;
        if (!store_notes_get(store, input->items[i].paper->id, arena, &notes,
                    err))
            return false;
        append_notes(all, &capacity, &notes, arena);
    }
    return true;
}

bool plan_document(struct store *store, const struct channel *channel,
        struct digest_input input, struct arena *arena,
        struct document **document, struct error *err)
{
    struct note_list *notes = arena_new(arena, struct note_list);

    if (!notes_of(store, &input, arena, notes, err))
        return false;
    input.notes = notes;
    input.categories = &channel->subscription.categories;
    input.languages = channel->languages;
    input.style = channel->style;
    input.credit = channel->credit;
    *document = digest_document(&input, arena);
    return true;
}
