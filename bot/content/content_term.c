#include "bot/content/content_term.h"

#include "bot/base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, whose high bits are mixed best, so a bucket is made of both ends. */
static uint32_t hash_byte(uint32_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT32_C(16777619);
}

static uint32_t hash_text(uint32_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = hash_byte(hash, (unsigned char)text[i]);
    return hash;
}

static uint32_t hash_begin(unsigned salt)
{
    return hash_byte(UINT32_C(2166136261), (unsigned char)salt);
}

static uint32_t word_bucket(uint32_t hash)
{
    return (hash ^ hash >> 16) % CONTENT_BUCKETS;
}

static uint32_t plain_bucket(uint32_t hash)
{
    return CONTENT_BUCKETS + (hash ^ hash >> 16) % CONTENT_PLAIN_BUCKETS;
}

struct gathering {
    struct content_terms terms;
    size_t capacity;
    struct arena *arena;
};

static void gather(struct gathering *gathering, uint32_t bucket,
        const char *from, const char *to)
{
    struct content_terms *terms = &gathering->terms;

    terms->items = arena_grow(gathering->arena, terms->items, terms->count,
            &gathering->capacity, sizeof *terms->items);
    terms->items[terms->count++] = (struct content_term){
            .bucket = bucket,
            .length = (uint32_t)(to - from),
            .at = from,
    };
}

/* --- words --- */

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
            (unsigned char)byte >= 0x80;
}

/* Without a plural's s. */
static size_t stem_length(const char *word, size_t length)
{
    bool plural =
            length > 3 && word[length - 1] == 's' && word[length - 2] != 's';

    return length - plural;
}

struct word {
    const char *at, *end;
    size_t length; /* without the plural */
};

static bool next_word(const char **at, struct word *word)
{
    const char *from = *at;

    while (*from && !is_word_byte(*from))
        from++;
    *at = from;
    while (is_word_byte(**at))
        (*at)++;
    *word = (struct word){from, *at, stem_length(from, (size_t)(*at - from))};
    return *at > from;
}

static void gather_words(struct gathering *gathering, const char *text,
        enum content_kind kind)
{
    struct word word;

    while (next_word(&text, &word))
        gather(gathering,
                word_bucket(hash_text(hash_begin(kind), word.at, word.length)),
                word.at, word.end);
}

static void gather_pairs(struct gathering *gathering, const char *text,
        enum content_kind kind)
{
    struct word before, word;
    bool more = next_word(&text, &before);

    for (; more && next_word(&text, &word); before = word) {
        uint32_t hash = hash_text(hash_begin(kind), before.at, before.length);

        hash = hash_text(hash_byte(hash, ' '), word.at, word.length);
        gather(gathering, word_bucket(hash), before.at, word.end);
    }
}

/* --- names and categories --- */

static void gather_names(struct gathering *gathering, const struct paper *paper)
{
    for (size_t i = 0; i < paper->authors.count; i++) {
        const char *printed = paper->authors.items[i].name;
        const char *name = selection_match_fold_name(gathering->arena, printed);

        gather(gathering,
                plain_bucket(hash_text(hash_begin(CONTENT_NAME), name,
                        strlen(name))),
                printed, printed + strlen(printed));
    }
}

static void gather_category(struct gathering *gathering, unsigned salt,
        const char *one, const char *other)
{
    uint32_t hash = hash_text(hash_begin(salt), one, strlen(one));

    hash = hash_text(hash_byte(hash, ' '), other, strlen(other));
    gather(gathering, plain_bucket(hash), one, one + strlen(one));
}

static void gather_categories(struct gathering *gathering,
        const struct string_list *list)
{
    enum {
        FIRST = CONTENT_KINDS,
        ANY,
        PAIR
    };

    for (size_t i = 0; i < list->count; i++) {
        const char *one = list->items[i];

        if (i == 0)
            gather_category(gathering, FIRST, one, "");
        gather_category(gathering, ANY, one, "");
        for (size_t k = 0; k < i; k++) {
            const char *other = list->items[k];
            bool before = strcmp(one, other) < 0;
            gather_category(gathering, PAIR, before ? one : other,
                    before ? other : one);
        }
    }
}

/* --- all of a kind --- */

static int compare_terms(const void *left, const void *right)
{
    const struct content_term *a = left, *b = right;

    if (a->bucket != b->bucket)
        return a->bucket < b->bucket ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static void keep_each_once(struct content_terms *terms)
{
    size_t kept = 0;

    if (terms->count > 1)
        qsort(terms->items, terms->count, sizeof *terms->items, compare_terms);
    for (size_t i = 0; i < terms->count; i++)
        if (kept == 0 ||
                terms->items[i].bucket != terms->items[kept - 1].bucket)
            terms->items[kept++] = terms->items[i];
    terms->count = kept;
}

struct content_terms content_term_all(const struct match_paper *paper,
        enum content_kind kind, struct arena *arena)
{
    struct gathering gathering = {.arena = arena};

    switch (kind) {
    case CONTENT_TITLE_WORD:
        gather_words(&gathering, paper->title, kind);
        break;
    case CONTENT_TITLE_PAIR:
        gather_pairs(&gathering, paper->title, kind);
        break;
    case CONTENT_ABSTRACT_WORD:
        gather_words(&gathering, paper->abstract, kind);
        break;
    case CONTENT_ABSTRACT_PAIR:
        gather_pairs(&gathering, paper->abstract, kind);
        break;
    case CONTENT_NAME:
        gather_names(&gathering, paper->paper);
        break;
    case CONTENT_CATEGORY:
        gather_categories(&gathering, &paper->paper->categories);
        break;
    case CONTENT_KINDS:
        break;
    }
    keep_each_once(&gathering.terms);
    return gathering.terms;
}
