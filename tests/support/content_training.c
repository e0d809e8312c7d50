#include "tests/support/content_training.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"

#include <math.h>
#include <string.h>

enum {
    ROUNDS = 40, /* over all examples; more change no byte's sign */
    NEWTON_STEPS = 12,
    RARE = 3, /* terms of fewer papers are not learnt */
    WEIGHT_MAX = 127,
    FACTS_AT = CONTENT_ALL_BUCKETS,
    TOPICS_AT = FACTS_AT + CONTENT_FACTS,
    DAYS_AT = TOPICS_AT + TOPIC_COUNT,
};

/* Chosen by leaving one week out; coarse on purpose. */
const struct content_settings content_training_settings = {
        .strength =
                {
                        [GROUP_TITLE_WORDS] = 0.15,
                        [GROUP_TITLE_PAIRS] = 0.07,
                        [GROUP_ABSTRACT_WORDS] = 0.5,
                        [GROUP_ABSTRACT_PAIRS] = 0.1,
                        [GROUP_NAMES] = 0.6,
                        [GROUP_CATEGORIES] = 0.5,
                        [GROUP_FACTS] = 0.35,
                        [GROUP_CODE] = 0.5,
                        [GROUP_TOPICS] = 0.5,
                },
        .penalty = 4,
};

const char *content_training_group_name(enum content_group group)
{
    static const char *const names[GROUP_COUNT] = {
            [GROUP_TITLE_WORDS] = "words of the title",
            [GROUP_TITLE_PAIRS] = "word pairs of the title",
            [GROUP_ABSTRACT_WORDS] = "words of the abstract",
            [GROUP_ABSTRACT_PAIRS] = "word pairs of the abstract",
            [GROUP_NAMES] = "authors' names",
            [GROUP_CATEGORIES] = "categories",
            [GROUP_FACTS] = "simple facts",
            [GROUP_CODE] = "code and pages",
            [GROUP_TOPICS] = "topics by phrases",
    };

    return names[group];
}

/* --- examples --- */

static struct content_example example_of(const struct paper *paper,
        struct arena *arena)
{
    struct match_paper match = selection_match_paper(paper, arena);
    struct content_example example = {
            .facts = content_fact_all(&match),
            .topics = content_topic_all(&match),
    };

    for (enum content_kind kind = 0; kind < CONTENT_KINDS; kind++)
        example.terms[kind] = content_term_all(&match, kind, arena);
    return example;
}

void content_training_add(struct content_examples *examples,
        const struct paper_file *file, struct arena *arena)
{
    const char **days = arena_array(arena, const char *, file->papers.count);
    int count = 0;

    for (size_t i = 0; i < file->papers.count; i++) {
        int day = 0;
        while (day < count && !text_same(days[day], file->dates[i]))
            day++;
        if (day == count)
            days[count++] = file->dates[i];
        examples->items = arena_grow(arena, examples->items, examples->count,
                &examples->capacity, sizeof *examples->items);
        struct content_example *example = &examples->items[examples->count++];
        *example = example_of(&file->papers.items[i], arena);
        example->day = examples->days + day;
        example->picked = file->picked[i];
    }
    examples->days += count;
}

/* --- columns --- */

struct cell {
    unsigned column;
    double value;
};

struct line {
    struct cell *cells;
    size_t count;
    double square; /* of its length */
    double side;   /* 1: picked, -1: not */
};

struct problem {
    struct arena arena;
    struct line *lines;
    size_t count, columns;
    double *rarity; /* of a bucket: the log of how few have it; 0: too few */
    const struct content_settings *settings;
};

static void count_rarity(struct problem *problem,
        const struct content_examples *examples, const bool *left_out)
{
    int *papers = arena_array(&problem->arena, int, CONTENT_ALL_BUCKETS);
    int all = 0;

    for (size_t i = 0; i < examples->count; i++) {
        if (left_out && left_out[i])
            continue;
        all++;
        for (int kind = 0; kind < CONTENT_KINDS; kind++) {
            const struct content_terms *terms = &examples->items[i].terms[kind];
            for (size_t k = 0; k < terms->count; k++)
                papers[terms->items[k].bucket]++;
        }
    }
    problem->rarity = arena_array(&problem->arena, double, CONTENT_ALL_BUCKETS);
    for (size_t i = 0; i < CONTENT_ALL_BUCKETS; i++)
        if (papers[i] >= RARE && papers[i] < all)
            problem->rarity[i] =
                    i < CONTENT_BUCKETS ? log((double)all / papers[i]) : 1;
}

static bool is_counted_each(int kind)
{
    return kind == CONTENT_NAME || kind == CONTENT_CATEGORY;
}

static double term_value(const struct problem *problem, int kind,
        const struct content_term *term)
{
    return problem->settings->strength[GROUP_TITLE_WORDS + kind] *
            problem->rarity[term->bucket];
}

static void add_cell(struct line *line, unsigned column, double value)
{
    if (value == 0)
        return;
    line->cells[line->count++] = (struct cell){column, value};
    line->square += value * value;
}

static void add_terms(const struct problem *problem, struct line *line,
        const struct content_example *example)
{
    for (int kind = 0; kind < CONTENT_KINDS; kind++) {
        const struct content_terms *terms = &example->terms[kind];
        double root = is_counted_each(kind) ? 1 : sqrt((double)terms->count);
        for (size_t i = 0; i < terms->count; i++)
            add_cell(line, terms->items[i].bucket,
                    term_value(problem, kind, &terms->items[i]) / root);
    }
}

static struct line line_of(struct problem *problem,
        const struct content_example *example)
{
    const double *strength = problem->settings->strength;
    size_t room = CONTENT_FACTS + TOPIC_COUNT + 2;
    struct line line = {.side = example->picked ? 1 : -1};

    for (int kind = 0; kind < CONTENT_KINDS; kind++)
        room += example->terms[kind].count;
    line.cells = arena_array(&problem->arena, struct cell, room);
    add_terms(problem, &line, example);
    for (size_t i = 0; i < example->facts.count; i++) {
        unsigned fact = example->facts.items[i];
        add_cell(&line, FACTS_AT + fact,
                strength[content_fact_is_code(fact) ? GROUP_CODE
                                                    : GROUP_FACTS]);
    }
    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        if (example->topics >> i & 1)
            add_cell(&line, TOPICS_AT + i, strength[GROUP_TOPICS]);
    add_cell(&line, DAYS_AT, 1);
    add_cell(&line, DAYS_AT + 1 + (unsigned)example->day, 1);
    return line;
}

static void build(struct problem *problem,
        const struct content_examples *examples, const bool *left_out)
{
    count_rarity(problem, examples, left_out);
    problem->columns = DAYS_AT + 1 + (size_t)examples->days;
    problem->lines =
            arena_array(&problem->arena, struct line, examples->count + 1);
    for (size_t i = 0; i < examples->count; i++)
        if (!left_out || !left_out[i])
            problem->lines[problem->count++] =
                    line_of(problem, &examples->items[i]);
}

/* --- solving --- */

static double dot(const struct line *line, const double *weights)
{
    double sum = 0;

    for (size_t i = 0; i < line->count; i++)
        sum += weights[line->cells[i].column] * line->cells[i].value;
    return sum;
}

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

/* The best share of an example, between 0 and most, the others held: where
 * t + margin + square (most sigmoid(t) - share) = 0, which rises in t. */
static double best_share(double share, double margin, double square,
        double most)
{
    double t = log(share / (most - share));

    for (int i = 0; i < NEWTON_STEPS; i++) {
        double s = sigmoid(t);
        double off = t + margin + square * (most * s - share);
        t -= off / (1 + square * most * s * (1 - s));
    }
    return most * fmin(fmax(sigmoid(t), 1e-9), 1 - 1e-9);
}

static void shuffle(size_t *order, size_t count, struct random_source chance)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = chance.below(chance.state, i), held = order[i - 1];
        order[i - 1] = order[k];
        order[k] = held;
    }
}

static double *solve(struct problem *problem)
{
    struct chance_seed seed = {1};
    struct random_source chance = chance_seeded(&seed);
    double most = 1 / problem->settings->penalty;
    double *weights = arena_array(&problem->arena, double, problem->columns);
    double *shares = arena_array(&problem->arena, double, problem->count + 1);
    size_t *order = arena_array(&problem->arena, size_t, problem->count + 1);

    for (size_t i = 0; i < problem->count; i++)
        order[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(order, problem->count, chance);
        for (size_t i = 0; i < problem->count; i++) {
            const struct line *line = &problem->lines[order[i]];
            double *share = &shares[order[i]];
            double from = *share > 0 ? *share : most * 1e-3;
            double to = best_share(from,
                    line->side * dot(line, weights) +
                            (from - *share) * line->square,
                    line->square, most);
            double step = (to - *share) * line->side;
            for (size_t k = 0; k < line->count; k++)
                weights[line->cells[k].column] += step * line->cells[k].value;
            *share = to;
        }
    }
    return weights;
}

/* --- rounding --- */

static signed char rounded(double weight, double unit)
{
    return (signed char)fmax(-WEIGHT_MAX,
            fmin(WEIGHT_MAX, rint(weight / unit)));
}

static double greatest(const double *weights, size_t count)
{
    double most = 1e-9;

    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs(weights[i]));
    return most;
}

static double fact_strength(const struct content_settings *settings,
        unsigned fact)
{
    return settings
            ->strength[content_fact_is_code(fact) ? GROUP_CODE : GROUP_FACTS];
}

/* What the program multiplies with a weight of one unit: tenths of log odds, in
 * 1024 parts. */
static int unit_of(double unit, double strength)
{
    return (int)rint(unit * strength * 10 * 1024);
}

static void round_facts(struct content_model *model, const double *weights,
        const struct content_settings *settings)
{
    double facts[CONTENT_FACTS + TOPIC_COUNT];

    for (unsigned i = 0; i < CONTENT_FACTS; i++)
        facts[i] = weights[FACTS_AT + i] * fact_strength(settings, i);
    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        facts[CONTENT_FACTS + i] =
                weights[TOPICS_AT + i] * settings->strength[GROUP_TOPICS];
    double unit = greatest(facts, CONTENT_FACTS + TOPIC_COUNT) / WEIGHT_MAX;
    for (unsigned i = 0; i < CONTENT_FACTS; i++)
        model->facts[i] = rounded(facts[i], unit);
    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        model->topics[i] = rounded(facts[CONTENT_FACTS + i], unit);
    model->fact_unit = unit_of(unit, 1);
}

/* Rounds one range of buckets; what a unit is worth there. */
static double round_range(struct content_model *model,
        const struct problem *problem, double *weights, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        weights[i] *= problem->rarity[i];
    double unit = greatest(weights + from, to - from) / WEIGHT_MAX;
    for (size_t i = from; i < to; i++)
        model->terms[i] = rounded(weights[i], unit);
    return unit;
}

static void round_terms(struct content_model *model,
        const struct problem *problem, double *weights)
{
    double words = round_range(model, problem, weights, 0, CONTENT_BUCKETS);
    double plain = round_range(model, problem, weights, CONTENT_BUCKETS,
            CONTENT_ALL_BUCKETS);

    for (int kind = 0; kind < CONTENT_KINDS; kind++)
        model->term_unit[kind] = unit_of(is_counted_each(kind) ? plain : words,
                problem->settings->strength[GROUP_TITLE_WORDS + kind]);
}

struct content_model
content_training_fit(const struct content_examples *examples,
        const bool *left_out, const struct content_settings *settings)
{
    struct problem problem = {.settings = settings};
    struct content_model model = {0};

    build(&problem, examples, left_out);
    double *weights = solve(&problem);
    round_facts(&model, weights, settings);
    round_terms(&model, &problem, weights);
    arena_finish(&problem.arena);
    return model;
}
