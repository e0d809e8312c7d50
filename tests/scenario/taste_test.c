/*
 * Readers who vote by an interest that nobody told the channel.
 *
 * Each morning of the public evaluation weeks such a reader looks at the best 30
 * of the channel's ranking and votes on 10 of them: up for at most five that are
 * of the interest, down for others, from the top.  What counts is how many of
 * the first ten are of the interest: on the first ten mornings as the channel
 * would have been without votes, and on those that follow with what it learnt.
 */
#include "bot/base/text.h"
#include "bot/selection.h"
#include "bot/taste.h"
#include "tests/support/paper_file.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    VOTES_A_DAY = 10,
    UPS_A_DAY = 5,
    LOOKED_AT = 30,
    FIRST = 10, /* papers that count, and mornings that are voted on */
    DAYS_MAX = 64,
};

static const char *const weeks[] = {"2025-W16", "2025-W21", "2025-W22",
        "2026-W05", "2026-W21"};

/* A paper is of an interest if its title or abstract has one of the words. */
static const struct interest {
    const char *name;
    const char *words[4];
} interests[] = {
        {"robots", {"robot"}},
        {"speech and sound", {"speech", "audio"}},
        {"splatting", {"gaussian splat", "radiance field"}},
        {"medicine", {"clinical", "medical", "patient"}},
        {"video generation", {"video generation", "video diffusion"}},
        {"knowledge graphs", {"knowledge graph"}},
        {"reinforcement", {"reinforcement learning"}},
        {"agents at a screen", {"gui agent", "web agent", "computer use"}},
};

/* A paper with what no vote changes. */
struct read_paper {
    const struct paper *paper;
    struct taste_paper_words words;
    int score; /* without votes */
};

struct morning {
    const char *date;
    struct read_paper *papers;
    size_t count;
};

struct weeks {
    struct arena arena;
    struct paper_file files[sizeof weeks / sizeof *weeks];
    struct morning mornings[DAYS_MAX];
    size_t count;
};

static bool is_of(const struct interest *interest, const struct paper *paper,
        struct arena *arena)
{
    const char *text = text_fold(arena,
            arena_format(arena, "%s %s", paper->title, paper->abstract));

    for (size_t i = 0; i < 4 && interest->words[i] != NULL; i++)
        if (strstr(text, interest->words[i]) != NULL)
            return true;
    return false;
}

/* --- one reader --- */

struct reader {
    struct store *store;
    int64_t channel_id;
    const struct interest *interest;
    int votes;
};

/* A place in a morning's order. */
struct place {
    const struct paper *paper;
    int score;
};

struct order {
    struct place *items;
    size_t count;
};

/* As selection.h has it: the greater sum first, ties by id. */
static int compare_places(const void *a, const void *b)
{
    const struct place *one = a, *other = b;

    if (one->score != other->score)
        return other->score - one->score;
    return strcmp(one->paper->id, other->paper->id);
}

static struct order ranked(const struct morning *morning,
        const struct taste *taste, struct arena *arena)
{
    struct order order = {arena_array(arena, struct place, morning->count),
            morning->count};

    for (size_t i = 0; i < morning->count; i++) {
        const struct read_paper *read = &morning->papers[i];
        order.items[i] = (struct place){read->paper,
                read->score + taste_score_words(taste, &read->words, arena)};
    }
    qsort(order.items, order.count, sizeof *order.items, compare_places);
    return order;
}

static int found_in(const struct reader *reader, const struct order *list,
        struct arena *arena)
{
    int found = 0;

    for (size_t i = 0; i < FIRST && i < list->count; i++)
        found += is_of(reader->interest, list->items[i].paper, arena);
    return found;
}

static void cast(struct reader *reader, const struct paper *paper, int value)
{
    const struct vote vote = {.person = "reader",
            .paper_id = paper->id,
            .value = value,
            .voted_ms = ++reader->votes};
    enum store_change change;
    struct error err;
    int before;

    if (!store_paper_put(reader->store, paper, 1, &change, &err) ||
            !taste_vote(reader->store, reader->channel_id, &vote, &before,
                    &err))
        fail_msg("%s", err.text);
}

static void vote_on(struct reader *reader, const struct order *list,
        struct arena *arena)
{
    int left = VOTES_A_DAY, ups = UPS_A_DAY;

    for (size_t i = 0; i < LOOKED_AT && i < list->count && ups > 0; i++)
        if (is_of(reader->interest, list->items[i].paper, arena)) {
            cast(reader, list->items[i].paper, VOTE_UP);
            ups--;
            left--;
        }
    for (size_t i = 0; i < LOOKED_AT && i < list->count && left > 0; i++)
        if (!is_of(reader->interest, list->items[i].paper, arena)) {
            cast(reader, list->items[i].paper, VOTE_DOWN);
            left--;
        }
}

struct outcome {
    int start, later_without, later; /* found in the first ten */
    int mornings, later_mornings;
};

static struct outcome live(struct reader *reader, const struct weeks *all)
{
    static const struct taste none;
    struct outcome outcome = {0};

    for (size_t i = 0; i < all->count; i++) {
        struct arena arena = {0};
        struct taste taste;
        assert_true(store_taste_get(reader->store, reader->channel_id, &arena,
                &taste, NULL));
        struct order plain = ranked(&all->mornings[i], &none, &arena);
        struct order learnt = ranked(&all->mornings[i], &taste, &arena);
        if (i < FIRST) {
            outcome.start += found_in(reader, &plain, &arena);
            outcome.mornings++;
            vote_on(reader, &learnt, &arena);
        } else {
            outcome.later_without += found_in(reader, &plain, &arena);
            outcome.later += found_in(reader, &learnt, &arena);
            outcome.later_mornings++;
        }
        arena_finish(&arena);
    }
    return outcome;
}

/* --- all of them --- */

static double precision(int found, int mornings)
{
    return mornings == 0 ? 0 : (double)found / (mornings * FIRST);
}

static struct read_paper read_paper(const struct paper *paper,
        struct arena *arena)
{
    const struct candidate candidate = {.paper = paper,
            .announce = ANNOUNCE_NEW};
    const struct subscription all = {0};

    return (struct read_paper){paper, taste_words_of(paper, arena),
            selection_score(&candidate, &all, arena).score};
}

static struct morning *morning_of(struct weeks *all, const char *date,
        size_t papers)
{
    for (size_t i = 0; i < all->count; i++)
        if (text_same(all->mornings[i].date, date))
            return &all->mornings[i];
    assert_true(all->count < DAYS_MAX);
    all->mornings[all->count] = (struct morning){.date = date,
            .papers = arena_array(&all->arena, struct read_paper, papers)};
    return &all->mornings[all->count++];
}

static void add_file(struct weeks *all, const struct paper_file *file)
{
    for (size_t i = 0; i < file->papers.count; i++) {
        struct morning *morning =
                morning_of(all, file->dates[i], file->papers.count);
        morning->papers[morning->count++] =
                read_paper(&file->papers.items[i], &all->arena);
    }
}

static int by_date(const void *a, const void *b)
{
    const struct morning *one = a, *other = b;
    return strcmp(one->date, other->date);
}

static void read_weeks(struct weeks *all)
{
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        all->files[i] = paper_file_read(&all->arena,
                paper_file_shared(&all->arena,
                        arena_format(&all->arena,
                                "data/public/eval/candidates-%s.jsonl.gz",
                                weeks[i])));
        add_file(all, &all->files[i]);
    }
    qsort(all->mornings, all->count, sizeof *all->mornings, by_date);
}

static struct outcome live_with(const struct interest *interest,
        const struct weeks *all)
{
    struct store_fixture fixture;
    struct reader reader = {.interest = interest};

    store_fixture_open(&fixture, "memory");
    reader.store = fixture.store;
    assert_true(store_channel_put(reader.store, "home", "room", "team", 1,
            &reader.channel_id, NULL));
    struct outcome outcome = live(&reader, all);
    store_fixture_close(&fixture);
    return outcome;
}

static void test_ten_days_of_votes_double_what_a_reader_likes(void **state)
{
    (void)state;
    paper_file_need_shared();
    struct weeks all = {0};
    struct outcome sum = {0};

    read_weeks(&all);
    printf("# PRINT precision@10 of a hidden interest: at the start, later "
           "without votes, later with ten days of votes\n");
    for (size_t i = 0; i < sizeof interests / sizeof *interests; i++) {
        struct outcome one = live_with(&interests[i], &all);
        printf("# PRINT %-20s %.2f  %.2f  %.2f\n", interests[i].name,
                precision(one.start, one.mornings),
                precision(one.later_without, one.later_mornings),
                precision(one.later, one.later_mornings));
        sum.start += one.start;
        sum.later += one.later;
        sum.later_without += one.later_without;
        assert_true(precision(one.later, one.later_mornings) >=
                2 * precision(one.start, one.mornings));
    }
    assert_true(sum.later >= 2 * sum.later_without);
    arena_finish(&all.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_ten_days_of_votes_double_what_a_reader_likes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
