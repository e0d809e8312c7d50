/*
 * How well the selection agrees with what people picked:
 *   selection_bench SCORES.tsv WEEK.jsonl.gz...
 * Each week is scored by a model that was learnt from the others, with the
 * program's own code.  SCORES.tsv has what other ways gave the same papers, each
 * row "method id score"; a row "method ! milliseconds" is the time for ranking
 * 2,000 read papers.
 */
#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/selection.h"
#include "tests/support/content_training.h"
#include "tests/support/selection_measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum {
    WEEKS_MAX = 64,
    DAYS_MAX = 512,
    SPEED_PAPERS = 2000,
    SPEED_ROUNDS = 21,
};

struct bench {
    struct arena arena;
    struct paper_file files[WEEKS_MAX];
    const char *names[WEEKS_MAX];
    size_t week_count;
    struct content_examples examples;
    struct selection_reading *readings; /* beside the examples */
    const struct paper **papers;
    int *week; /* of an example */
    int *votes;
    bool *weekly;
};

/* --- reading --- */

/* "2025-W16" of ".../candidates-2025-W16.jsonl.gz". */
static const char *week_name(struct arena *arena, const char *path)
{
    const char *dash = strrchr(path, '/');
    const char *name = dash ? strchr(dash, '-') : strchr(path, '-');

    return name ? arena_string_n(arena, name + 1, strcspn(name + 1, "."))
                : path;
}

static void read_week(struct bench *bench, const char *path)
{
    struct paper_file *file = &bench->files[bench->week_count];

    *file = paper_file_read(&bench->arena, path);
    bench->names[bench->week_count++] = week_name(&bench->arena, path);
    content_training_add(&bench->examples, file, &bench->arena);
}

static void read_papers(struct bench *bench)
{
    size_t count = bench->examples.count, at = 0;
    struct arena *arena = &bench->arena;

    bench->readings = arena_array(arena, struct selection_reading, count + 1);
    bench->papers = arena_array(arena, const struct paper *, count + 1);
    bench->week = arena_array(arena, int, count + 1);
    bench->votes = arena_array(arena, int, count + 1);
    bench->weekly = arena_array(arena, bool, count + 1);
    for (size_t w = 0; w < bench->week_count; w++) {
        const struct paper_file *file = &bench->files[w];
        for (size_t i = 0; i < file->papers.count; i++, at++) {
            bench->papers[at] = &file->papers.items[i];
            bench->readings[at] = selection_read(bench->papers[at], arena);
            bench->week[at] = (int)w;
            bench->votes[at] = file->votes[i];
            bench->weekly[at] = file->weekly[i];
        }
    }
}

/* --- ways of scoring --- */

typedef void score_fn(struct bench *bench, double *scores);

static void score_by_chance(struct bench *bench, double *scores)
{
    struct chance_seed seed = {1};
    struct random_source chance = chance_seeded(&seed);

    for (size_t i = 0; i < bench->examples.count; i++)
        scores[i] = (double)chance.below(chance.state, 1 << 30);
}

/* The lowest number first, as a listing has it. */
static void score_by_order(struct bench *bench, double *scores)
{
    for (size_t i = 0; i < bench->examples.count; i++)
        scores[i] = -strtod(bench->papers[i]->id, NULL);
}

static void score_by_authors(struct bench *bench, double *scores)
{
    for (size_t i = 0; i < bench->examples.count; i++)
        scores[i] = (double)bench->papers[i]->authors.count;
}

static void score_by_words(struct bench *bench, double *scores)
{
    static const char *const words[] = {"agent", "benchmark", "diffusion",
            "foundation model", "github", "large language model", "multimodal",
            "open source", "project page", "reasoning",
            "reinforcement learning", "scaling", "state of the art",
            "video generation", "vision language", "world model", NULL};

    for (size_t i = 0; i < bench->examples.count; i++) {
        const struct match_paper *text = &bench->readings[i].text;
        scores[i] = 0;
        for (const char *const *word = words; *word; word++)
            scores[i] += 2 * selection_match_phrase(text->title, *word) +
                    (selection_match_phrase(text->abstract, *word) ||
                            strstr(text->comment, *word) != NULL);
    }
}

/* The whole score of a channel that asks for nothing. */
static double score_of(const struct bench *bench, size_t example,
        const struct content_model *model, struct arena *arena)
{
    const struct subscription everything = {0};
    struct selection_reading reading = bench->readings[example];
    const struct candidate candidate = {.paper = bench->papers[example],
            .reading = &reading};

    reading.content = content_score(model, &reading.text, arena);
    return selection_score(&candidate, &everything, arena).score;
}

static void score_by_model(struct bench *bench,
        const struct content_settings *settings, double *scores)
{
    struct arena arena = {0};
    size_t count = bench->examples.count;
    bool *left_out = arena_array(&arena, bool, count + 1);

    for (size_t w = 0; w < bench->week_count; w++) {
        for (size_t i = 0; i < count; i++)
            left_out[i] = bench->week[i] == (int)w;
        const struct content_model model =
                content_training_fit(&bench->examples, left_out, settings);
        for (size_t i = 0; i < count; i++) {
            struct arena one = {0};
            if (left_out[i])
                scores[i] = score_of(bench, i, &model, &one);
            arena_finish(&one);
        }
    }
    arena_finish(&arena);
}

static void score_by_selection(struct bench *bench, double *scores)
{
    score_by_model(bench, &content_training_settings, scores);
}

/* --- measuring --- */

static struct measure measure_day(const struct bench *bench,
        const double *scores, int day, bool weekly)
{
    struct arena arena = {0};
    struct measured_paper *papers = arena_array(&arena, struct measured_paper,
            bench->examples.count + 1);
    struct measure measure = {0};
    size_t count = 0;

    for (size_t i = 0; i < bench->examples.count; i++)
        if (bench->examples.items[i].day == day)
            papers[count++] = (struct measured_paper){
                    .id = bench->papers[i]->id,
                    .score = scores[i],
                    .picked = weekly ? bench->weekly[i]
                                     : bench->examples.items[i].picked,
                    .votes = bench->votes[i],
            };
    selection_measure_day(&measure, papers, count);
    arena_finish(&arena);
    return measure;
}

static int week_of_day(const struct bench *bench, int day)
{
    for (size_t i = 0; i < bench->examples.count; i++)
        if (bench->examples.items[i].day == day)
            return bench->week[i];
    return -1;
}

static const char *date_of_day(const struct bench *bench, int day)
{
    size_t at = 0;

    for (size_t w = 0; w < bench->week_count; w++)
        for (size_t i = 0; i < bench->files[w].papers.count; i++, at++)
            if (bench->examples.items[at].day == day)
                return bench->files[w].dates[i];
    return "";
}

/* Of one week, or of all (-1). */
static struct measure measure_week(const struct bench *bench,
        const double *scores, int week, bool weekly)
{
    struct measure sum = {0};

    for (int day = 0; day < bench->examples.days; day++) {
        if (week >= 0 && week_of_day(bench, day) != week)
            continue;
        struct measure one = measure_day(bench, scores, day, weekly);
        selection_measure_add(&sum, &one);
    }
    return sum;
}

static void print_row(const char *name, const struct measure *measure)
{
    double days = measure->days > 0 ? measure->days : 1;

    printf("%-36s %5.3f %5.3f %7.3f %5.3f\n", name, measure->first5 / days,
            measure->first10 / days, measure->gain10 / days,
            measure->area / days);
}

static void print_head(const char *title)
{
    printf("\n%-36s %5s %5s %7s %5s\n", title, "P@5", "P@10", "nDCG@10", "AUC");
}

static void print_all(const struct bench *bench, const char *name,
        const double *scores)
{
    struct measure all = measure_week(bench, scores, -1, false);

    print_row(name, &all);
    fflush(stdout);
}

/* --- what others gave --- */

struct others {
    struct {
        const char *name;
        double *scores;
        double milliseconds;
    } items[8];
    size_t count;
};

static size_t other_of(struct others *others, const char *name,
        struct bench *bench)
{
    const size_t most = sizeof others->items / sizeof *others->items;

    for (size_t i = 0; i < others->count; i++)
        if (text_same(others->items[i].name, name))
            return i;
    if (others->count == most)
        fail_msg("more than %zu other ways", most);
    others->items[others->count].name = arena_string(&bench->arena, name);
    others->items[others->count].scores =
            arena_array(&bench->arena, double, bench->examples.count + 1);
    return others->count++;
}

static void read_others(struct bench *bench, const char *path,
        struct others *others)
{
    char name[64], id[32];
    double number;
    size_t at = 0;
    FILE *file = fopen(path, "r");

    while (file && fscanf(file, "%63s %31s %lf", name, id, &number) == 3) {
        size_t other = other_of(others, name, bench);
        if (text_same(id, "!")) {
            others->items[other].milliseconds = number;
            continue;
        }
        for (size_t tried = 0; tried < bench->examples.count; tried++, at++) {
            at %= bench->examples.count;
            if (text_same(bench->papers[at]->id, id))
                break;
        }
        others->items[other].scores[at] = number;
    }
    if (file)
        fclose(file);
}

/* --- speed --- */

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_times(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The median of ranking and choosing of read papers for one channel. */
static double rank_time(const struct bench *bench, size_t count)
{
    static const char *categories[] = {"cs.LG", "cs.CV", "cs.CL", "cs.AI"};
    static const char *words[] = {"diffusion", "robot", "language model"};
    static const char *names[] = {"Chelsea Finn"}, *unwanted[] = {"survey"};
    const struct subscription wanted = {.categories = {categories, 4},
            .words = {words, 3},
            .authors = {names, 1},
            .unwanted = {unwanted, 1}};
    double times[SPEED_ROUNDS];

    for (int round = 0; round < SPEED_ROUNDS; round++) {
        struct arena arena = {0};
        struct candidate *candidates =
                arena_array(&arena, struct candidate, count + 1);
        for (size_t i = 0; i < count; i++)
            candidates[i] = (struct candidate){.paper = bench->papers[i],
                    .announce = ANNOUNCE_NEW,
                    .reading = &bench->readings[i]};
        double from = milliseconds();
        struct scored_list ranked =
                selection_rank(candidates, count, &wanted, &arena);
        selection_choose(&ranked, 9, MIX_FAIR, &arena);
        times[round] = milliseconds() - from;
        arena_finish(&arena);
    }
    qsort(times, SPEED_ROUNDS, sizeof *times, compare_times);
    return times[SPEED_ROUNDS / 2];
}

static double read_time(const struct bench *bench, size_t count)
{
    struct arena arena = {0};
    double from = milliseconds();

    for (size_t i = 0; i < count; i++)
        selection_read(bench->papers[i], &arena);
    arena_finish(&arena);
    return milliseconds() - from;
}

static void print_speed(const struct bench *bench, const struct others *others)
{
    size_t count = bench->examples.count < SPEED_PAPERS ? bench->examples.count
                                                        : SPEED_PAPERS;

    printf("\n%-36s %8s\n", "ranking 2,000 papers for a channel", "ms");
    printf("%-36s %8.2f\n", "paperboy, papers read before",
            rank_time(bench, count));
    printf("%-36s %8.2f\n", "paperboy, reading them (once a paper)",
            read_time(bench, count));
    for (size_t i = 0; i < others->count; i++)
        printf("%-36s %8.2f\n", others->items[i].name,
                others->items[i].milliseconds);
}

/* --- the tables --- */

static const struct {
    const char *name;
    score_fn *score;
} ways[] = {
        {"chance", score_by_chance},
        {"arXiv's order", score_by_order},
        {"number of authors", score_by_authors},
        {"a list of words", score_by_words},
};

static void print_weeks(const struct bench *bench, const double *scores)
{
    print_head("paperboy, a day and a week");
    for (int day = 0; day < bench->examples.days; day++) {
        struct measure one = measure_day(bench, scores, day, false);
        if (one.days > 0)
            print_row(date_of_day(bench, day), &one);
    }
    for (size_t w = 0; w < bench->week_count; w++) {
        struct measure week = measure_week(bench, scores, (int)w, false);
        print_row(bench->names[w], &week);
    }
}

static void print_groups(struct bench *bench, double *scores)
{
    print_head("paperboy without");
    for (enum content_group group = 0; group < GROUP_COUNT; group++) {
        struct content_settings settings = content_training_settings;
        settings.strength[group] = 0;
        score_by_model(bench, &settings, scores);
        print_all(bench, content_training_group_name(group), scores);
    }
}

static void print_ways(struct bench *bench, const struct others *others,
        const double *ours, double *scores)
{
    print_head("all weeks, each unseen");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        ways[i].score(bench, scores);
        print_all(bench, ways[i].name, scores);
    }
    for (size_t i = 0; i < others->count; i++)
        print_all(bench, others->items[i].name, others->items[i].scores);
    print_all(bench, "paperboy", ours);
    struct measure weekly = measure_week(bench, ours, -1, true);
    print_row("paperboy, the weekly top ten", &weekly);
}

int main(int count, char **arguments)
{
    static struct bench bench;
    struct others others = {0};

    if (count < 3 || count - 2 > WEEKS_MAX) {
        fprintf(stderr, "usage: selection_bench SCORES.tsv WEEK.jsonl.gz...\n");
        return 2;
    }
    for (int i = 2; i < count; i++)
        read_week(&bench, arguments[i]);
    read_papers(&bench);
    read_others(&bench, arguments[1], &others);
    double *ours = arena_array(&bench.arena, double, bench.examples.count + 1);
    double *scores =
            arena_array(&bench.arena, double, bench.examples.count + 1);
    score_by_selection(&bench, ours);
    print_ways(&bench, &others, ours, scores);
    print_weeks(&bench, ours);
    print_groups(&bench, scores);
    print_speed(&bench, &others);
    arena_finish(&bench.arena);
    return 0;
}
