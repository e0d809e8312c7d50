#include "bot/phrase.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <stdint.h>
#include <string.h>

const char *phrase_text(const struct phrase *phrase, const char *language)
{
    return label_same_language(language, "zh") ? phrase->chinese
                                               : phrase->english;
}

char *phrase_fill(struct arena *arena, const struct phrase *phrase,
        const char *language, const char *const values[4])
{
    const char *at = phrase_text(phrase, language);
    struct text text;

    if (at == phrase->english && phrase->one != NULL && values[0] != NULL &&
            text_same(values[0], "1"))
        at = phrase->one;
    text_init(&text, arena, SIZE_MAX / 2);
    while (*at != '\0') {
        size_t plain = strcspn(at, "%");

        text_add_n(&text, at, plain);
        at += plain;
        if (*at == '%' && at[1] >= '1' && at[1] <= '4') {
            const char *value = values[at[1] - '1'];
            text_add(&text, value != NULL ? value : "");
            at += 2;
        } else if (*at == '%') {
            text_add_n(&text, at++, 1);
        }
    }
    return text.bytes;
}

const char *phrase_number(struct arena *arena, size_t number)
{
    return arena_format(arena, "%zu", number);
}
