#include "bot/program/program_init_ask.h"
#include "bot/program/program_reach.h"

#include "bot/base/text.h"

#include <string.h>
#include <unistd.h>

/* --- afterwards --- */

/* Where the file is not one that is looked for. */
static const char *config_option(const struct program_init *init)
{
    return text_same(init->path, "paperboy.ini")
            ? ""
            : arena_format(init->arena, " --config %s", init->path);
}

static void say_next(struct program_init *init)
{
    const struct init_answers *answers = &init->answers;
    const char *config = config_option(init);
    bool fetches = *answers->contact != '\0';
    const struct {
        const char *command;
        enum init_word what;
    } steps[] = {
            {arena_format(init->arena, "paperboy fetch%s%s",
                     fetches ? "" : " --from FILE", config),
                    fetches ? INIT_NEXT_FETCH : INIT_NEXT_FILES},
            {arena_format(init->arena, "paperboy post --channel %s%s",
                     answers->label, config),
                    INIT_NEXT_POST},
            {arena_format(init->arena, "paperboy run%s", config),
                    INIT_NEXT_RUN},
            {"man paperboy", INIT_NEXT_SYSTEMD},
    };
    dialog_say(&init->dialog, program_init_ask_word(init, INIT_NEXT));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        dialog_say(&init->dialog,
                arena_format(init->arena, "  %s\n      %s", steps[i].command,
                        program_init_ask_word(init, steps[i].what)));
}

/* Reads what was written as any command would. */
static bool check_file(struct program_init *init)
{
    struct program_setup *setup = init->setup;
    struct outside *outside = setup->outside;
    struct config_complaint_list complaints;
    if (config_read(init->path, &outside->kinds, outside->environment,
                init->arena, &setup->config, &complaints)) {
        dialog_say(&init->dialog,
                arena_format(init->arena, "%s: ok", init->path));
        return true;
    }
    program_setup_show_complaints(outside, init->path, &complaints);
    return false;
}

static bool try_out(struct program_init *init)
{
    struct program_setup *setup = init->setup;
    struct program_reach reach = {.posts = true};
    struct error err;
    if (!program_setup_store(setup)) /* what accounts remember is there */
        return false;
    bool opened = program_setup_accounts(setup);
    opened = program_setup_source(setup) && opened;
    if (setup->outside->transport == NULL)
        return false;
    bool asked = program_reach_ask(setup, &reach, &err) &&
            program_reach_post(setup, NULL, &reach, &err);
    program_reach_show(&reach, 0, init->dialog.out);
    if (!asked)
        program_complain(setup->outside, "%s", err.text);
    return asked && opened && program_reach_good(&reach);
}

static bool write_files(struct program_init *init)
{
    struct init_written written;
    struct error err;
    init->answers.settings = init->settings;
    init->answers.store_url =
            program_options_value(init->setup->options, "store");
    if (init->answers.store_url == NULL)
        init->answers.store_url = "sqlite:paperboy.db";
    if (!program_init_write(&init->answers, init->path, init->arena, &written,
                &err)) {
        program_complain(init->setup->outside, "%s", err.text);
        return false;
    }
    for (size_t i = 0; written.files[i] != NULL; i++)
        dialog_say(&init->dialog,
                program_init_ask_filled(init, INIT_WROTE, written.files[i]));
    if (*written.aside != '\0')
        dialog_say(&init->dialog,
                program_init_ask_filled(init, INIT_ASIDE, written.aside));
    return check_file(init);
}

/* --- the command --- */

/* Before many questions are answered in vain. */
static bool may_write(struct program_init *init)
{
    const char *slash = strrchr(init->path, '/');
    const char *folder = slash == NULL
            ? "."
            : arena_string_n(init->arena, init->path,
                      (size_t)(slash - init->path) + 1);
    if (access(folder, W_OK) == 0)
        return true;
    program_complain(init->setup->outside,
            "%s cannot be written: the folder must exist and be yours",
            init->path);
    return false;
}

static bool set_up(struct program_init *init)
{
    if (!may_write(init))
        return false;
    if (!program_init_ask_language(init)) {
        dialog_say(&init->dialog, program_init_ask_word(init, INIT_STOPPED));
        return false;
    }
    dialog_say(&init->dialog,
            program_init_ask_filled(init, INIT_HELLO, init->path));
    if (access(init->path, F_OK) == 0 &&
            !dialog_confirm(&init->dialog,
                    program_init_ask_filled(init, INIT_EXISTS, init->path),
                    false)) {
        dialog_say(&init->dialog,
                program_init_ask_filled(init, INIT_KEPT, init->path));
        return false;
    }
    if (!program_init_ask_all(init)) {
        dialog_say(&init->dialog, program_init_ask_word(init, INIT_STOPPED));
        return false;
    }
    if (!write_files(init))
        return false;
    bool good = !dialog_confirm(&init->dialog,
                        program_init_ask_word(init, INIT_TRY), true) ||
            try_out(init);
    say_next(init);
    return good;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    const char *given = program_options_value(options, "config");
    struct program_init init = {
            .setup = &setup,
            .arena = &setup.arena,
            .path = given == NULL ? "paperboy.ini" : given,
            .dialog = {.in = outside->in,
                    .out = outside->out,
                    .arena = &setup.arena,
                    .echo = !outside->in_is_terminal,
                    .hide_typing = outside->in_is_terminal
                            ? outside->hide_typing
                            : NULL},
            .channel = config_default_channel(),
            .config = config_without_file(),
    };
    bool good = set_up(&init);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_init = {
        .name = "init",
        .summary = "set paperboy up by a few questions",
        .usage = "[--config FILE] [--store URL]",
        .about = "Asks where to post, what and when, in English or Chinese; "
                 "writes the configuration\n"
                 "(paperboy.ini, or --config), secrets into files beside it, "
                 "all readable by you\n"
                 "alone; checks it and offers to post a test message. Nothing "
                 "is overwritten: an\n"
                 "older file is kept under another name. Ctrl-D stops.\n",
        .examples = "  paperboy init\n"
                    "  paperboy init --config /etc/paperboy.ini\n",
        .run = run,
};
