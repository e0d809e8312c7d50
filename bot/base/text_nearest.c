#include "bot/base/text.h"

#include <string.h>
#include <unistr.h>

enum {
    RUNES_MAX = 64, /* longer words are not looked for */
};

struct word {
    ucs4_t runes[RUNES_MAX];
    size_t length;
};

/* Letter case counts for nothing; false if the string is too long. */
static bool word_read(struct word *word, const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    word->length = 0;
    while (at < end) {
        if (word->length == RUNES_MAX)
            return false;
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        if (rune >= 'A' && rune <= 'Z')
            rune += 'a' - 'A';
        word->runes[word->length++] = rune;
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits between two words: optimal string alignment, three rows of it. */
static size_t edits(const struct word *a, const struct word *b)
{
    size_t rows[3][RUNES_MAX + 1] = {{0}};
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b->length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a->length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b->length; j++) {
            bool same = a->runes[i - 1] == b->runes[j - 1];
            row[j] = least(above[j], row[j - 1]) + 1;
            row[j] = least(row[j], above[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a->runes[i - 1] == b->runes[j - 2] &&
                    a->runes[i - 2] == b->runes[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b->length];
}

const char *text_nearest(const char *word, const char *const *candidates)
{
    struct word wanted, other;
    if (!word_read(&wanted, word))
        return NULL;
    /* A third, rounded, so that a word of two letters may have one wrong. */
    size_t best = (wanted.length + 1) / 3 + 1;
    const char *nearest = NULL;
    for (; *candidates != NULL; candidates++) {
        if (!word_read(&other, *candidates))
            continue;
        size_t distance = edits(&wanted, &other);
        if (distance < best) {
            best = distance;
            nearest = *candidates;
        }
    }
    return nearest;
}
