/*
 * selection_measure.h - how well an order of papers agrees with what people
 * picked.
 *
 * Each measure is taken a day, over the papers of that day, and averaged over
 * days.  Ties go by id, as in selection.h.
 */
#ifndef TESTS_SUPPORT_SELECTION_MEASURE_H
#define TESTS_SUPPORT_SELECTION_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

struct measured_paper {
    const char *id;
    double score;
    bool picked;
    int votes; /* of a picked one */
};

/* Sums over days; divide by days.  Gain of a picked paper: log2(2 + votes). */
struct measure {
    int days;
    double first5, first10; /* precision */
    double gain10;          /* nDCG of the first ten, by votes */
    double area;            /* under the ROC curve */
};

/* Sorts the papers of one day and adds what is measured of them; a day without
 * a picked paper is left out. */
void selection_measure_day(struct measure *measure,
        struct measured_paper *papers, size_t count);

void selection_measure_add(struct measure *sum, const struct measure *other);

#endif
