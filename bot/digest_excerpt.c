#include "bot/digest_excerpt.h"

#include "bot/base/text.h"
#include "bot/base/text_sentence.h"

#include <ctype.h>
#include <string.h>

enum {
    GRAPHEMES_MAX = DIGEST_EXCERPT_WORDS * 10,
};

static bool is_any(const char *at, const char *const *marks, size_t *length)
{
    for (; *marks; marks++) {
        if (text_starts(at, *marks)) {
            *length = strlen(*marks);
            return true;
        }
    }
    return false;
}

static size_t last_sentence_end(const char *string, size_t limit)
{
    size_t best = 0;

    for (size_t at = 0; at < limit; at++) {
        size_t end = text_sentence_end(string, at);

        if (end > limit)
            break;
        if (end > 0)
            best = end;
    }
    return best;
}

static size_t prefix_words(const char *string)
{
    /* Some scripts put no spaces between words. */
    size_t longest = text_prefix_graphemes(string, GRAPHEMES_MAX);
    size_t at = 0;

    for (int words = DIGEST_EXCERPT_WORDS; words > 0 && string[at]; words--) {
        at += strspn(string + at, " ");
        at += strcspn(string + at, " ");
    }
    return at < longest ? at : longest;
}

/* Back to before the word, and the comma, that the cut would leave hanging. */
static size_t tidy_cut(const char *string, size_t cut)
{
    static const char *const commas[] = {"，", "、", "；", "：", "（", "“",
            NULL};
    size_t word = cut;

    while (word > 0 && isalnum((unsigned char)string[word - 1]) &&
            isalnum((unsigned char)string[word]))
        word--;
    if (word > 0)
        cut = word;
    while (cut > 0 && strchr(" ,;:([-", string[cut - 1]))
        cut--;
    size_t length;
    if (cut >= 3 && is_any(string + cut - 3, commas, &length))
        cut -= 3;
    return cut;
}

char *digest_excerpt(struct arena *arena, const char *string)
{
    bool han = text_has_han(string);
    size_t limit = han ? text_prefix_graphemes(string, DIGEST_EXCERPT_HAN)
                       : prefix_words(string);

    if (!string[limit])
        return arena_string(arena, string);

    /* A first sentence of a few words would say less than a cut one. */
    size_t end = last_sentence_end(string, limit);
    if (end >= limit / 3)
        return arena_string_n(arena, string, end);

    size_t cut = limit;
    if (han)
        cut = text_prefix_graphemes(string, DIGEST_EXCERPT_HAN - 1);
    cut = tidy_cut(string, cut);
    return arena_format(arena, "%.*s…", (int)cut, string);
}
