#include "bot/program_setup.h"
#include "bot/transfer.h"

static bool export(struct program_setup *setup)
{
    struct transfer transfer;
    struct error err;
    if (!program_setup_config(setup, false) ||
            !program_setup_present_store(setup))
        return false;
    if (!transfer_collect(setup->store, &setup->arena, &transfer, &err)) {
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

const struct program program_export = {
        .name = "export",
        .summary = "what commands set, as a file to be taken elsewhere",
        .usage = "",
        .about = "Writes what commands set of each channel, who did and when, "
                 "to standard output, for\n"
                 "\"paperboy import\". It is an INI file with the keys of "
                 "[channel] sections, so you\n"
                 "can read and mend it. Papers and posts are not in it: "
                 "\"paperboy backup\" has them.\n",
        .examples = "  paperboy export > settings.ini\n",
        .run = run,
};
