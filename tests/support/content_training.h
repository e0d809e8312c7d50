/*
 * content_training.h - learning the content model from weeks of listings.
 *
 * Logistic regression with a quadratic penalty, each day with its own
 * intercept, by coordinate descent in the dual (Yu, Huang, Lin 2011), in one
 * fixed order: equal papers give equal bytes.  What a paper has is read by the
 * program's own code.
 */
#ifndef TESTS_SUPPORT_CONTENT_TRAINING_H
#define TESTS_SUPPORT_CONTENT_TRAINING_H

#include "bot/base/arena.h"
#include "bot/content/content_model.h"
#include "tests/support/paper_file.h"

#include <stdbool.h>
#include <stddef.h>

/* Groups of features that can be left out; a bit each. */
enum content_group {
    GROUP_TITLE_WORDS,
    GROUP_TITLE_PAIRS,
    GROUP_ABSTRACT_WORDS,
    GROUP_ABSTRACT_PAIRS,
    GROUP_NAMES,
    GROUP_CATEGORIES,
    GROUP_FACTS,
    GROUP_CODE,
    GROUP_TOPICS,
    GROUP_COUNT,
};

const char *content_training_group_name(enum content_group group);

struct content_settings {
    double strength[GROUP_COUNT]; /* the scale of its features; 0: left out */
    double penalty;
};

extern const struct content_settings content_training_settings;

/* A paper with what it has, which training alone reads. */
struct content_example {
    struct content_terms terms[CONTENT_KINDS];
    struct content_facts facts;
    uint64_t topics;
    int day;     /* papers of one day have one number, from 0 */
    bool picked; /* by people */
};

struct content_examples {
    struct content_example *items;
    size_t count, capacity;
    int days;
};

/* Appends the papers of a file. */
void content_training_add(struct content_examples *examples,
        const struct paper_file *file, struct arena *arena);

/* The model of all examples but those of which left_out (may be NULL) is set. */
struct content_model
content_training_fit(const struct content_examples *examples,
        const bool *left_out, const struct content_settings *settings);

#endif
