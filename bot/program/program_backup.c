#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

#include <inttypes.h>

static const struct program_option options_own[] = {
        {"", "FILE", false, "the copy to be made; must not exist yet"},
        {NULL, NULL, false, NULL},
};

static void show(struct program_setup *setup, const char *file,
        const struct store_counts *counts)
{
    FILE *out = setup->outside->out;
    if (program_options_given(setup->options, "json")) {
        struct program_json json = {.out = out};
        program_json_open(&json, NULL, '{');
        program_json_string(&json, "file", file);
        program_json_number(&json, "papers", counts->papers);
        program_json_number(&json, "notes", counts->notes);
        program_json_number(&json, "due", counts->outbox_due);
        program_json_close(&json, '}');
        return;
    }
    fprintf(out,
            "%s: %" PRId64 " papers, %" PRId64 " notes, %" PRId64
            " messages to be sent; checked\n",
            file, counts->papers, counts->notes, counts->outbox_due);
}

static bool backup(struct program_setup *setup, const char *file)
{
    struct store_counts counts;
    struct error err;
    if (!program_setup_config(setup, false) ||
            !program_setup_present_store(setup))
        return false;
    if (!store_backup(setup->store, file, &err) ||
            !store_count(setup->store, &counts, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    show(setup, file, &counts);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const char *file = program_options_value(options, "");
    if (file == NULL)
        return program_misused(outside, &program_backup,
                "say where to: paperboy backup FILE");
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = backup(&setup, file);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_backup = {
        .name = "backup",
        .summary = "copy the database, also while paperboy runs",
        .usage = "FILE [--json]",
        .about = "Copies the database as it is at one instant to a new file, "
                 "readable by you alone,\n"
                 "and checks the copy. A running paperboy is not disturbed. "
                 "The configuration and\n"
                 "its secrets are not in it.\n",
        .examples = "  paperboy backup /var/backups/paperboy-monday.db\n",
        .options = options_own,
        .run = run,
};
