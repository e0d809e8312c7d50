#include "bot/bot.h"
#include "bot/program/program_measures.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/log.h"
#include "bot/base/text.h"

#include <stdlib.h>

/* One account being asked whether its credentials hold. */
struct verifying {
    const struct account *account;
    bool webhook;            /* it was not asked anything */
    struct request *request; /* NULL once answered */
};

/* --- before the loop --- */

static void verified(void *cookie, const struct error *err)
{
    struct verifying *verifying = cookie;
    verifying->request = NULL;
    if (err == NULL && verifying->webhook)
        log_info("account not asked: a webhook shows only by a message that it "
                 "works",
                log_text("account", verifying->account->name));
    else if (err == NULL)
        log_info("account works",
                log_text("account", verifying->account->name));
    else
        log_error("account does not work; mend its section and start again",
                log_text("account", verifying->account->name),
                log_text("why", err->text));
}

/* Nobody waits for the answers: a homeserver that is down at breakfast must
 * not keep the others from their papers. */
static struct verifying *verify_all(struct program_setup *setup)
{
    struct verifying *all = arena_array(&setup->arena, struct verifying,
            setup->account_count + 1);
    for (size_t i = 0; i < setup->account_count; i++) {
        struct account *account = setup->accounts[i];
        const struct config_account *wanted =
                config_find_account(&setup->config, account->name);
        all[i].account = account;
        all[i].webhook = wanted != NULL && config_is_webhook(wanted->kind);
        if (account->ops->verify != NULL)
            all[i].request = account->ops->verify(account, verified, &all[i]);
    }
    return all;
}

static void cancel_all(struct verifying *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        request_cancel(all[i].request);
}

static void warn_of_silence(const struct config *config)
{
    if (config_find_source(config, SOURCE_ANNOUNCES) == NULL)
        log_warning("nothing is fetched: there is no [source arxiv]",
                log_text("file", config->file));
    for (size_t i = 0; i < config->channels.count; i++) {
        const struct channel *channel = &config->channels.items[i];
        if (channel->subscription.categories.count == 0)
            log_warning("nothing is posted: the channel has no categories",
                    log_text("channel", channel->label));
        else if (channel->schedule.minute_of_day < 0)
            log_warning("nothing is posted by itself: no schedule",
                    log_text("channel", channel->label));
    }
}

/* What will happen, for whoever starts it and then sees nothing for hours. */
static void tell_hours(struct program_setup *setup)
{
    const struct channel_list *channels = &setup->config.channels;
    const char *holidays = program_show_holidays(setup);

    if (holidays != NULL)
        log_warning("holidays are not known", log_text("why", holidays));
    for (size_t i = 0; i < channels->count; i++) {
        char next[PROGRAM_SHOW_TIME_SIZE];
        int64_t due_ms;
        program_show_due(&channels->items[i], program_setup_now_ms(setup), next,
                &due_ms);
        if (due_ms > 0)
            log_info("next digest",
                    log_text("channel", channels->items[i].label),
                    log_text("at", next));
    }
}

/* --- the daemon --- */

/* What runs, and what takes over from it after SIGHUP.  The change of shift
 * happens inside the loop: between two loops no signal would be caught. */
struct daemon {
    struct program_setup *setup;
    struct program_setup *next; /* NULL: nothing waits to take over */
    struct bot *bot;
    struct core core; /* the bot as the loop sees it */
    struct account_ears ears;
    struct verifying *verifying;
    bool told; /* that it runs */
    struct query query;
    uint64_t heard; /* events, since the start */
};

/* --- what it tells of itself --- */

static const char *trouble(void *ctx, struct arena *arena)
{
    struct daemon *daemon = ctx;

    if (daemon->bot == NULL)
        return "the configuration cannot be served; see the log";
    return program_measures_trouble(daemon->setup, arena);
}

static bool measures(void *ctx, struct arena *arena, struct measure_list *list,
        struct error *err)
{
    struct daemon *daemon = ctx;

    query_add(list, arena,
            (struct measure){.name = "events_heard_total",
                    .help = "What people wrote and did where the bot listens: "
                            "commands, votes, invitations.",
                    .counter = true,
                    .value = (double)daemon->heard});
    for (size_t i = 0; i < daemon->setup->account_count; i++) {
        const struct account *account = daemon->setup->accounts[i];
        if (account->ops->measures != NULL)
            account->ops->measures(account, arena, list);
    }
    return program_measures_add(daemon->setup, arena, list, err);
}

/* No [server] is a wish, too: that there be none. */
static bool open_server(struct daemon *daemon,
        const struct program_setup *setup, struct error *err)
{
    struct outside *outside = setup->outside;

    return outside->serve == NULL ||
            outside->serve(outside, &setup->config.server, &daemon->query, err);
}

static bool open_accounts(struct program_setup *setup)
{
    return program_setup_channels(setup) && program_setup_accounts(setup) &&
            program_setup_source(setup) && program_setup_writers(setup);
}

/* An account with rooms may be asked into one. */
static bool may_be_invited(const struct config *config)
{
    for (size_t i = 0; i < config->account_count; i++)
        if (!config->accounts[i].kind->one_channel)
            return true;
    return false;
}

static bool read_channels(struct program_setup *setup)
{
    if (!program_setup_config(setup, true))
        return false;
    if (setup->config.channels.count > 0 || may_be_invited(&setup->config))
        return true;
    program_complain(setup->outside,
            "%s has no channel; add a section [channel NAME], see "
            "config.example.ini",
            setup->config.file);
    return false;
}

static struct program_setup *setup_close(struct program_setup *setup)
{
    program_setup_finish(setup);
    free(setup);
    return NULL;
}

/* With the server that the configuration wants, which accounts look for; one
 * that it does not want stays until their old ones have left it. */
static bool open_served(struct daemon *daemon, struct program_setup *setup)
{
    struct error err = {0};

    if (setup->config.server.listen_count == 0 ||
            open_server(daemon, setup, &err))
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

/* The store stays: the lock on it must never be let go. */
static struct program_setup *open_next(struct daemon *daemon)
{
    struct program_setup *setup = daemon->setup;
    struct program_setup *next = calloc(1, sizeof *next);

    if (next == NULL)
        return NULL;
    program_setup_init(next, setup->outside, setup->options);
    bool good = read_channels(next) && open_served(daemon, next);
    next->store = setup->store;
    good = good && open_accounts(next);
    next->store = NULL;
    if (!good) {
        open_served(daemon, setup);
        return setup_close(next);
    }
    if (!text_same(next->config.store_url, setup->config.store_url))
        log_warning("another store needs a new start; the old one stays",
                log_text("store", next->config.store_url));
    return next;
}

static bool daemon_received(void *ctx, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    struct daemon *daemon = ctx;

    if (daemon->bot == NULL)
        return error_set(err, ERROR_RETRY, "nobody listens at the moment");
    bool taken =
            bot_received(daemon->bot, account, events, count, checkpoint, err);
    daemon->heard += taken ? count : 0;
    return taken;
}

static bool open_bot(struct daemon *daemon, struct error *err)
{
    const struct program_setup *setup = daemon->setup;
    const struct outside *outside = setup->outside;
    const struct bot_parts parts = {
            .store = setup->store,
            .source = setup->source,
            .votes = setup->votes,
            .pictures = setup->pictures,
            .facts = setup->facts,
            .fact_count = setup->fact_count,
            .writers = setup->writers,
            .writer_count = setup->writer_count,
            .glossary = setup->config.glossary,
            .accounts = setup->accounts,
            .account_count = setup->account_count,
            .channels = &setup->configured,
            .alerts = config_find_channel(&setup->config, setup->config.alerts),
            .keep = setup->config.keep,
            .clock = outside->clock,
            .chance = outside->chance,
            .owner = outside->owner,
    };

    warn_of_silence(&setup->config);
    daemon->told = false;
    daemon->bot = bot_open(&parts, program_setup_now_ms(setup), err);
    if (daemon->bot == NULL)
        return false;
    daemon->core = bot_core(daemon->bot);
    daemon->verifying = verify_all(daemon->setup);
    daemon->ears = (struct account_ears){daemon_received, daemon};
    return bot_listen(daemon->bot, &daemon->ears, err);
}

static void close_bot(struct daemon *daemon)
{
    if (daemon->bot == NULL)
        return;
    cancel_all(daemon->verifying, daemon->setup->account_count);
    bot_close(daemon->bot);
    daemon->bot = NULL;
}

/* Each account from the one of its name and kind. */
static void hand_over(const struct program_setup *old,
        const struct program_setup *next)
{
    for (size_t i = 0; i < next->account_count; i++)
        for (size_t k = 0; k < old->account_count; k++) {
            struct account *account = next->accounts[i];
            struct account *before = old->accounts[k];
            if (account->ops == before->ops && account->ops->take_over &&
                    text_same(account->name, before->name))
                account->ops->take_over(account, before);
        }
}

/* The old bot has nothing under way any more: the next one begins. */
static void change_shift(struct daemon *daemon)
{
    struct error err = {0};

    close_bot(daemon);
    hand_over(daemon->setup, daemon->next);
    daemon->next->store = daemon->setup->store;
    daemon->setup->store = NULL;
    setup_close(daemon->setup);
    daemon->setup = daemon->next;
    daemon->next = NULL;
    if (daemon->setup->config.server.listen_count == 0)
        open_server(daemon, daemon->setup, &err);
    if (!open_bot(daemon, &err))
        log_error("the new configuration cannot be served",
                log_text("why", err.text));
}

/* --- as the loop sees it --- */

static void daemon_hang_up(void *ctx)
{
    struct daemon *daemon = ctx;

    if (daemon->bot == NULL)
        return;
    struct program_setup *next = open_next(daemon);
    if (next == NULL) {
        log_error("configuration refused, the old one stays in force",
                log_text("config", daemon->setup->config.file));
        return;
    }
    log_info("configuration read again", log_text("config", next->config.file));
    if (daemon->next != NULL)
        setup_close(daemon->next); /* not in force yet, and older */
    else
        daemon->core.wind_down(daemon->core.ctx);
    daemon->next = next;
}

static void daemon_wind_down(void *ctx)
{
    struct daemon *daemon = ctx;

    if (daemon->next != NULL)
        daemon->next = setup_close(daemon->next);
    if (daemon->bot != NULL)
        daemon->core.wind_down(daemon->core.ctx);
}

static bool bot_is_done(const struct daemon *daemon)
{
    return daemon->bot == NULL || daemon->core.finished(daemon->core.ctx);
}

static int64_t daemon_next_due_ms(void *ctx)
{
    struct daemon *daemon = ctx;

    if (!daemon->told || (daemon->next != NULL && bot_is_done(daemon)))
        return 0;
    return daemon->core.next_due_ms(daemon->core.ctx);
}

static void daemon_step(void *ctx, int64_t now_ms)
{
    struct daemon *daemon = ctx;

    if (daemon->next != NULL && bot_is_done(daemon))
        change_shift(daemon);
    if (daemon->bot == NULL)
        return;
    if (!daemon->told) {
        log_info("paperboy runs",
                log_text("config", daemon->setup->config.file),
                log_number("channels", daemon->setup->config.channels.count));
        tell_hours(daemon->setup);
    }
    daemon->told = true;
    daemon->core.step(daemon->core.ctx, now_ms);
}

static bool daemon_finished(void *ctx)
{
    const struct daemon *daemon = ctx;

    return daemon->next == NULL && bot_is_done(daemon);
}

/* --- from start to end --- */

static bool open_first(struct daemon *daemon)
{
    struct program_setup *setup = daemon->setup;
    struct error err;

    daemon->query = (struct query){.trouble = trouble,
            .measures = measures,
            .ctx = daemon};
    if (!read_channels(setup) || !program_setup_store(setup))
        return false;
    if (!store_lock(setup->store, setup->outside->owner, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    return open_served(daemon, setup) && open_accounts(setup);
}

static bool serve(struct daemon *daemon)
{
    struct outside *outside = daemon->setup->outside;
    struct error err = {0};
    const struct core core = {.next_due_ms = daemon_next_due_ms,
            .step = daemon_step,
            .wind_down = daemon_wind_down,
            .hang_up = daemon_hang_up,
            .finished = daemon_finished,
            .ctx = daemon};
    bool good = open_bot(daemon, &err) && outside->run(outside, &core, &err);

    good = good && daemon->bot != NULL;
    close_bot(daemon);
    log_info("paperboy ends", log_text("how", good ? "as asked" : err.text));
    if (err.kind != ERROR_NONE)
        program_complain(outside, "%s", err.text);
    return good;
}

static bool log_as_asked(struct outside *outside,
        const struct program_options *options)
{
    const char *word = program_options_value(options, "log");
    enum log_form form = LOG_FORM_AUTO;

    if (word != NULL && !log_form_parse(word, &form)) {
        program_misused(outside, &program_run,
                "--log \"%s\" is no form; expected auto, human, logfmt or json",
                word);
        return false;
    }
    log_set_form(form);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct daemon daemon = {.setup = calloc(1, sizeof *daemon.setup)};

    if (daemon.setup == NULL) {
        program_complain(outside, "out of memory");
        return PROGRAM_FAILED;
    }
    program_setup_init(daemon.setup, outside, options);
    bool understood = log_as_asked(outside, options);
    bool good = understood && open_first(&daemon) && serve(&daemon);
    setup_close(daemon.setup);
    if (!understood)
        return PROGRAM_USAGE;
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

static const struct program_option options[] = {
        {"log", "FORM", false,
                "auto (human on a terminal, else logfmt), human, logfmt, json"},
        {NULL, NULL, false, NULL},
};

const struct program program_run = {
        .name = "run",
        .summary = "the daemon: fetch, plan and post, every day",
        .usage = "[--log FORM]",
        .about = "Fetches announcements and posts each channel's digest at "
                 "its hour, until SIGTERM\n"
                 "or Ctrl-C. One daemon a database; log lines go to standard "
                 "error.\n"
                 "SIGHUP reads the configuration again; a faulty one leaves "
                 "the old one in force.\n",
        .options = options,
        .examples =
                "  paperboy run\n"
                "  paperboy run --config /etc/paperboy.ini --log json\n"
                "  kill -HUP PID      after the configuration was changed\n",
        .run = run,
};
