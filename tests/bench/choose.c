/* From a day's papers to the nine of one channel, in milliseconds of the
 * processor: ranking and choosing, and what is read of the papers once, whatever the
 * number of channels. */
#include "bot/selection.h"
#include "tests/support/bench_data.h"
#include "tests/support/paper_file.h"
#include "tests/support/stopwatch.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    ROUNDS = 21,
    CHOSEN = 9,
};

static struct string_list list_of(const char **items, size_t count)
{
    return (struct string_list){items, count};
}

static struct subscription subscription(void)
{
    static const char *categories[] = {"cs.LG", "cs.CV", "cs.CL", "eess.AS",
            "cs.RO"};
    static const char *wanted[] = {"diffusion model", "reinforcement learning",
            "speech"};
    static const char *authors[] = {"Ada Berg"};
    static const char *unwanted[] = {"survey"};

    return (struct subscription){
            .categories = list_of(categories, 5),
            .words = list_of(wanted, 3),
            .authors = list_of(authors, 1),
            .unwanted = list_of(unwanted, 1),
    };
}

static int compare_times(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static struct candidate *candidates_of(const struct paper_list *papers,
        struct arena *arena)
{
    struct candidate *candidates =
            arena_array(arena, struct candidate, papers->count);
    struct selection_reading *readings =
            arena_array(arena, struct selection_reading, papers->count);

    for (size_t i = 0; i < papers->count; i++) {
        readings[i] = selection_read(&papers->items[i], arena);
        candidates[i] = (struct candidate){.paper = &papers->items[i],
                .announce = ANNOUNCE_NEW,
                .reading = &readings[i]};
    }
    return candidates;
}

static double choose_once(const struct candidate *candidates, size_t count,
        const struct subscription *wanted)
{
    struct arena arena = {0};
    double begin = stopwatch_cpu_seconds();
    struct scored_list ranked =
            selection_rank(candidates, count, wanted, &arena);
    struct scored_list chosen =
            selection_choose(&ranked, CHOSEN, MIX_FAIR, &arena);
    double passed = stopwatch_cpu_seconds() - begin;

    if (chosen.count != CHOSEN) {
        fprintf(stderr, "%zu papers were chosen of %zu\n", chosen.count, count);
        exit(1);
    }
    arena_finish(&arena);
    return passed * 1e3;
}

int main(void)
{
    struct arena arena = {0};
    struct paper_list papers =
            paper_file_read(&arena, bench_data_path(&arena, "day.jsonl"))
                    .papers;
    struct subscription wanted = subscription();
    double times[ROUNDS], begin = stopwatch_cpu_seconds();
    struct candidate *candidates = candidates_of(&papers, &arena);
    double reading = stopwatch_cpu_seconds() - begin;

    for (size_t i = 0; i < ROUNDS; i++)
        times[i] = choose_once(candidates, papers.count, &wanted);
    qsort(times, ROUNDS, sizeof *times, compare_times);
    printf("ms=%.3f reading_ms=%.1f papers=%zu\n", times[ROUNDS / 2],
            reading * 1e3, papers.count);
    arena_finish(&arena);
    return 0;
}
