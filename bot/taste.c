#include "bot/taste.h"

#include "bot/taste_words.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* As if so many papers without any word had been voted too: the first votes
     * weigh less.  This and the next were chosen by tests/scenario/taste_test's
     * readers. */
    PAPERS_ASSUMED = 3,
    TITLE_TIMES = 2,
    SHARE = 1000, /* a whole, of shares */
};

/* From rarity's quarters of log2 to tenths of log odds. */
static const int64_t scale_times = 156, scale_parts = INT64_C(10) * SHARE;

/* --- what is known --- */

static int compare_words(const void *word, const void *known)
{
    return strcmp(word, ((const struct taste_word *)known)->word);
}

static const struct taste_word *find(const struct taste *taste,
        const char *word)
{
    if (taste->count == 0)
        return NULL;
    return bsearch(word, taste->items, taste->count, sizeof *taste->items,
            compare_words);
}

static int64_t share(int papers, int of)
{
    return (int64_t)papers * SHARE / (of + PAPERS_ASSUMED);
}

static int64_t worth(const struct taste_word *word,
        const struct taste_word *papers, int rarity, bool in_title)
{
    return (share(word->ups, papers->ups) - share(word->downs, papers->downs)) *
            rarity * rarity * (in_title ? TITLE_TIMES : 1);
}

/* The largest number whose square is not above n. */
static int64_t root(int64_t n)
{
    int64_t low = 0, high = INT64_C(1) << 20;

    while (high - low > 1) {
        int64_t middle = (low + high) / 2;
        if (middle * middle <= n)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int bounded(int64_t score)
{
    if (score > TASTE_SCORE_MAX)
        return TASTE_SCORE_MAX;
    return score < -TASTE_SCORE_MAX ? -TASTE_SCORE_MAX : (int)score;
}

/* --- a paper --- */

/* Its words, those that are known with their worth. */
struct judged {
    struct taste_paper_words words;
    int64_t *worths; /* as words */
    int64_t sum, length;
};

static struct judged judge(const struct taste *taste,
        const struct taste_paper_words *words, struct arena *arena)
{
    static const struct taste_word nothing;
    const struct taste_word *papers = find(taste, "");
    struct judged judged = {.words = *words};
    int64_t squares = 1;

    judged.worths = arena_array(arena, int64_t, judged.words.count + 1);
    for (size_t i = 0; i < judged.words.count; i++) {
        const struct taste_paper_word *word = &judged.words.items[i];
        const struct taste_word *known = find(taste, word->word);
        int rarity = taste_words_rarity(word->word);

        squares += (int64_t)rarity * rarity;
        judged.worths[i] = worth(known != NULL ? known : &nothing,
                papers != NULL ? papers : &nothing, rarity, word->in_title);
        judged.sum += judged.worths[i];
    }
    judged.length = root(squares);
    return judged;
}

static int64_t scaled(const struct judged *judged, int64_t worth_of_it)
{
    return worth_of_it * scale_times / (scale_parts * judged->length);
}

int taste_score(const struct taste *taste, const struct paper *paper,
        struct arena *arena)
{
    if (taste->count == 0)
        return 0;
    const struct taste_paper_words words = taste_words_of(paper, arena);
    return taste_score_words(taste, &words, arena);
}

int taste_score_words(const struct taste *taste,
        const struct taste_paper_words *words, struct arena *arena)
{
    if (taste->count == 0)
        return 0;
    struct judged judged = judge(taste, words, arena);
    return bounded(scaled(&judged, judged.sum));
}

static int compare_reasons(const void *a, const void *b)
{
    const struct taste_reason *one = a, *other = b;
    int difference = abs(other->score) - abs(one->score);

    return difference != 0 ? difference : strcmp(one->word, other->word);
}

struct taste_reasons taste_reasons_of(const struct taste *taste,
        const struct paper *paper, size_t most, struct arena *arena)
{
    const struct taste_paper_words words = taste_words_of(paper, arena);
    struct judged judged = judge(taste, &words, arena);
    struct taste_reasons reasons = {
            .items = arena_array(arena, struct taste_reason,
                    judged.words.count + 1)};

    for (size_t i = 0; i < judged.words.count; i++) {
        int score = bounded(scaled(&judged, judged.worths[i]));
        if (score != 0)
            reasons.items[reasons.count++] =
                    (struct taste_reason){judged.words.items[i].word, score};
    }
    if (reasons.count > 1)
        qsort(reasons.items, reasons.count, sizeof *reasons.items,
                compare_reasons);
    reasons.count = reasons.count < most ? reasons.count : most;
    return reasons;
}

/* --- learning --- */

/* What changes of a channel's words, in one go. */
struct learning {
    struct taste known;
    struct taste changed;
    size_t capacity;
    struct arena *arena;
};

static int not_below_zero(int number)
{
    return number > 0 ? number : 0;
}

static void count_word(struct learning *learning, const char *word, int ups,
        int downs)
{
    const struct taste_word *known = find(&learning->known, word);
    struct taste *changed = &learning->changed;

    if (known == NULL && ups <= 0 && downs <= 0)
        return; /* it was let go of, or never learnt */
    changed->items = arena_grow(learning->arena, changed->items, changed->count,
            &learning->capacity, sizeof *changed->items);
    changed->items[changed->count++] = (struct taste_word){
            .word = word,
            .ups = not_below_zero((known != NULL ? known->ups : 0) + ups),
            .downs = not_below_zero((known != NULL ? known->downs : 0) + downs),
    };
}

/* A paper with one vote more, or less, on either side. */
static void count_paper(struct learning *learning, const struct paper *paper,
        int ups, int downs)
{
    const struct taste_paper_words words =
            taste_words_of(paper, learning->arena);

    count_word(learning, "", ups, downs);
    for (size_t i = 0; i < words.count; i++)
        count_word(learning, words.items[i].word, ups, downs);
}

static int votes_of(const struct taste_word *word)
{
    return word->ups + word->downs;
}

/* Lets go of the words that were in the fewest papers, down to three quarters,
 * so that it is not for every vote. */
static bool trim(struct store *store, int64_t channel_id, struct arena *arena,
        struct error *err)
{
    struct taste taste, gone = {0};
    size_t left, capacity = 0;

    if (!store_taste_get(store, channel_id, arena, &taste, err))
        return false;
    left = taste.count;
    for (int votes = 1; left > TASTE_WORDS_MAX; votes++)
        for (size_t i = 0; i < taste.count && left > TASTE_WORDS_MAX * 3 / 4;
                i++) {
            if (*taste.items[i].word == '\0' ||
                    votes_of(&taste.items[i]) != votes)
                continue;
            gone.items = arena_grow(arena, gone.items, gone.count, &capacity,
                    sizeof *gone.items);
            gone.items[gone.count++] =
                    (struct taste_word){.word = taste.items[i].word};
            left--;
        }
    return gone.count == 0 || store_taste_put(store, channel_id, &gone, err);
}

static bool learn(struct store *store, int64_t channel_id,
        const struct vote *vote, int before, struct arena *arena,
        struct error *err)
{
    struct learning learning = {.arena = arena};
    struct paper *paper;

    if (!store_paper_get(store, vote->paper_id, arena, &paper, err) ||
            !store_taste_get(store, channel_id, arena, &learning.known, err))
        return false;
    if (paper == NULL)
        return true;
    count_paper(&learning, paper,
            (vote->value == VOTE_UP) - (before == VOTE_UP),
            (vote->value == VOTE_DOWN) - (before == VOTE_DOWN));
    return store_taste_put(store, channel_id, &learning.changed, err) &&
            (learning.known.count + learning.changed.count <= TASTE_WORDS_MAX ||
                    trim(store, channel_id, arena, err));
}

bool taste_vote(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    struct arena arena = {0};
    bool done = store_vote_put(store, channel_id, vote, before, err) &&
            (*before == vote->value ||
                    learn(store, channel_id, vote, *before, &arena, err));

    arena_finish(&arena);
    return done;
}

static bool forget_all(struct store *store, int64_t channel_id,
        struct arena *arena, struct error *err)
{
    struct taste taste;

    if (!store_taste_get(store, channel_id, arena, &taste, err))
        return false;
    for (size_t i = 0; i < taste.count; i++)
        taste.items[i].ups = taste.items[i].downs = 0;
    return store_taste_put(store, channel_id, &taste, err);
}

bool taste_relearn(struct store *store, int64_t channel_id, struct error *err)
{
    struct arena arena = {0};
    struct vote_list votes;
    bool done = forget_all(store, channel_id, &arena, err) &&
            store_vote_list(store, channel_id, TASTE_VOTES_MAX, &arena, &votes,
                    err);

    for (size_t i = 0; done && i < votes.count; i++) {
        struct arena one = {0};
        done = learn(store, channel_id, &votes.items[i], VOTE_NONE, &one, err);
        arena_finish(&one);
    }
    arena_finish(&arena);
    return done;
}
