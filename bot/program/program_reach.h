/*
 * program_reach.h - asks the network whether what is configured is there.
 *
 * Every question is put, whatever became of the others, so that all problems
 * come at once.  Nothing is kept: a test message does not pass the outbox.
 */
#ifndef BOT_PROGRAM_REACH_H
#define BOT_PROGRAM_REACH_H

#include "bot/program/program_setup.h"

enum program_reach_verdict {
    REACH_GOOD,
    REACH_UNTOLD, /* as far as can be told without posting */
    REACH_BAD,
};

struct program_reach_answer {
    const char *what; /* "account", "source", "channel" */
    const char *name; /* the section's */
    enum program_reach_verdict verdict;
    const char *text; /* what was found, and what to do about it */
};

struct program_reach {
    bool posts; /* messages will follow: who can only be posted to is not asked */
    struct program_reach_answer *items;
    size_t count, capacity;
};

/*
 * Asks each account whether it is well, arXiv's feed for one category and each
 * other source for something, and waits ten seconds for the answers.  Adds an answer for each; false and err
 * only if the network could not be opened at all.
 */
bool program_reach_ask(struct program_setup *setup, struct program_reach *reach,
        struct error *err);

/* Posts a short test message to a channel (NULL: to each) and adds how that
 * ended. */
bool program_reach_post(struct program_setup *setup, const struct channel *only,
        struct program_reach *reach, struct error *err);

/* True if no answer was bad. */
bool program_reach_good(const struct program_reach *reach);

/* "account home: works", a line each, from the given one on. */
void program_reach_show(const struct program_reach *reach, size_t first,
        FILE *out);

#endif
