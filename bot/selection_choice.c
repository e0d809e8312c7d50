/*
 * Which of the ranked papers make one digest.
 *
 * In a fair mix with enough places (nearly two a category) each category's best
 * paper is taken first, so that a small one is heard beside a large one.  Then
 * in ranked order each paper is taken unless
 *  - its title shares over 60 % of its words with a taken one's (Jaccard),
 *  - it is about the same as a taken one: the words of title and abstract,
 *    weighed by their rarity, lie at a cosine over 0.30.  Of 9,100 papers of 26
 *    days 31 pairs of one day are that near, each of one narrow subject; below
 *    0.25 they share no more than a field,
 *  - its first author has two papers taken already, or
 *  - its category has two thirds of the places, rounded up.
 * No paper is taken for its category's sake that is plainly worse than what the
 * places would hold without a mix: so a day that is better in one category can
 * be all of that.  If fewer than wanted are taken so, the last condition is dropped, then the
 * others.  What is taken keeps its ranked order.
 */
#include "bot/selection.h"

#include "bot/base/text.h"
#include "bot/selection_match.h"
#include "bot/taste_words.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAME_TITLE_PERCENT = 60,
    SAME_THEME_PERCENT = 30,
    TITLE_TIMES = 2, /* a word of the title, in the theme */
    FIRST_AUTHOR_MAX = 2,
    PLAINLY_WORSE = 15, /* tenths of log odds: less than a fourth of the odds */
};

struct choice {
    const struct scored *scored; /* NULL: not looked at yet */
    struct string_list words;    /* of the title, sorted, no repeats */
    const char *author;          /* the first one, folded; "" if none */
    struct theme *theme;         /* NULL: not wanted yet */
    bool taken;
};

/* The words of title and abstract, by word, and their weights. */
struct theme {
    struct taste_paper_words words;
    int64_t *weights; /* beside them */
    int64_t square;   /* the sum of the weights' squares */
};

struct choices {
    struct choice **items;
    size_t count;
};

static int compare_words(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

static struct string_list title_words(struct arena *arena, const char *title)
{
    const char *at = selection_match_fold(arena, title);
    struct string_list all = {0};
    size_t capacity = 0, kept = 0;

    while (*(at += strspn(at, " ,.:;()"))) {
        size_t length = strcspn(at, " ,.:;()");

        string_list_add(&all, &capacity, arena,
                arena_string_n(arena, at, length));
        at += length;
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, compare_words);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || !text_same(all.items[i], all.items[i - 1]))
            all.items[kept++] = all.items[i];
    all.count = kept;
    return all;
}

static struct choice choice_of(const struct scored *scored, struct arena *arena)
{
    const struct author_list *authors = &scored->paper->authors;

    return (struct choice){
            .scored = scored,
            .words = title_words(arena, scored->paper->title),
            .author = authors->count == 0
                    ? ""
                    : selection_match_fold_name(arena, authors->items[0].name),
    };
}

static size_t count_shared(const struct string_list *a,
        const struct string_list *b)
{
    size_t shared = 0;

    for (size_t i = 0, n = 0; i < a->count && n < b->count;) {
        int order = strcmp(a->items[i], b->items[n]);

        shared += order == 0;
        i += order <= 0;
        n += order >= 0;
    }
    return shared;
}

static bool same_title(const struct choice *a, const struct choice *b)
{
    size_t shared = count_shared(&a->words, &b->words);
    size_t together = a->words.count + b->words.count - shared;

    return shared * 100 > together * SAME_TITLE_PERCENT;
}

/* --- themes --- */

static struct theme *theme_of(const struct paper *paper, struct arena *arena)
{
    struct theme *theme = arena_new(arena, struct theme);

    theme->words = taste_words_of(paper, arena);
    theme->weights = arena_array(arena, int64_t, theme->words.count + 1);
    for (size_t i = 0; i < theme->words.count; i++) {
        const struct taste_paper_word *word = &theme->words.items[i];
        int64_t weight = (int64_t)taste_words_rarity(word->word) *
                (word->in_title ? TITLE_TIMES : 1);
        theme->weights[i] = weight;
        theme->square += weight * weight;
    }
    return theme;
}

static int64_t shared_weight(const struct theme *a, const struct theme *b)
{
    int64_t sum = 0;

    for (size_t i = 0, n = 0; i < a->words.count && n < b->words.count;) {
        int order = strcmp(a->words.items[i].word, b->words.items[n].word);

        if (order == 0)
            sum += a->weights[i] * b->weights[n];
        i += order <= 0;
        n += order >= 0;
    }
    return sum;
}

/* The cosine is compared by its square: whole numbers are exact. */
static bool same_theme(struct choice *a, struct choice *b, struct arena *arena)
{
    if (a->theme == NULL)
        a->theme = theme_of(a->scored->paper, arena);
    if (b->theme == NULL)
        b->theme = theme_of(b->scored->paper, arena);
    int64_t shared = 100 * shared_weight(a->theme, b->theme);
    return shared / SAME_THEME_PERCENT * (shared / SAME_THEME_PERCENT) >
            a->theme->square * b->theme->square;
}

static bool repeats_theme(const struct choices *taken, struct choice *choice,
        struct arena *arena)
{
    for (size_t i = 0; i < taken->count; i++)
        if (same_theme(choice, taken->items[i], arena))
            return true;
    return false;
}

static bool adds_variety(const struct choices *taken, struct choice *choice,
        size_t category_max, struct arena *arena)
{
    size_t same_author = 0, same_category = 0;

    for (size_t i = 0; i < taken->count; i++) {
        const struct choice *other = taken->items[i];

        if (same_title(choice, other))
            return false;
        same_author +=
                *choice->author && text_same(choice->author, other->author);
        same_category += text_same(choice->scored->tag, other->scored->tag);
    }
    return same_author < FIRST_AUTHOR_MAX && same_category < category_max &&
            !repeats_theme(taken, choice, arena);
}

struct choosing {
    const struct scored_list *ranked;
    struct choice *choices; /* beside the ranked */
    struct choices taken;
    size_t places;
    struct arena *arena;
};

/* Titles are taken apart only of those that are looked at: few of many. */
static struct choice *look_at(struct choosing *choosing, size_t i)
{
    struct choice *choice = &choosing->choices[i];

    if (choice->scored == NULL)
        *choice = choice_of(&choosing->ranked->items[i], choosing->arena);
    return choice;
}

/* Takes what adds variety and is worth the least from those not taken yet, in
 * ranked order. */
static void take_varied(struct choosing *choosing, size_t category_max,
        int least)
{
    struct choices *taken = &choosing->taken;

    for (size_t i = 0;
            i < choosing->ranked->count && taken->count < choosing->places &&
            choosing->ranked->items[i].score >= least;
            i++) {
        struct choice *choice = look_at(choosing, i);
        if (choice->taken ||
                !adds_variety(taken, choice, category_max, choosing->arena))
            continue;
        choice->taken = true;
        taken->items[taken->count++] = choice;
    }
}

static size_t count_categories(const struct scored_list *ranked)
{
    size_t count = 0;

    for (size_t i = 0; i < ranked->count; i++) {
        size_t before = 0;

        while (!text_same(ranked->items[before].tag, ranked->items[i].tag))
            before++;
        count += before == i;
    }
    return count;
}

static void take_fairly(struct choosing *choosing, size_t count)
{
    const struct scored_list *ranked = choosing->ranked;
    size_t places = choosing->places;

    if (places == 0)
        return;
    int least = ranked->items[places - 1].score - PLAINLY_WORSE;
    if (2 * count_categories(ranked) <= places + 1)
        take_varied(choosing, 1, least);
    take_varied(choosing, (2 * count + 2) / 3, least);
}

struct scored_list selection_choose(const struct scored_list *ranked,
        size_t count, enum channel_mix mix, struct arena *arena)
{
    size_t places = count < ranked->count ? count : ranked->count;
    struct choosing choosing = {
            .ranked = ranked,
            .choices = arena_array(arena, struct choice, ranked->count + 1),
            .taken.items = arena_array(arena, struct choice *, places + 1),
            .places = places,
            .arena = arena,
    };
    struct scored_list chosen = {
            .items = arena_array(arena, struct scored, places + 1)};

    if (mix == MIX_FAIR)
        take_fairly(&choosing, count);
    take_varied(&choosing, SIZE_MAX, INT_MIN);

    size_t missing = places - choosing.taken.count;
    for (size_t i = 0; i < ranked->count && chosen.count < places; i++) {
        if (!choosing.choices[i].taken && missing == 0)
            continue;
        missing -= !choosing.choices[i].taken;
        chosen.items[chosen.count++] = ranked->items[i];
    }
    return chosen;
}
