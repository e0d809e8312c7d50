/*
 * program.h - the subcommands, and what main hands them.
 *
 * A subcommand is one file, program_NAME.c, that speaks ports only.  Exit codes:
 * 0 done, 1 failed, 2 wrong use.
 */
#ifndef BOT_PROGRAM_H
#define BOT_PROGRAM_H

#include "bot/base/chance.h"
#include "bot/base/clock.h"
#include "bot/config.h"
#include "bot/ports/core.h"
#include "bot/ports/dialect.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stdio.h>

enum program_exit {
    PROGRAM_DONE = 0,
    PROGRAM_FAILED = 1,
    PROGRAM_USAGE = 2
};

/* The world outside the core, as main wires it. */
struct outside {
    store_open_fn *store_open;
    source_read_fn *source_read; /* papers in a file, told by content */
    struct config_kinds kinds;
    const struct dialect *const *dialects; /* NULL-terminated */
    const struct clock *clock;
    const struct random_source *chance;
    const char *(*environment)(const char *name);

    /* The network and its loop: NULL until the first subcommand needs them. */
    struct transport *(*transport_open)(struct outside *outside,
            struct error *err);
    struct transport *transport;
    /* Runs a core until it is finished or a signal asks to end (then winds it
     * down); false and err if the loop itself failed. */
    bool (*run)(struct outside *outside, const struct core *core,
            struct error *err);

    FILE *in, *out, *err;
    bool out_is_terminal;
};

struct program {
    const char *name;
    const char *summary; /* one line for "paperboy --help" */
    int (*run)(struct outside *outside, int argc, char **argv);
};

extern const struct program program_table[]; /* ends with a NULL name */

/* Finds the subcommand and runs it; prints help and usage. */
int program_main(struct outside *outside, int argc, char **argv);

#endif
