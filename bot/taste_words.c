#include "bot/taste_words.h"

#include "bot/base/text_tokens.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD_BYTES_MIN = 3,
    WORDS_MAX = 400, /* an abstract has some 150 different ones */
    RARITY_UNCOMMON = 27,
};

static bool is_word(const char *token)
{
    if (strlen(token) < WORD_BYTES_MIN)
        return false;
    while (isdigit((unsigned char)*token))
        token++;
    return *token != '\0';
}

static void add_words(struct taste_paper_words *words, const char *text,
        bool in_title, struct arena *arena)
{
    const struct text_tokens tokens = text_tokens_of(arena, text);

    for (size_t i = 0; i < tokens.ordered.count && words->count < WORDS_MAX;
            i++)
        if (is_word(tokens.ordered.items[i]))
            words->items[words->count++] =
                    (struct taste_paper_word){.word = tokens.ordered.items[i],
                            .in_title = in_title};
}

/* Of two alike the one of the title comes first. */
static int compare(const void *a, const void *b)
{
    const struct taste_paper_word *one = a, *other = b;
    int order = strcmp(one->word, other->word);

    return order != 0 ? order : other->in_title - one->in_title;
}

static void drop_repeats(struct taste_paper_words *words)
{
    size_t kept = 0;

    for (size_t i = 0; i < words->count; i++)
        if (kept == 0 ||
                strcmp(words->items[kept - 1].word, words->items[i].word) != 0)
            words->items[kept++] = words->items[i];
    words->count = kept;
}

struct taste_paper_words taste_words_of(const struct paper *paper,
        struct arena *arena)
{
    struct taste_paper_words words = {
            .items = arena_array(arena, struct taste_paper_word, WORDS_MAX)};

    add_words(&words, paper->title, true, arena);
    add_words(&words, paper->abstract, false, arena);
    if (words.count > 1)
        qsort(words.items, words.count, sizeof *words.items, compare);
    drop_repeats(&words);
    return words;
}

static int compare_common(const void *word, const void *common)
{
    return strcmp(word, ((const struct taste_common *)common)->word);
}

int taste_words_rarity(const char *word)
{
    const struct taste_common *common =
            bsearch(word, taste_words_common, taste_words_common_count,
                    sizeof *taste_words_common, compare_common);

    return common != NULL ? common->rarity : RARITY_UNCOMMON;
}
