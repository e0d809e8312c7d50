/*
 * command_change.h - a channel is changed by a command: kept, and with a line
 * in its history.
 */
#ifndef BOT_COMMAND_CHANGE_H
#define BOT_COMMAND_CHANGE_H

#include "bot/commands/command.h"

/*
 * Keeps those of the keys (which end with NULL) in which the wanted channel
 * differs from the one in force.  what is the line of history, or NULL for one
 * made of name and the values before and after.  *changed is false, and nothing
 * is written, if they hold already.
 */
bool command_change_keep(const struct command_call *call,
        const struct channel *wanted, const char *const *keys, const char *name,
        const char *what, bool *changed, struct error *err);

/* Drops what commands set for the keys; *changed is false if nothing was.
 * *after is the channel as it is in force then. */
bool command_change_reset(const struct command_call *call,
        const char *const *keys, const char *name, struct channel *after,
        bool *changed, struct error *err);

/* The values of the keys in one line: "13:30 weekdays Asia/Shanghai". */
const char *command_change_text(const struct channel *channel,
        const char *const *keys, struct arena *arena);

#endif
