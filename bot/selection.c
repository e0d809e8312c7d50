#include "bot/selection.h"

#include "bot/base/text.h"
#include "bot/content/content_venue.h"
#include "bot/model/category.h"
#include "bot/selection_match.h"

#include <stdlib.h>
#include <string.h>

/* In tenths of log odds, as the content weights are: what a channel asks for
 * outweighs what its papers look like. */
enum {
    PRIMARY_WEIGHT = 16, /* a cross-list has less than a third of the odds */
    CROSS_WEIGHT = 4,
    WORD_TITLE_WEIGHT = 30,
    WORD_ABSTRACT_WEIGHT = 15,
    AUTHOR_WEIGHT = 60,
    UNWANTED_TITLE_WEIGHT = -60,
    UNWANTED_ABSTRACT_WEIGHT = -30,
};

const char *feature_name(enum feature feature)
{
    static const char *const names[FEATURE_COUNT] = {
            [FEATURE_CATEGORY] = "category",
            [FEATURE_WORDS] = "words",
            [FEATURE_AUTHORS] = "authors",
            [FEATURE_UNWANTED] = "unwanted",
            [FEATURE_CODE] = "code",
            [FEATURE_VENUE] = "venue",
            [FEATURE_CONTENT] = "content",
            [FEATURE_TASTE] = "taste",
            [FEATURE_SIGNALS] = "signals",
            [FEATURE_CITATIONS] = "citations",
    };

    return names[feature];
}

/* A subscription in folded form, made once for many papers. */
struct wishes {
    const struct string_list *categories;
    const char **aliases; /* beside them: the other code of one, or NULL */
    const char **tags;    /* beside them */
    struct string_list words, authors, unwanted;
};

typedef char *fold_fn(struct arena *arena, const char *string);

static struct string_list fold_list(const struct string_list *list,
        fold_fn *fold, struct arena *arena)
{
    struct string_list folded = {
            .items = arena_array(arena, const char *, list->count + 1),
            .count = list->count,
    };

    for (size_t i = 0; i < list->count; i++)
        folded.items[i] = fold(arena, list->items[i]);
    return folded;
}

static const char *alias_of(const char *code)
{
    const struct category *category = category_find(code);

    return category && *category->alias ? category->alias : NULL;
}

static const char **for_each(const struct string_list *list,
        const char *(*of)(const char *), struct arena *arena)
{
    const char **all = arena_array(arena, const char *, list->count + 1);

    for (size_t i = 0; i < list->count; i++)
        all[i] = of(list->items[i]);
    return all;
}

static struct wishes wishes_of(const struct subscription *subscription,
        struct arena *arena)
{
    return (struct wishes){
            .categories = &subscription->categories,
            .aliases = for_each(&subscription->categories, alias_of, arena),
            .tags = for_each(&subscription->categories, category_tag, arena),
            .words = fold_list(&subscription->words, selection_match_fold,
                    arena),
            .authors = fold_list(&subscription->authors,
                    selection_match_fold_name, arena),
            .unwanted = fold_list(&subscription->unwanted, selection_match_fold,
                    arena),
    };
}

/* --- score --- */

static bool is_wanted(const struct wishes *wishes, size_t wanted,
        const char *code)
{
    return text_same(wishes->categories->items[wanted], code) ||
            (wishes->aliases[wanted] &&
                    text_same(wishes->aliases[wanted], code));
}

/* The place among the wanted codes of the one under which the paper is shown:
 * its primary one if that is wanted, else the first wanted one it carries; as
 * many as there are if it carries none. */
static size_t wanted_category(const struct paper *paper,
        const struct wishes *wishes, bool *primary)
{
    for (size_t i = 0; i < paper->categories.count; i++) {
        for (size_t n = 0; n < wishes->categories->count; n++) {
            if (is_wanted(wishes, n, paper->categories.items[i])) {
                *primary = i == 0;
                return n;
            }
        }
    }
    return wishes->categories->count;
}

static int category_score(const struct paper *paper,
        const struct wishes *wishes, struct scored *scored)
{
    bool primary = false;
    size_t wanted = wanted_category(paper, wishes, &primary);

    if (wanted < wishes->categories->count) {
        scored->category = wishes->categories->items[wanted];
        scored->tag = wishes->tags[wanted];
        return primary ? PRIMARY_WEIGHT : CROSS_WEIGHT;
    }
    scored->category =
            paper->categories.count > 0 ? paper->categories.items[0] : "";
    scored->tag = category_tag(scored->category);
    return 0;
}

static int words_score(const struct match_paper *paper,
        const struct string_list *words, int in_title, int in_abstract)
{
    int score = 0;

    for (size_t i = 0; i < words->count; i++) {
        if (!selection_match_may_hold(paper, words->items[i]))
            continue;
        if (selection_match_phrase(paper->title, words->items[i]))
            score += in_title;
        else if (selection_match_phrase(paper->abstract, words->items[i]))
            score += in_abstract;
    }
    return score;
}

static bool has_author(const struct string_list *names, const char *wanted)
{
    for (size_t i = 0; i < names->count; i++)
        if (selection_match_name(wanted, names->items[i]))
            return true;
    return false;
}

static int authors_score(const struct paper *paper,
        const struct string_list *wanted, struct arena *arena)
{
    struct string_list names = {0};
    size_t capacity = 0;
    int score = 0;

    if (wanted->count == 0)
        return 0;
    for (size_t i = 0; i < paper->authors.count; i++)
        string_list_add(&names, &capacity, arena,
                selection_match_fold_name(arena, paper->authors.items[i].name));
    for (size_t i = 0; i < wanted->count; i++)
        if (has_author(&names, wanted->items[i]))
            score += AUTHOR_WEIGHT;
    return score;
}

struct step {
    int64_t least;
    int score;
};

/* The last step begins at 0. */
static int score_of_step(const struct step *steps, int64_t value)
{
    while (steps->least > 0 && value < steps->least)
        steps++;
    return steps->score;
}

/*
 * Votes are worth their logarithm: each step is about three times the last.  To
 * be voted for at all weighs half as much as a wanted category; nothing that
 * others think outweighs a word of the channel's own in a title.
 */
static int votes_score(int64_t votes)
{
    static const struct step steps[] = {{300, 28}, {100, 24}, {30, 20},
            {10, 16}, {3, 12}, {1, 8}, {0, 0}};

    return score_of_step(steps, votes);
}

/* A paper of some days is hardly cited yet; one that is, by whatever source, is
 * worth no more than a vote or two: its authors cite themselves first. */
static int citations_score(int64_t citations)
{
    static const struct step steps[] = {{100, 12}, {30, 10}, {10, 8}, {3, 5},
            {1, 2}, {0, 0}};

    return score_of_step(steps, citations);
}

struct selection_reading selection_read(const struct paper *paper,
        struct arena *arena)
{
    struct match_paper text = selection_match_paper(paper, arena);

    return (struct selection_reading){
            .text = text,
            .content = content_score(&content_model_shipped, &text, arena),
            .venue = content_venue_score(&text),
    };
}

static struct scored score_candidate(const struct candidate *candidate,
        const struct wishes *wishes, struct arena *arena)
{
    const struct paper *paper = candidate->paper;
    struct selection_reading now;
    const struct selection_reading *reading = candidate->reading;
    struct scored scored = {.paper = paper};
    int *parts = scored.parts;

    if (reading == NULL) {
        now = selection_read(paper, arena);
        reading = &now;
    }
    parts[FEATURE_CATEGORY] = category_score(paper, wishes, &scored);
    parts[FEATURE_WORDS] = words_score(&reading->text, &wishes->words,
            WORD_TITLE_WEIGHT, WORD_ABSTRACT_WEIGHT);
    parts[FEATURE_AUTHORS] = authors_score(paper, &wishes->authors, arena);
    parts[FEATURE_UNWANTED] = words_score(&reading->text, &wishes->unwanted,
            UNWANTED_TITLE_WEIGHT, UNWANTED_ABSTRACT_WEIGHT);
    parts[FEATURE_CODE] = reading->content.code;
    parts[FEATURE_VENUE] = reading->venue;
    parts[FEATURE_CONTENT] = reading->content.content;
    parts[FEATURE_TASTE] = candidate->taste;
    parts[FEATURE_SIGNALS] =
            votes_score(signal_value(&candidate->signals, SIGNAL_HF_VOTES));
    parts[FEATURE_CITATIONS] = citations_score(signal_value(&candidate->signals,
            SIGNAL_CITATIONS));
    for (int i = 0; i < FEATURE_COUNT; i++)
        scored.score += parts[i];
    return scored;
}

struct scored selection_score(const struct candidate *candidate,
        const struct subscription *subscription, struct arena *arena)
{
    struct wishes wishes = wishes_of(subscription, arena);

    return score_candidate(candidate, &wishes, arena);
}

/* --- rank --- */

static bool fits(const struct candidate *candidate, const struct wishes *wishes)
{
    bool primary;

    if (candidate->announce == ANNOUNCE_REPLACE ||
            candidate->announce == ANNOUNCE_REPLACE_CROSS ||
            candidate->paper->withdrawn)
        return false;
    return wishes->categories->count == 0 ||
            wanted_category(candidate->paper, wishes, &primary) <
            wishes->categories->count;
}

/* Which of two rows of one id stands for it: the announcement as new, then the
 * later version. */
static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = strcmp(a->paper->id, b->paper->id);
    int a_cross = a->announce == ANNOUNCE_CROSS;
    int b_cross = b->announce == ANNOUNCE_CROSS;

    if (order != 0)
        return order;
    if (a_cross != b_cross)
        return a_cross - b_cross;
    return (a->paper->version < b->paper->version) -
            (a->paper->version > b->paper->version);
}

static int compare_scored(const void *left, const void *right)
{
    const struct scored *a = left, *b = right;

    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    return strcmp(a->paper->id, b->paper->id);
}

struct scored_list selection_rank(const struct candidate *candidates,
        size_t count, const struct subscription *subscription,
        struct arena *arena)
{
    struct candidate *fitting = arena_array(arena, struct candidate, count + 1);
    struct scored_list ranked = {
            .items = arena_array(arena, struct scored, count + 1)};
    struct wishes wishes = wishes_of(subscription, arena);
    size_t fitting_count = 0;

    for (size_t i = 0; i < count; i++)
        if (fits(&candidates[i], &wishes))
            fitting[fitting_count++] = candidates[i];
    qsort(fitting, fitting_count, sizeof *fitting, compare_candidates);
    for (size_t i = 0; i < fitting_count; i++)
        if (i == 0 ||
                !text_same(fitting[i].paper->id, fitting[i - 1].paper->id))
            ranked.items[ranked.count++] =
                    score_candidate(&fitting[i], &wishes, arena);
    qsort(ranked.items, ranked.count, sizeof *ranked.items, compare_scored);
    return ranked;
}
