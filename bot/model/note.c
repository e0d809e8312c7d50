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
