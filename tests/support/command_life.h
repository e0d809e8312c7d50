/*
 * command_life.h - commands at random, and a plain model of what they do.
 *
 * The model is a few arrays and knows nothing of how commands are read or kept:
 * whoever makes a command up does to the arrays what it asks for, and a test
 * compares them with a store.
 */
#ifndef TESTS_SUPPORT_COMMAND_LIFE_H
#define TESTS_SUPPORT_COMMAND_LIFE_H

#include "tests/support/asking.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    COMMAND_LIFE_PEOPLE = 3, /* the first is in charge of both channels */
    COMMAND_LIFE_CHANNELS = 2,
    COMMAND_LIFE_PAPERS_MAX = 16,
    COMMAND_LIFE_LIST_MAX = 16,
};

/* What a channel follows, in the order in which it was added. */
enum kind {
    CATEGORIES,
    WORDS,
    AUTHORS,
    UNWANTED,
    KINDS
};

struct wish {
    const char *items[COMMAND_LIFE_LIST_MAX];
    size_t count;
};

struct place {
    struct wish follows[KINDS];
    const char *minute, *days, *zone; /* minute: "13:30", "off" */
    const char *languages, *style, *layout, *when, *quiet, *credit, *curate;
    unsigned top, also;
    bool paused;
    int votes[COMMAND_LIFE_PEOPLE][COMMAND_LIFE_PAPERS_MAX];
    struct reading {
        bool ever; /* there was a list that had more */
        bool open; /* that list is not at its end */
        size_t offset, wanted;
        const char *from; /* the oldest day of it */
        const char *until;
        unsigned categories; /* which of them; 0: the channel's */
        bool saved;          /* not papers of days, but the person's own */
    } readings[COMMAND_LIFE_PEOPLE];
    bool has_digest;
};

struct model {
    struct place configured[COMMAND_LIFE_CHANNELS],
            places[COMMAND_LIFE_CHANNELS];
    int64_t saved_ms[COMMAND_LIFE_PEOPLE]
                    [COMMAND_LIFE_PAPERS_MAX]; /* 0: not saved */
};

struct life {
    struct asking asking;
    struct channel channels[COMMAND_LIFE_CHANNELS];
    struct model model;
    struct chance_seed seed;
    struct random_source chance;
    /* Of the command that is being said: */
    size_t channel, person;
};

extern const char *const command_life_people[COMMAND_LIFE_PEOPLE];

/* A number below sides. */
size_t command_life_dice(struct life *life, size_t sides);

/* What the person (life->person) says in the channel (life->channel), in the
 * arena of life->asking; the model is then as it is to be afterwards. */
const char *command_life_say(struct life *life);

#endif
