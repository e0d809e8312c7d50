/*
 * command_values.h - the values of settings that are one of a few words, in both
 * languages.
 */
#ifndef BOT_COMMAND_VALUES_H
#define BOT_COMMAND_VALUES_H

#include "bot/base/arena.h"
#include "bot/phrase.h"

#include <stddef.h>

enum {
    COMMAND_VALUE_NAMES = 4
};

struct command_value {
    const char *value; /* as the configuration has it: "brief" */
    const char *english[COMMAND_VALUE_NAMES]; /* the shown one first */
    const char *chinese[COMMAND_VALUE_NAMES];
    struct phrase meaning; /* what the channel gets then; may be "" */
};

/* Each ends with a NULL value. */
extern const struct command_value command_values_style[];
extern const struct command_value command_values_layout[];
extern const struct command_value command_values_mix[];
extern const struct command_value command_values_when[];
extern const struct command_value command_values_quiet[];
extern const struct command_value command_values_language[];

/* The value that a word names, in either language and any letter case; NULL if
 * none does. */
const struct command_value *
command_values_find(const struct command_value *values, const char *word,
        struct arena *arena);

/* How a value is called in a language; the value itself if it is not there. */
const char *command_values_name(const struct command_value *values,
        const char *value, const char *language);

/* The name nearest to a word, in the script of the language; NULL if none. */
const char *command_values_nearest(const struct command_value *values,
        const char *word, const char *language, struct arena *arena);

/* "brief or full", "简短、完整". */
const char *command_values_all(const struct command_value *values,
        const char *language, struct arena *arena);

#endif
