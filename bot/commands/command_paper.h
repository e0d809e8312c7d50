/*
 * command_paper.h - words become papers.
 *
 * A paper is meant by an arXiv id in any form, by a link to it, or by its number
 * in the newest digest that was posted to the channel (by hand or at its hour),
 * counted through both tiers.  What a word cannot mean is said in the answer, in
 * the order of the words; so is of which day the digest is, if not today's.
 */
#ifndef BOT_COMMAND_PAPER_H
#define BOT_COMMAND_PAPER_H

#include "bot/commands/command.h"

enum {
    COMMAND_PAPERS_MAX = 10, /* of one command; of more only these, and that
                              * is said */
};

struct command_paper {
    const struct paper *paper; /* as the store has it */
    unsigned version;          /* that was named; 0: none */
    unsigned number;           /* in the edition, if it was named so; else 0 */
};

struct command_papers {
    struct command_paper *items; /* each paper once, in the order named */
    size_t count;
    size_t wrong; /* words for which the answer says something instead */
    /* The answer wants papers (command.h): nothing more is to be said now. */
    bool waits;
    const struct edition *edition; /* that numbers stand for; NULL: none did */
};

/*
 * What count words mean.  A family that gets waits returns true at once; one
 * that gets count 0 returns true, because the answer says why.  Also words that
 * were quoted, but none with a key or a hyphen in front.  All in the arena.
 */
bool command_paper_find(const struct command_call *call,
        const struct command_word *words, size_t count,
        struct command_answer *answer, struct command_papers *papers,
        struct error *err);

/* Whether a word can only be meant for a paper: an id (or what looks like one),
 * a link, a number such as "3", "#3", "第3篇". */
bool command_paper_is_meant(struct arena *arena,
        const struct command_word *word);

/* The number that a word is as an item of a digest; 0 if it is none. */
unsigned command_paper_number(const char *word);

/* The newest digest that was posted to the channel; NULL if there is none. */
bool command_paper_edition(const struct command_call *call,
        struct edition **edition, struct error *err);

/* The paper under a number of an edition, from 1; NULL if it has none such. */
const struct edition_paper *command_paper_at(const struct edition *edition,
        unsigned number);

#endif
