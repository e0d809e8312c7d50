#include "bot/similar.h"

#include "bot/base/text.h"
#include "bot/similar_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TELLING_MAX = 8,       /* words that others are looked for by */
    RARE_MAX = 60,         /* papers: a word of so few finds them all */
    TOGETHER_MAX = 30,     /* papers that are taken of those with two words */
    CANDIDATES_MAX = 1000, /* that are counted */
    COMPARED_MAX = 150,    /* that are read and compared */
    TITLE_MAX = 8,         /* words of a title that others are looked for by */
    SHARED_MIN = 2,        /* words */
    TITLES_SHARED_MIN = 2, /* words that stand in both titles */
    FEW = 3,               /* papers: so many are wanted at least */
    WINDOW_DAYS_MAX = 1 << 14,
};

/* Read on real papers: below this half of what is found is about something
 * else. */
static const double likeness_min = 0.15;
/* Of papers whose titles share words.  A day's papers are so few that words which
 * only happen to be in an abstract look rare, and what a title says weighs
 * little. */
static const double likeness_of_kin_min = 0.05;

/* A word of the paper with its weight: how often it stands there, times how few
 * papers have it. */
struct weighed {
    const struct similar_word *word;
    size_t papers; /* that have it, about */
    double rarity, weight;
};

struct candidate {
    const char *id;
    double weight; /* of the telling words it is known to have */
};

struct comparing {
    struct store *store;
    const struct paper *paper;
    struct arena *arena;
    struct error *err;
    struct similar_words words;
    struct weighed *weighed; /* by stem, as the words */
    struct weighed telling[TELLING_MAX];
    size_t telling_count;
    double usual_rarity;     /* of a word that the paper does not have */
    double length;           /* of the paper's weights */
    size_t papers;           /* that are stored */
    struct civil_date since; /* the papers since then are a sample */
    size_t sampled;
    struct candidate *candidates;
    size_t candidate_count;
};

/* --- how many papers have a word --- */

static bool count(struct comparing *comparing, const char *word,
        struct civil_date since, size_t *total, bool *more)
{
    const struct search_term term = {SEARCH_WORD, word, false};
    const struct search_query query = {.terms = &term,
            .count = word != NULL,
            .since = since};
    struct search_result result;

    if (!store_search(comparing->store, &query, comparing->arena, &result,
                comparing->err))
        return false;
    *total = result.total;
    *more = result.more;
    return true;
}

/* The newest papers, as many as can be counted exactly. */
static bool find_sample(struct comparing *comparing, struct civil_date today)
{
    bool more = false;

    for (int days = 1; days <= WINDOW_DAYS_MAX && !more; days *= 2) {
        struct civil_date since = civil_date_plus(today, -days);
        size_t total = 0;
        if (!count(comparing, NULL, since, &total, &more))
            return false;
        if (!more && total > 0) {
            comparing->since = since;
            comparing->sampled = total;
        }
    }
    return true;
}

/* Exactly if they can be counted; else by their part of the sample. */
static bool count_papers(struct comparing *comparing, const char *word,
        size_t *papers)
{
    size_t part = 0;
    bool more = false;

    if (!count(comparing, word, (struct civil_date){0}, papers, &more))
        return false;
    if (!more || comparing->sampled == 0)
        return true;
    if (!count(comparing, word, comparing->since, &part, &more))
        return false;
    size_t scaled = comparing->papers / comparing->sampled * part;
    if (scaled > *papers)
        *papers = scaled;
    return true;
}

static double rarity_of(const struct comparing *comparing, size_t papers)
{
    double all = (double)comparing->papers + 1;
    double rarity = log(all / ((double)papers + 1));

    return rarity > 0 ? rarity : 0;
}

static double weight_of(unsigned times, double rarity)
{
    return (1 + log((double)times)) * rarity;
}

static int by_weight(const void *a, const void *b)
{
    const struct weighed *one = a, *other = b;

    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return strcmp(one->word->stem, other->word->stem);
}

/* A word that no other paper has leads nowhere. */
static void choose_telling(struct comparing *comparing)
{
    struct weighed *sorted = arena_array(comparing->arena, struct weighed,
            comparing->words.count + 1);

    for (size_t i = 0; i < comparing->words.count; i++)
        sorted[i] = comparing->weighed[i];
    if (comparing->words.count > 0)
        qsort(sorted, comparing->words.count, sizeof *sorted, by_weight);
    for (size_t i = 0; i < comparing->words.count &&
            comparing->telling_count < TELLING_MAX;
            i++)
        if (sorted[i].papers > 1)
            comparing->telling[comparing->telling_count++] = sorted[i];
}

static bool weigh(struct comparing *comparing)
{
    size_t words = comparing->words.count;
    double sum = 0, squares = 0;

    comparing->weighed =
            arena_array(comparing->arena, struct weighed, words + 1);
    for (size_t i = 0; i < words; i++) {
        struct weighed *weighed = &comparing->weighed[i];
        weighed->word = &comparing->words.items[i];
        if (!count_papers(comparing, weighed->word->token, &weighed->papers))
            return false;
        weighed->rarity = rarity_of(comparing, weighed->papers);
        weighed->weight = weight_of(weighed->word->times, weighed->rarity);
        sum += weighed->rarity;
        squares += weighed->weight * weighed->weight;
    }
    comparing->usual_rarity = words > 0 ? sum / (double)words : 0;
    comparing->length = sqrt(squares);
    choose_telling(comparing);
    return true;
}

/* --- who may be alike --- */

static void add_candidate(struct comparing *comparing, const char *id,
        double weight)
{
    if (text_same(id, comparing->paper->id))
        return;
    for (size_t i = 0; i < comparing->candidate_count; i++)
        if (text_same(comparing->candidates[i].id, id)) {
            comparing->candidates[i].weight += weight;
            return;
        }
    if (comparing->candidate_count < CANDIDATES_MAX)
        comparing->candidates[comparing->candidate_count++] =
                (struct candidate){id, weight};
}

static bool look_for(struct comparing *comparing,
        const struct weighed *const words[2], size_t limit)
{
    struct search_term terms[2];
    struct search_query query = {.terms = terms, .limit = limit};
    struct search_result result;
    double weight = 0;

    for (; query.count < 2 && words[query.count] != NULL; query.count++) {
        terms[query.count] = (struct search_term){SEARCH_WORD,
                words[query.count]->word->token, false};
        weight += words[query.count]->weight;
    }
    if (!store_search(comparing->store, &query, comparing->arena, &result,
                comparing->err))
        return false;
    for (size_t i = 0; i < result.count; i++)
        add_candidate(comparing, result.ids[i], weight);
    return true;
}

static bool look_for_both(struct comparing *comparing,
        const struct weighed *words, size_t count, size_t first)
{
    for (size_t i = first + 1; i < count; i++) {
        const struct weighed *const both[2] = {&words[first], &words[i]};
        if (!look_for(comparing, both, TOGETHER_MAX))
            return false;
    }
    return true;
}

/* Those with a rare word, and those with two telling ones. */
static bool gather(struct comparing *comparing)
{
    const struct weighed *telling = comparing->telling;

    comparing->candidates =
            arena_array(comparing->arena, struct candidate, CANDIDATES_MAX);
    for (size_t i = 0; i < comparing->telling_count; i++) {
        const struct weighed *const alone[2] = {&telling[i], NULL};
        if (telling[i].papers <= RARE_MAX &&
                !look_for(comparing, alone, RARE_MAX))
            return false;
        if (!look_for_both(comparing, telling, comparing->telling_count, i))
            return false;
    }
    return true;
}

/* Those with two words of the title. */
static bool gather_kin(struct comparing *comparing)
{
    struct weighed title[TITLE_MAX];
    size_t count_title = 0;

    for (size_t i = 0; i < comparing->words.count && count_title < TITLE_MAX;
            i++)
        if (comparing->words.items[i].in_title &&
                comparing->weighed[i].papers > 1)
            title[count_title++] = comparing->weighed[i];
    for (size_t i = 0; i < count_title; i++)
        if (!look_for_both(comparing, title, count_title, i))
            return false;
    return true;
}

static int heaviest_first(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;

    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return strcmp(one->id, other->id);
}

/* --- comparing --- */

/* Of a word that both have. */
struct shared {
    const struct weighed *weighed;
    double product;
};

static int most_first(const void *a, const void *b)
{
    const struct shared *one = a, *other = b;

    if (one->product != other->product)
        return one->product > other->product ? -1 : 1;
    return strcmp(one->weighed->word->stem, other->weighed->word->stem);
}

static void keep_shared(struct similar_paper *similar, struct shared *shared,
        size_t count_shared)
{
    qsort(shared, count_shared, sizeof *shared, most_first);
    for (size_t i = 0; i < count_shared && i < SIMILAR_SHARED_MAX; i++)
        similar->shared[similar->shared_count++] =
                shared[i].weighed->word->shown;
}

/* True if the two are alike, or kin. */
static bool compare(const struct comparing *comparing,
        const struct paper *paper, struct similar_paper *similar)
{
    struct similar_words words = similar_words_of(comparing->arena, paper);
    struct shared *shared = arena_array(comparing->arena, struct shared,
            comparing->words.count + 1);
    size_t count_shared = 0, in_titles = 0;
    double products = 0, squares = 0;

    *similar = (struct similar_paper){.paper = paper};
    for (size_t i = 0; i < words.count; i++) {
        const struct similar_word *mine =
                similar_words_find(&comparing->words, words.items[i].stem);
        double rarity = comparing->usual_rarity;
        if (mine != NULL)
            rarity = comparing->weighed[mine - comparing->words.items].rarity;
        double weight = weight_of(words.items[i].times, rarity);
        squares += weight * weight;
        if (mine == NULL)
            continue;
        in_titles += mine->in_title && words.items[i].in_title;
        struct shared *at = &shared[count_shared++];
        at->weighed = &comparing->weighed[mine - comparing->words.items];
        at->product = weight * at->weighed->weight;
        products += at->product;
    }
    if (count_shared < SHARED_MIN || products <= 0)
        return false;
    similar->likeness = products / (comparing->length * sqrt(squares));
    keep_shared(similar, shared, count_shared);
    return similar->likeness >= likeness_min ||
            (in_titles >= TITLES_SHARED_MIN &&
                    similar->likeness >= likeness_of_kin_min);
}

static int most_alike_first(const void *a, const void *b)
{
    const struct similar_paper *one = a, *other = b;

    if (one->likeness != other->likeness)
        return one->likeness > other->likeness ? -1 : 1;
    return strcmp(one->paper->id, other->paper->id);
}

/* All that are alike, and of kin so many that they are a few. */
static void keep_alike(struct similar_list *list)
{
    size_t kept = 0;

    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, most_alike_first);
    while (kept < list->count && kept < SIMILAR_MAX &&
            (kept < FEW || list->items[kept].likeness >= likeness_min))
        kept++;
    list->count = kept;
}

static bool compare_all(struct comparing *comparing, struct similar_list *list)
{
    size_t most = comparing->candidate_count < COMPARED_MAX
            ? comparing->candidate_count
            : COMPARED_MAX;

    if (comparing->candidate_count > 0)
        qsort(comparing->candidates, comparing->candidate_count,
                sizeof *comparing->candidates, heaviest_first);
    list->items = arena_array(comparing->arena, struct similar_paper, most + 1);
    list->count = 0;
    for (size_t i = 0; i < most; i++) {
        struct paper *paper = NULL;
        if (!store_paper_get(comparing->store, comparing->candidates[i].id,
                    comparing->arena, &paper, comparing->err))
            return false;
        if (paper == NULL || paper->withdrawn)
            continue;
        list->count += compare(comparing, paper, &list->items[list->count]);
    }
    keep_alike(list);
    return true;
}

bool similar_find(struct store *store, const struct paper *paper,
        struct civil_date today, struct arena *arena, struct similar_list *list,
        struct error *err)
{
    struct comparing comparing = {.store = store,
            .paper = paper,
            .arena = arena,
            .err = err,
            .words = similar_words_of(arena, paper)};
    struct store_counts counts;

    *list = (struct similar_list){0};
    if (!store_count(store, &counts, err))
        return false;
    comparing.papers = (size_t)counts.papers;
    return find_sample(&comparing, today) && weigh(&comparing) &&
            gather(&comparing) && compare_all(&comparing, list) &&
            (list->count >= FEW ||
                    (gather_kin(&comparing) && compare_all(&comparing, list)));
}
