/*
 * program_ask.h - commands at the terminal: once, or a conversation.
 */
#ifndef BOT_PROGRAM_ASK_H
#define BOT_PROGRAM_ASK_H

#include "bot/program/program_setup.h"

/* Where is asked, and who asks. */
struct program_ask {
    struct program_setup *setup; /* borrowed; its store is open */
    struct channel configured;   /* with its id */
    const char *person;
    bool is_owner;    /* of the database: may do everything */
    bool own_place;   /* no channel: a place of the person's own */
    const char *form; /* what a command begins with, as it is shown */
    struct civil_date today;
};

/* False after a complaint.  What it opens is the setup's. */
bool program_ask_open(struct program_setup *setup, struct program_ask *ask);

/*
 * Asks the archive for papers that a command wants, and says so meanwhile on
 * outside->err, in the language.  *unheard_of are those that it does not know,
 * or not in time, in the arena.  False if it was asked to end.
 */
bool program_ask_fetch(struct program_ask *ask, const struct string_list *ids,
        const char *language, struct arena *arena,
        struct string_list *unheard_of);

/* Answers a command on outside->out; false after a complaint. */
bool program_ask_answer(struct program_ask *ask, const char *text);

/* Answers what a person types at a terminal until he leaves, or what stands on
 * the lines of the input; false after a complaint. */
bool program_ask_talk(struct program_ask *ask);

#endif
