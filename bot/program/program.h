/*
 * program.h - the subcommands, and what main hands them.
 *
 * A subcommand is one file, program_NAME.c, that speaks ports only.  Exit codes:
 * 0 done, 1 failed, 2 wrong use.  What was asked for goes to outside->out, what
 * went wrong to outside->err.
 */
#ifndef BOT_PROGRAM_H
#define BOT_PROGRAM_H

#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/clock.h"
#include "bot/base/error.h"
#include "bot/config/config.h"
#include "bot/ports/core.h"
#include "bot/ports/dialect.h"
#include "bot/ports/line_editor.h"
#include "bot/ports/query.h"
#include "bot/ports/serving.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/program/program_options.h"

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
    store_exists_fn *store_exists;
    store_restore_fn *store_restore;
    source_read_fn *source_read; /* papers in a file, told by content */
    struct config_kinds kinds;
    const struct dialect *const *dialects; /* NULL-terminated */
    const struct clock *clock;
    const struct random_source *chance;
    config_environment_fn *environment;
    const char *owner; /* names this process to others: "pid 4711" */

    /* The network and its loop: opened by the first subcommand that needs
     * them, closed by main. */
    struct transport *(*transport_open)(struct outside *outside,
            struct error *err);
    struct transport *transport;
    /*
     * Opens the HTTP server as wished, or goes over to another wish, or closes it
     * where that has no address.  The query is asked from then on; its ctx
     * outlives the server.  On false all stays as it was.  NULL: there is none.
     */
    bool (*serve)(struct outside *outside, const struct serving_wish *wish,
            const struct query *query, struct error *err);
    /* Runs a core until it is finished or a signal asks to end (then winds it
     * down); false and err if the loop itself failed. */
    bool (*run)(struct outside *outside, const struct core *core,
            struct error *err);

    FILE *in, *out, *err;
    bool in_is_terminal, out_is_terminal, err_is_terminal;
    /* Makes the terminal show, or not, what is typed; NULL: nobody can. */
    void (*hide_typing)(bool hide);
    line_editor_open_fn *line_editor_open; /* NULL: nobody can */
};

struct program {
    const char *name;
    const char *summary; /* one line for "paperboy --help" */
    const char *usage;   /* behind the name: "[--from FILE...] [--date D]" */
    const char *about;   /* a paragraph; lines end in \n */
    const char *examples;
    const struct program_option *options; /* its own; ends with a NULL name */
    enum program_exit (*run)(struct outside *outside,
            const struct program_options *options);
};

extern const struct program program_run, program_fetch, program_digest,
        program_post, program_rank, program_check, program_status, program_log,
        program_outbox, program_backup, program_restore, program_export,
        program_import, program_init, program_explain, program_search,
        program_slack_manifest, program_ask;

/* All of them, in the order in which help lists them. */
extern const struct program *const program_table[];
extern const size_t program_count;

/* Finds the subcommand and runs it; prints help and usage. */
int program_main(struct outside *outside, int argc, char **argv);

/* "paperboy: TEXT" on outside->err. */
void program_complain(struct outside *outside, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* The same, and where help is; returns PROGRAM_USAGE. */
enum program_exit program_misused(struct outside *outside,
        const struct program *program, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

#endif
