#include "tests/support/selection_measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_scores(const void *left, const void *right)
{
    const struct measured_paper *a = left, *b = right;

    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    return strcmp(a->id, b->id);
}

static int compare_gains(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a < *b) - (*a > *b);
}

static double precision(const struct measured_paper *papers, size_t count,
        size_t first)
{
    size_t hits = 0;

    for (size_t i = 0; i < first && i < count; i++)
        hits += papers[i].picked;
    return (double)hits / (double)first;
}

static double gain_of(const struct measured_paper *paper)
{
    return paper->picked ? log2(2.0 + paper->votes) : 0;
}

static double discounted(const double *gains, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < 10 && i < count; i++)
        sum += gains[i] / log2(2.0 + (double)i);
    return sum;
}

static double gain(const struct measured_paper *papers, size_t count)
{
    double *gains = calloc(count + 1, sizeof *gains);

    if (gains == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        gains[i] = gain_of(&papers[i]);
    double ours = discounted(gains, count);
    qsort(gains, count, sizeof *gains, compare_gains);
    double best = discounted(gains, count);
    free(gains);
    return ours / best;
}

/* The share of (picked, other) pairs in the right order; equal scores are half
 * right. */
static double area(const struct measured_paper *papers, size_t count,
        size_t picked)
{
    double right = 0;
    size_t above = 0; /* picked ones with a greater score */

    for (size_t i = 0, end; i < count; i = end) {
        size_t here = 0;
        for (end = i; end < count && papers[end].score == papers[i].score;
                end++)
            here += papers[end].picked;
        size_t others = end - i - here;
        right += (double)others * ((double)above + (double)here / 2);
        above += here;
    }
    return right / ((double)picked * (double)(count - picked));
}

void selection_measure_day(struct measure *measure,
        struct measured_paper *papers, size_t count)
{
    size_t picked = 0;

    for (size_t i = 0; i < count; i++)
        picked += papers[i].picked;
    if (picked == 0 || picked == count)
        return;
    qsort(papers, count, sizeof *papers, compare_scores);
    measure->days++;
    measure->first5 += precision(papers, count, 5);
    measure->first10 += precision(papers, count, 10);
    measure->gain10 += gain(papers, count);
    measure->area += area(papers, count, picked);
}

void selection_measure_add(struct measure *sum, const struct measure *other)
{
    sum->days += other->days;
    sum->first5 += other->first5;
    sum->first10 += other->first10;
    sum->gain10 += other->gain10;
    sum->area += other->area;
}
