#include "bot/program/program_setup.h"

#include "bot/base/text.h"

static const struct program_option options_own[] = {
        {"account", "NAME", false, "for this account of the configuration"},
        {"url", "ADDRESS", false,
                "where Slack reaches [server]: https://bot.example.org"},
        {"name", "NAME", false,
                "what people call the bot; Paperboy unless set"},
        {NULL, NULL, false, NULL},
};

static const char usual_account[] = "slack";

static const struct account_kind *kind_with_apps(const struct outside *outside)
{
    const struct account_kind *const *kinds = outside->kinds.accounts;

    while (*kinds != NULL && (*kinds)->app_manifest == NULL)
        kinds++;
    return *kinds;
}

/* The one that is named, or the first there is; NULL after a complaint, or if
 * the configuration has none. */
static const struct config_account *find_account(struct program_setup *setup,
        bool *good)
{
    const char *name = program_options_value(setup->options, "account");
    const struct config *config = &setup->config;

    *good = true;
    for (size_t i = 0; i < config->account_count; i++) {
        const struct config_account *account = &config->accounts[i];
        if (account->kind->app_manifest != NULL &&
                (name == NULL || text_same(account->settings.name, name)))
            return account;
    }
    if (name == NULL)
        return NULL;
    *good = false;
    program_complain(setup->outside,
            "there is no [account %s] with a bot of Slack's; leave --account "
            "out for a new one",
            name);
    return NULL;
}

/* Where the output goes to a file or a pipe, whoever does that knows. */
static void show_steps(const struct outside *outside)
{
    if (!outside->out_is_terminal)
        return;
    fputs("\n1. https://api.slack.com/apps: Create New App, From a manifest, "
          "paste this.\n"
          "2. Install it into the workspace; the Bot User OAuth Token "
          "(xoxb-...) is token.\n"
          "3. Socket Mode: Basic Information, App-Level Tokens, with "
          "connections:write, is\n"
          "   app_token. Over HTTP: the Signing Secret there is "
          "signing_secret.\n"
          "4. /invite the bot into private channels; public ones it joins.\n",
            outside->err);
}

static bool show(struct program_setup *setup)
{
    const char *url = program_options_value(setup->options, "url");
    const char *title = program_options_value(setup->options, "name");
    const struct account_kind *kind = kind_with_apps(setup->outside);
    struct error err;
    bool good;

    if (!program_setup_config(setup, false))
        return false;
    const struct config_account *account = find_account(setup, &good);
    if (!good || kind == NULL)
        return false;
    const struct account_app app = {.account = account != NULL
                    ? account->settings.name
                    : usual_account,
            .settings = account != NULL ? &account->settings : NULL,
            .title = title != NULL ? title : "Paperboy",
            .url = url != NULL ? url : ""};
    const char *manifest = kind->app_manifest(&app, &setup->arena, &err);
    if (manifest == NULL) {
        program_complain(setup->outside, "%s%s", err.text,
                url == NULL ? ": --url https://bot.example.org" : "");
        return false;
    }
    fputs(manifest, setup->outside->out);
    show_steps(setup->outside);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;

    program_setup_init(&setup, outside, options);
    bool good = show(&setup);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_slack_manifest = {
        .name = "slack-manifest",
        .summary = "what is pasted at Slack to make the bot's app",
        .usage = "[--account NAME] [--url ADDRESS] [--name NAME]",
        .about = "Prints the manifest of a Slack app, for one paste at\n"
                 "https://api.slack.com/apps (Create New App, From a "
                 "manifest): its scopes and, as far\n"
                 "as the account's keys are set, its command, its events and "
                 "how it hears of them.\n"
                 "Without such an account: all that can be used, over Socket "
                 "Mode, or with --url over\n"
                 "HTTP. No secret is in it.\n",
        .examples = "  paperboy slack-manifest\n"
                    "  paperboy slack-manifest --account lab --url "
                    "https://bot.example.org\n",
        .options = options_own,
        .run = run,
};
