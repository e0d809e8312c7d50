#include "bot/write/note_check.h"

#include "bot/base/text.h"

/* Only that there is a text at all: what it says is not looked at here. */
bool note_check(const struct note *note, const struct paper *paper,
        const struct glossary *glossary, struct arena *arena, const char **flaw)
{
    (void)paper, (void)glossary;
    if (*text_one_line(arena, note->digest) != '\0')
        return true;
    *flaw = arena_string(arena, "the digest is empty");
    return false;
}
