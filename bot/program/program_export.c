#include "bot/program/program_setup.h"
#include "bot/transfer.h"

static bool export(struct program_setup *setup)
{
    struct transfer transfer;
    struct error err;
    if (!program_setup_config(setup, false) ||
            !program_setup_present_store(setup))
        return false;
    if (!transfer_collect(setup->store,
                program_options_given(setup->options, "people"), &setup->arena,
                &transfer, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    transfer_write(&transfer, setup->outside->out);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = export(&setup);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

static const struct program_option options_own[] = {
        {"people", NULL, false, "also votes and saved papers, by user id"},
        {NULL, NULL, false, NULL},
};

const struct program program_export = {
        .name = "export",
        .summary = "what commands set, as a file to be taken elsewhere",
        .usage = "[--people]",
        .about = "Writes what commands set of each channel, who did and when, "
                 "to standard output, for\n"
                 "\"paperboy import\". It is an INI file with the keys of "
                 "[channel] sections, so you\n"
                 "can read and mend it. With --people it has votes and saved "
                 "papers, too, which are\n"
                 "private. Papers and posts are not in it: \"paperboy "
                 "backup\" has them.\n",
        .examples = "  paperboy export > settings.ini\n"
                    "  paperboy export --people > all.ini\n",
        .options = options_own,
        .run = run,
};
