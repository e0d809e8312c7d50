#include "tests/support/author_text.h"

#include "bot/base/text.h"

enum {
    LINE_BYTES_MAX = 100000,
};

const char *author_text_names(const struct paper *paper, struct arena *arena)
{
    const struct author_list *list = &paper->authors;
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s[%s]", i > 0 ? "; " : "",
                list->items[i].name, list->items[i].affiliation);
    text_add(&text, list->more ? "; ..." : "");
    return text_string(&text);
}

const char *author_text_places(const struct paper *paper, struct arena *arena)
{
    const struct string_list *list = &paper->affiliations;
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? " | " : "", list->items[i]);
    return text_string(&text);
}
