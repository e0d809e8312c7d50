#include "bot/labels.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

#include <stdint.h>
#include <string.h>

bool label_same_language(const char *a, const char *b)
{
    size_t length = strcspn(a, "-");

    return length == strcspn(b, "-") && strncmp(a, b, length) == 0;
}

const char *label_text(enum label label, const char *language)
{
    for (size_t i = 0; i < label_table_count; i++)
        if (label_same_language(label_tables[i].language, language))
            return label_tables[i].texts[label];
    return label_tables[0].texts[label];
}

char *label_fill(struct arena *arena, enum label label, const char *language,
        const char *const values[4])
{
    const char *at = label_text(label, language);
    struct text text;

    /* Values are bounded where they come from; none is to be lost here. */
    text_init(&text, arena, SIZE_MAX / 2);
    while (*at) {
        size_t plain = strcspn(at, "%");

        text_add_n(&text, at, plain);
        at += plain;
        if (*at == '%' && at[1] >= '1' && at[1] <= '4') {
            text_add(&text, values[at[1] - '1']);
            at += 2;
        } else if (*at == '%') {
            text_add_n(&text, at++, 1);
        }
    }
    return text.bytes;
}

const char *label_category(const char *code, const char *language)
{
    const struct category *category = category_find(code);

    if (!category)
        return code;
    return label_same_language(language, "zh") ? category->chinese
                                               : category->english;
}
