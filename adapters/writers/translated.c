#include "adapters/writers/translated.h"

#include "adapters/writers/extractive_choice.h"
#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"

enum {
    /* 45 English words are some 90 to 110 Chinese characters: a brief digest's
     * bound is 120. */
    WORDS = 45
};

static int64_t characters_of(const char *text)
{
    int64_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

struct translated_texts translated_texts_of(const struct paper *paper,
        struct arena *arena)
{
    struct translated_texts texts = {.title = text_one_line(arena,
                                             text_latex_show(arena,
                                                     paper->title)),
            .digest = extractive_choice(arena, paper->title,
                    text_latex_show(arena, paper->abstract), WORDS)};

    texts.characters = characters_of(texts.title) + characters_of(texts.digest);
    return texts;
}

void translated_add(cJSON *root, const char *key,
        const struct translated_texts *texts)
{
    const char *const both[] = {texts->title, texts->digest};

    cJSON_AddItemToObject(root, key, cJSON_CreateStringArray(both, 2));
}

struct note translated_note(const char *title, const char *digest,
        struct arena *arena)
{
    return (struct note){.title = text_one_line(arena, title),
            .heading = "",
            .digest = text_one_line(arena, digest)};
}
