/*
 * command_shown.h - the settings of a channel as people are told them.
 *
 * A setting is what one command changes; it may be several keys of the
 * configuration (a schedule has its zone).  What is shown can be written behind
 * the command again.
 */
#ifndef BOT_COMMAND_SHOWN_H
#define BOT_COMMAND_SHOWN_H

#include "bot/commands/command.h"

enum {
    COMMAND_SHOWN_KEYS = 5
};

struct command_shown {
    const char *name; /* the command's first English one: "schedule" */
    const char *chinese;
    const char *keys[COMMAND_SHOWN_KEYS]; /* ends with NULL */
    const char *(*show)(const struct command_call *call,
            const struct channel *channel);
};

/* In the order in which they are listed; ends with a NULL name. */
extern const struct command_shown command_shown_table[];

/* The setting of a command, or that a person names in either language, by its
 * command or its key; NULL if there is none such. */
const struct command_shown *command_shown_find(struct arena *arena,
        const char *word);

/* "时间" */
const char *command_shown_name(const struct command_call *call,
        const struct command_shown *shown);

/* Its value: "13:30 工作日 Asia/Shanghai"; never "". */
const char *command_shown_value(const struct command_call *call,
        const struct command_shown *shown, const struct channel *channel);

/* --- the answers to what sets them --- */

/* Says what holds, unchanged: asked for, or because it held already. */
void command_shown_say(const struct command_call *call,
        const struct command_shown *shown, bool already,
        struct command_answer *answer);

/* Keeps what was changed, and says what holds now and what did before, or that
 * it held already. */
bool command_shown_keep(const struct command_call *call,
        const struct command_shown *shown, const struct channel *wanted,
        struct command_answer *answer, bool *changed, struct error *err);

#endif
