/*
 * program_options.h - the options of a subcommand as a table, over getopt_long.
 *
 * An option that takes many values takes every following word too, so that
 * "--from *.xml" does what it looks like.  A row named "" stands for the words
 * that belong to no option: "explain ID".
 */
#ifndef BOT_PROGRAM_OPTIONS_H
#define BOT_PROGRAM_OPTIONS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stdio.h>

struct program_option {
    const char *name;  /* "from"; "n" for -n; "" for plain words */
    const char *value; /* what it takes, for help: "FILE"; NULL: a flag */
    bool many;
    const char *help;
};

struct program_given {
    const struct program_option *option;
    const char *value; /* "" for a flag */
};

struct program_options {
    struct program_given *items; /* in the order of the command line */
    size_t count, capacity;
    struct arena *arena;
};

/* What every subcommand has: config, store, json, help. */
extern const struct program_option program_options_common[];

/*
 * Reads the words behind the subcommand's name (argv[0]) by its own options and
 * the common ones.  ERROR_INPUT for an unknown one, with the nearest known one.
 */
bool program_options_read(struct program_options *options,
        const struct program_option *own, int argc, char **argv,
        struct error *err);

bool program_options_given(const struct program_options *options,
        const char *name);
/* The last value given, NULL if none was. */
const char *program_options_value(const struct program_options *options,
        const char *name);
/* All values given, in order. */
struct string_list program_options_all(const struct program_options *options,
        const char *name);

/* A line for each option. */
void program_options_help(const struct program_option *options, FILE *out);

#endif
