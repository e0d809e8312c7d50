/*
 * command_traces.h - what is kept of a person, in words.
 */
#ifndef BOT_COMMAND_TRACES_H
#define BOT_COMMAND_TRACES_H

#include "bot/commands/command.h"

/* True if nothing is. */
bool command_traces_none(const struct traces *traces);

/* "3 votes, 1 saved paper" */
const char *command_traces_text(const struct command_call *call,
        const struct traces *traces);

/* The same as a list, each with how long it stays. */
void command_traces_list(const struct command_call *call,
        const struct traces *traces, struct command_answer *answer);

/* "120 days"; "" for good. */
const char *command_traces_days(const struct command_call *call,
        int64_t keep_ms);

#endif
