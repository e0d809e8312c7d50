#include "bot/curators.h"

#include "bot/base/text.h"
#include "bot/phrase.h"

#include <stdint.h>
#include <string.h>

enum {
    NAMES_MAX = 4,           /* that are shown */
    NAME_GRAPHEMES_MAX = 24, /* of each */
};

static const struct phrase join = {.english = ", ", .chinese = "、"};
static const struct phrase more = {
        .english = "%1 and %2 more",
        .chinese = "%1 等 %3 人",
};

/* The name in a Matrix id or an address: up to its server. */
static const char *name_of(const char *id, struct arena *arena)
{
    const char *at = *id == '@' ? id + 1 : id;
    size_t length = strcspn(at, *id == '@' ? ":" : "@");

    return length == 0 ? id : arena_string_n(arena, at, length);
}

static bool is_shared(const struct string_list *ids, const char *name,
        struct arena *arena)
{
    size_t count = 0;

    for (size_t i = 0; i < ids->count; i++)
        count += text_same_ascii(name_of(ids->items[i], arena), name);
    return count > 1;
}

static const char *shown(const struct string_list *ids, size_t i,
        struct arena *arena)
{
    const char *name = name_of(ids->items[i], arena);

    return text_shorten(arena,
            text_one_line(arena,
                    is_shared(ids, name, arena) ? ids->items[i] : name),
            NAME_GRAPHEMES_MAX);
}

char *curators_names(const struct string_list *ids, const char *language,
        struct arena *arena)
{
    struct text text;
    size_t left = ids->count > NAMES_MAX ? ids->count - NAMES_MAX : 0;

    text_init(&text, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < ids->count - left; i++)
        text_add_format(&text, "%s%s",
                i > 0 ? phrase_text(&join, language) : "",
                shown(ids, i, arena));
    if (left == 0)
        return text.bytes;
    return phrase_fill(arena, &more, language,
            PHRASE_VALUES(text_string(&text), phrase_number(arena, left),
                    phrase_number(arena, ids->count)));
}
