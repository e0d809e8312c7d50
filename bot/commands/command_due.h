/*
 * command_due.h - when a channel's next digest comes, as an answer says it.
 */
#ifndef BOT_COMMAND_DUE_H
#define BOT_COMMAND_DUE_H

#include "bot/commands/command.h"

/*
 * Says when the channel (the call's, or as it was just changed) gets its next
 * digest, on its own clock; that it is paused; or that no hour is set.  A day
 * that had its digest is over.
 */
bool command_due_say(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer,
        struct error *err);

/* Says what an hour misses of the day's announcement, if it does. */
void command_due_hint(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer);

/* "2026-11-24 13:30" on the channel's clock, UTC's ("… UTC") if it has none. */
const char *command_due_instant(const struct command_call *call,
        const struct channel *channel, int64_t ms);

#endif
