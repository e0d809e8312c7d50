#include "bot/bot.h"
#include "bot/program_setup.h"

#include "bot/base/log.h"

/* One account being asked whether its credentials hold. */
struct verifying {
    const struct account *account;
    struct request *request; /* NULL once answered */
};

/* --- before the loop --- */

static void verified(void *cookie, const struct error *err)
{
    struct verifying *verifying = cookie;
    verifying->request = NULL;
    if (err == NULL)
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
        all[i].account = account;
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
    if (config->source_count == 0)
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

/* --- the daemon --- */

static bool serve(struct program_setup *setup, struct error *err)
{
    struct outside *outside = setup->outside;
    const struct bot_parts parts = {
            .store = setup->store,
            .source = setup->source,
            .accounts = setup->accounts,
            .account_count = setup->account_count,
            .channels = &setup->config.channels,
            .clock = outside->clock,
            .chance = outside->chance,
            .owner = outside->owner,
    };
    struct bot *bot = bot_open(&parts, program_setup_now_ms(setup), err);
    if (bot == NULL)
        return false;
    struct verifying *all = verify_all(setup);
    const struct core core = bot_core(bot);
    log_info("paperboy runs", log_text("config", setup->config.file),
            log_number("channels", setup->config.channels.count));
    bool good = outside->run(outside, &core, err);
    cancel_all(all, setup->account_count);
    bot_close(bot);
    log_info("paperboy ends", log_text("how", good ? "as asked" : err->text));
    return good;
}

static bool open_all(struct program_setup *setup)
{
    struct error err;
    if (!program_setup_config(setup, true))
        return false;
    if (setup->config.channels.count == 0) {
        program_complain(setup->outside,
                "%s has no channel; add a section [channel NAME], see "
                "config.example.ini",
                setup->config.file);
        return false;
    }
    if (!program_setup_store(setup))
        return false;
    if (!store_lock(setup->store, setup->outside->owner, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    return program_setup_channels(setup) && program_setup_accounts(setup) &&
            program_setup_source(setup);
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    struct error err;
    program_setup_init(&setup, outside, options);
    bool good = open_all(&setup);
    if (good) {
        warn_of_silence(&setup.config);
        good = serve(&setup, &err);
        if (!good)
            program_complain(outside, "%s", err.text);
    }
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_run = {
        .name = "run",
        .summary = "the daemon: fetch, plan and post, every day",
        .usage = "",
        .about = "Fetches announcements and posts each channel's digest at "
                 "its hour, until SIGTERM\n"
                 "or Ctrl-C. One daemon a database; log lines go to standard "
                 "error.\n",
        .examples = "  paperboy run\n"
                    "  paperboy run --config /etc/paperboy.ini\n",
        .run = run,
};
