#include "bot/base/text_latex_show.h"

#include "bot/base/text_latex.h"
#include "bot/base/text_latex_prose.h"
#include "bot/base/text_latex_reader.h"

#include <string.h>

enum {
    /* Far over any text there is; what is longer was not written by people. */
    TEXT_BYTES_MAX = 16 * 1024 * 1024,
};

char *text_latex_show(struct arena *arena, const char *string)
{
    struct text_latex_source source;

    if (strpbrk(string, "\\$-`~'") == NULL || strlen(string) > TEXT_BYTES_MAX)
        return arena_string(arena, string);
    struct text_latex_reader reader = text_latex_reader_open(&source, arena,
            text_latex_accents(arena, string));
    const char *text = text_latex_prose_read(reader);
    return arena_string(arena, text != NULL ? text : string);
}
