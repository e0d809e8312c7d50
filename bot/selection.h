/*
 * selection.h - which papers, in which order, and why.
 *
 * Pure and deterministic.  A score is an integer, the exact sum of named
 * integer features; diversity is applied when choosing, not in the score; ties
 * go by id.
 */
#ifndef BOT_SELECTION_H
#define BOT_SELECTION_H

#include "bot/base/arena.h"
#include "bot/content/content.h"
#include "bot/model/batch.h"
#include "bot/model/channel.h"
#include "bot/model/paper.h"
#include "bot/model/signal.h"
#include "bot/selection_match.h"

#include <stdbool.h>
#include <stddef.h>

enum feature {         /* in the order in which they are shown */
    FEATURE_CATEGORY,  /* carries a wanted category, as its primary or not */
    FEATURE_WORDS,     /* subscription words in title and abstract */
    FEATURE_AUTHORS,   /* subscription authors */
    FEATURE_UNWANTED,  /* subscription's negatives; never positive */
    FEATURE_CODE,      /* says where its code is */
    FEATURE_VENUE,     /* says where it was accepted */
    FEATURE_CONTENT,   /* what people pick of such papers: see content.h */
    FEATURE_TASTE,     /* what the channel's own votes say: see taste.h */
    FEATURE_SIGNALS,   /* what others thought of it: votes; never negative */
    FEATURE_CITATIONS, /* how often others cite it; never negative */
    FEATURE_COUNT,
};

const char *feature_name(enum feature feature); /* "category", for JSON */

/* What is read of a paper once, whatever the number of channels. */
struct selection_reading {
    struct match_paper text;
    struct content_score content;
    int venue;
};

struct selection_reading selection_read(const struct paper *paper,
        struct arena *arena);

struct candidate {
    const struct paper *paper;
    enum announce_type announce;
    struct signal_list signals; /* may be empty */
    int taste;                  /* taste_score of the channel; 0: no votes */
    const struct selection_reading *reading; /* NULL: it is read now */
};

struct scored {
    const struct paper *paper;
    const char *tag;      /* the subscribed category it is shown under */
    const char *category; /* its code */
    int score;            /* the sum of parts */
    int parts[FEATURE_COUNT];
};

struct scored_list {
    struct scored *items;
    size_t count;
};

/* Scores a candidate for a subscription; an empty subscription (no categories)
 * takes every category.  Strings of the result belong to the paper or to the
 * subscription. */
struct scored selection_score(const struct candidate *candidate,
        const struct subscription *subscription, struct arena *arena);

/* All candidates that fit the subscription (carry one of its categories; not a
 * replacement; not withdrawn; each id once), highest score first, ties by id. */
struct scored_list selection_rank(const struct candidate *candidates,
        size_t count, const struct subscription *subscription,
        struct arena *arena);

/* Takes at most count from a ranked list so that near-duplicates, by title or by
 * what they are about, and one first author do not fill it, and in a fair mix no category does either,
 * unless the day is plainly better in one; order is kept. */
struct scored_list selection_choose(const struct scored_list *ranked,
        size_t count, enum channel_mix mix, struct arena *arena);

#endif
