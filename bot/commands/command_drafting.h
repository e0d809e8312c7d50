/*
 * command_drafting.h - one command's work on the draft that there is now.
 */
#ifndef BOT_COMMAND_DRAFTING_H
#define BOT_COMMAND_DRAFTING_H

#include "bot/commands/command.h"
#include "bot/model/draft.h"

#include <stdint.h>

struct command_drafting {
    const struct command_call *call;
    struct command_answer *answer;
    struct draft *draft; /* in the arena; NULL: there is none, as is said */
    int64_t due_ms;      /* of its digest */
    const char *done;    /* for the history: "drop 3 (2611.10003)"; "": none */
    bool waits;          /* papers are wanted first: nothing is to be kept */
};

/* Finds the draft of the next digest; where there is none, says why, and when
 * the next one comes. */
bool command_drafting_begin(const struct command_call *call,
        struct command_answer *answer, struct command_drafting *drafting,
        struct error *err);

/*
 * The number of the paper that a word means: its own, or one that it gets now if
 * add is set and the word names another paper.  0: the answer says what is
 * wrong, or waits.
 */
bool command_drafting_find(struct command_drafting *drafting,
        const struct command_word *word, bool add, unsigned *number,
        struct error *err);

/* A paper's title for an answer, shortened. */
bool command_drafting_title(const struct command_drafting *drafting,
        unsigned number, const char **title, struct error *err);

/* Something was changed: "drop", "3", and more for the history; or "". */
void command_drafting_note(struct command_drafting *drafting, const char *what,
        unsigned number, const char *more);

/* Keeps what was changed, if anything was, and says the new order. */
bool command_drafting_end(struct command_drafting *drafting, struct error *err);

#endif
