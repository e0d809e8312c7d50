#include "bot/program/program.h"

#include "bot/base/text.h"

#include <stdarg.h>

const struct program *const program_table[] = {
        &program_init,
        &program_run,
        &program_fetch,
        &program_digest,
        &program_post,
        &program_rank,
        &program_explain,
        &program_check,
        &program_status,
        &program_search,
        &program_ask,
        &program_log,
        &program_outbox,
        &program_backup,
        &program_restore,
        &program_export,
        &program_import,
        &program_slack_manifest,
};

enum {
    PROGRAMS = sizeof program_table / sizeof program_table[0]
};

const size_t program_count = PROGRAMS;

void program_complain(struct outside *outside, const char *format, ...)
{
    va_list args;
    fprintf(outside->err, "paperboy: ");
    va_start(args, format);
    vfprintf(outside->err, format, args);
    va_end(args);
    fprintf(outside->err, "\n");
}

enum program_exit program_misused(struct outside *outside,
        const struct program *program, const char *format, ...)
{
    va_list args;
    fprintf(outside->err, "paperboy %s: ", program->name);
    va_start(args, format);
    vfprintf(outside->err, format, args);
    va_end(args);
    fprintf(outside->err, "\nTry: paperboy %s --help\n", program->name);
    return PROGRAM_USAGE;
}

/* --- help --- */

static void help_overview(FILE *out)
{
    fprintf(out,
            "Paperboy delivers the day's arXiv papers to your channels.\n"
            "\n"
            "usage: paperboy COMMAND [--config FILE] [--store URL] [--json]\n"
            "\n");
    for (size_t i = 0; i < PROGRAMS; i++)
        fprintf(out, "  %-8s %s\n", program_table[i]->name,
                program_table[i]->summary);
    fprintf(out,
            "\n"
            "paperboy COMMAND --help   says more, with examples\n"
            "paperboy --version        says which paperboy this is\n");
}

static void help_of(const struct program *program, FILE *out)
{
    fprintf(out, "usage: paperboy %s%s%s\n\n%s\n", program->name,
            *program->usage == '\0' ? "" : " ", program->usage, program->about);
    if (program->options != NULL)
        program_options_help(program->options, out);
    program_options_help(program_options_common, out);
    fprintf(out, "\nExamples:\n%s", program->examples);
}

/* --- finding and running --- */

/* Its place in the table; PROGRAMS if there is none of that name. */
static size_t find(const char *name)
{
    size_t place = 0;
    while (place < PROGRAMS && !text_same(program_table[place]->name, name))
        place++;
    return place;
}

static enum program_exit unknown(struct outside *outside, const char *name)
{
    const char *names[PROGRAMS + 1] = {NULL};
    for (size_t i = 0; i < PROGRAMS; i++)
        names[i] = program_table[i]->name;
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL)
        program_complain(outside,
                "there is no command \"%s\"; did you mean %s?", name, nearest);
    else
        program_complain(outside, "there is no command \"%s\"", name);
    fprintf(outside->err, "Try: paperboy --help\n");
    return PROGRAM_USAGE;
}

static enum program_exit run(struct outside *outside,
        const struct program *program, int argc, char **argv)
{
    struct arena arena = {0};
    struct program_options options = {.arena = &arena};
    struct error err;
    enum program_exit code;
    if (!program_options_read(&options, program->options, argc, argv, &err)) {
        code = program_misused(outside, program, "%s", err.text);
    } else if (program_options_given(&options, "help")) {
        help_of(program, outside->out);
        code = PROGRAM_DONE;
    } else {
        code = program->run(outside, &options);
    }
    arena_finish(&arena);
    return code;
}

/* A full disk or a closed pipe must not look like success. */
static int flushed(struct outside *outside, enum program_exit code)
{
    if (fflush(outside->out) == 0 && !ferror(outside->out))
        return (int)code;
    program_complain(outside, "the output could not be written");
    return PROGRAM_FAILED;
}

int program_main(struct outside *outside, int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "";
    size_t topic =
            text_same(first, "help") && argc > 2 ? find(argv[2]) : PROGRAMS;
    if (topic < PROGRAMS) {
        help_of(program_table[topic], outside->out);
        return flushed(outside, PROGRAM_DONE);
    }
    if (text_same(first, "--help") || text_same(first, "-h") ||
            text_same(first, "help")) {
        help_overview(outside->out);
        return flushed(outside, PROGRAM_DONE);
    }
    if (text_same(first, "--version")) {
        fprintf(outside->out, "paperboy %s\n", PAPERBOY_VERSION);
        return flushed(outside, PROGRAM_DONE);
    }
    if (*first == '\0') {
        help_overview(outside->err);
        return PROGRAM_USAGE;
    }
    size_t place = find(first);
    if (place == PROGRAMS)
        return (int)unknown(outside, first);
    return flushed(outside,
            run(outside, program_table[place], argc - 1, argv + 1));
}
