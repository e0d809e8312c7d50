#include "bot/commands/command_entries.h"

#include "bot/commands/command_card.h"
#include "bot/digest_entry.h"

static bool add_entry(const struct command_call *call,
        const struct command_entry *entry, struct command_answer *answer,
        struct error *err)
{
    struct note_list *notes = arena_new(call->arena, struct note_list);

    if (!store_notes_get(call->store, entry->paper->id, call->arena, notes,
                err))
        return false;
    const struct digest_input input = {.notes = notes,
            .languages = call->channel->languages};
    const struct digest_item item = {.paper = entry->paper,
            .tag = entry->tag != NULL ? entry->tag
                                      : command_card_tag(call, entry->paper),
            .mark = entry->mark};
    digest_entry_add_compact(answer->document, &input, &item);
    return true;
}

bool command_entries_add(const struct command_call *call,
        const struct command_entry *entries, size_t count,
        struct command_answer *answer, struct error *err)
{
    answer->document->spaced = true;
    for (size_t i = 0; i < count; i++)
        if (!add_entry(call, &entries[i], answer, err))
            return false;
    return true;
}
