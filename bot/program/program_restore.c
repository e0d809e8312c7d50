#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

#include <inttypes.h>

static const struct program_option options_own[] = {
        {"", "FILE", false, "what \"paperboy backup\" wrote"},
        {NULL, NULL, false, NULL},
};

static void show(struct program_setup *setup, const char *aside,
        const struct store_counts *counts)
{
    FILE *out = setup->outside->out;
    if (program_options_given(setup->options, "json")) {
        struct program_json json = {.out = out};
        program_json_open(&json, NULL, '{');
        program_json_string(&json, "replaced", aside);
        program_json_number(&json, "papers", counts->papers);
        program_json_number(&json, "notes", counts->notes);
        program_json_number(&json, "due", counts->outbox_due);
        program_json_close(&json, '}');
        return;
    }
    fprintf(out, "restored: %" PRId64 " papers, %" PRId64 " notes\n",
            counts->papers, counts->notes);
    if (*aside != '\0')
        fprintf(out, "what was there is kept as %s\n", aside);
    if (counts->outbox_due > 0)
        fprintf(out,
                "%" PRId64 " messages wait in it and may have been sent since "
                "it was made;\nbefore \"paperboy run\" look at \"paperboy "
                "outbox list\"\n",
                counts->outbox_due);
}

static bool restore(struct program_setup *setup, const char *file)
{
    struct outside *outside = setup->outside;
    const char *aside = "";
    struct store_counts counts;
    struct error err;
    if (!program_setup_config(setup, false))
        return false;
    if (!outside->store_restore(program_setup_store_url(setup), file,
                outside->owner, &setup->arena, &aside, &err)) {
        program_complain(outside, "%s", err.text);
        return false;
    }
    if (!program_setup_store(setup))
        return false;
    if (!store_count(setup->store, &counts, &err)) {
        program_complain(outside, "%s", err.text);
        return false;
    }
    show(setup, aside, &counts);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const char *file = program_options_value(options, "");
    if (file == NULL)
        return program_misused(outside, &program_restore,
                "say what: paperboy restore FILE");
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = restore(&setup, file);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_restore = {
        .name = "restore",
        .summary = "put a backup in the database's place",
        .usage = "FILE [--json]",
        .about = "Checks a backup and puts it in the place of the database, "
                 "which may be damaged or\n"
                 "missing; what was there is kept beside it under another "
                 "name. Refused while a\n"
                 "paperboy runs: stop that first.\n",
        .examples = "  paperboy restore /var/backups/paperboy-monday.db\n",
        .options = options_own,
        .run = run,
};
