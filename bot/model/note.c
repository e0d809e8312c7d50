#include "bot/model/note.h"

#include "bot/base/text.h"

const struct note *note_find(const struct note_list *notes,
        const char *paper_id, const char *language)
{
    for (size_t i = 0; i < notes->count; i++)
        if (text_same(notes->items[i].paper_id, paper_id) &&
                text_same(notes->items[i].language, language))
            return &notes->items[i];
    return NULL;
}

struct note note_copy(struct arena *arena, const struct note *note)
{
    return (struct note){
            .paper_id = arena_string(arena, note->paper_id),
            .language = arena_string(arena, note->language),
            .title = arena_string(arena, note->title),
            .heading = arena_string(arena, note->heading),
            .digest = arena_string(arena, note->digest),
            .writer = arena_string(arena, note->writer),
            .version = note->version,
            .prompt = arena_string(arena, note->prompt),
            .written_ms = note->written_ms,
    };
}
