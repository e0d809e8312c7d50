#include "bot/ports/source.h"

static struct note_list copy_notes(struct arena *arena,
        const struct note_list *notes)
{
    struct note_list copy = {.count = notes->count};
    if (copy.count == 0)
        return copy;
    copy.items = arena_array(arena, struct note, notes->count);
    for (size_t i = 0; i < notes->count; i++)
        copy.items[i] = note_copy(arena, &notes->items[i]);
    return copy;
}

struct source_record source_record_copy(struct arena *arena,
        const struct source_record *record)
{
    return (struct source_record){
            .paper = paper_copy(arena, &record->paper),
            .announce = record->announce,
            .notes = copy_notes(arena, &record->notes),
            .signals = signal_list_copy(arena, &record->signals),
            .secondhand = record->secondhand,
            .section = arena_string(arena, record->section),
            .end = record->end,
    };
}
