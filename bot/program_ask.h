/*
 * program_ask.h - commands at the terminal: once, or a conversation.
 */
#ifndef BOT_PROGRAM_ASK_H
#define BOT_PROGRAM_ASK_H

#include "bot/program_setup.h"

/* Where is asked, and who asks. */
struct program_ask {
    struct program_setup *setup; /* borrowed; its store is open */
    struct channel configured;   /* with its id */
    const char *person;
    bool is_owner; /* of the database: may do everything */
    struct civil_date today;
};

/* False after a complaint.  What it opens is the setup's. */
bool program_ask_open(struct program_setup *setup, struct program_ask *ask);

/* Answers a command on outside->out; false after a complaint. */
bool program_ask_answer(struct program_ask *ask, const char *text);

#endif
