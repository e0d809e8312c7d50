#include "bot/program/program_setup.h"

#include "bot/base/text.h"
#include "bot/base/text_plain.h"
#include "bot/channel_settings.h"
#include "bot/commands/command.h"
#include "bot/program/program_ask.h"
#include "bot/program/program_show.h"

enum {
    FETCHES_MAX = 2, /* for one command */
};

/* Who asks at the terminal of the database's owner. */
static const char *const owner = "owner";

/* --- where it is asked --- */

/* A place of one's own: what no channel was named for. */
static bool own_place(struct program_setup *setup, struct program_ask *ask)
{
    struct error err;

    ask->own_place = true;
    ask->configured = config_default_channel();
    ask->configured.account = "terminal";
    ask->configured.home = "terminal";
    ask->configured.room = "terminal";
    ask->configured.label = "terminal";
    ask->configured.subscription.categories =
            config_all_categories(&setup->config, &setup->arena);
    if (store_channel_put(setup->store, "terminal", "terminal", "terminal",
                program_setup_now_ms(setup), &ask->configured.id, &err))
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

static bool find_place(struct program_setup *setup, struct program_ask *ask)
{
    const struct channel_list *channels = &setup->config.channels;
    const char *label = program_options_value(setup->options, "channel");
    const struct channel *channel = NULL;

    if (!program_setup_new_channels(setup))
        return false;
    if (label != NULL)
        channel = program_setup_channel(setup, label);
    else if (channels->count == 1)
        channel = &channels->items[0];
    else
        return own_place(setup, ask);
    if (channel == NULL)
        return false;
    ask->configured = *program_setup_configured(setup, channel);
    return true;
}

bool program_ask_open(struct program_setup *setup, struct program_ask *ask)
{
    const char *person = program_options_value(setup->options, "as");

    *ask = (struct program_ask){.setup = setup,
            .person = person == NULL ? owner : person,
            .is_owner = person == NULL,
            .form = "paperboy ask"};
    return program_setup_config(setup, false) && program_setup_store(setup) &&
            find_place(setup, ask);
}

/* --- one command --- */

struct answering {
    struct program_ask *ask;
    const char *text;
    struct arena *arena;
    struct string_list unheard_of;
    size_t unheard_capacity;
    bool can_fetch;
    const char *language; /* of the command */
    struct command_answer answer;
};

/* Nobody else is asked at a terminal: the file says who is in charge. */
static bool is_allowed(const struct program_ask *ask,
        const struct channel *channel, enum command_who who)
{
    return ask->is_owner || string_list_has(&channel->admins, ask->person) ||
            (who == COMMAND_CURATORS &&
                    string_list_has(&channel->curators, ask->person));
}

static bool answer_step(struct store *store, void *ctx, struct error *err)
{
    struct answering *answering = ctx;
    struct program_ask *ask = answering->ask;
    struct channel channel;

    if (!channel_settings_apply(store, &ask->configured, answering->arena,
                &channel, err))
        return false;
    const char *language =
            channel.languages.tags[0] ? channel.languages.tags[0] : "en";
    struct command_request request =
            command_read(answering->arena, answering->text, language);
    const struct command_call call = {
            .store = store,
            .channel = &channel,
            .configured = &ask->configured,
            .account = channel.home,
            .person = ask->person,
            .form = ask->form,
            .language = request.language,
            .today = ask->today,
            .now_ms = program_setup_now_ms(ask->setup),
            .keep = ask->setup->config.keep,
            .chance = ask->setup->outside->chance,
            .can_fetch = answering->can_fetch,
            .unheard_of = answering->unheard_of,
            .private_place = true,
            .arena = answering->arena,
    };
    answering->language = request.language;
    if (!command_answer(&call, &request, is_allowed(ask, &channel, request.who),
                &answering->answer, err))
        return false;
    return answering->answer.wanted.count == 0 ||
            error_set(err, ERROR_REJECTED, "papers are wanted first");
}

/* What a command did that wants papers first is taken back. */
static bool answer_once(struct answering *answering)
{
    struct program_setup *setup = answering->ask->setup;
    struct error err = {0};

    answering->answer = (struct command_answer){0};
    if (store_transact(setup->store, answer_step, answering, &err) ||
            answering->answer.wanted.count > 0)
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

/* False if it was asked to end. */
static bool fetch_wanted(struct answering *answering)
{
    struct string_list unheard_of = {0};

    if (!program_ask_fetch(answering->ask, &answering->answer.wanted,
                answering->language, answering->arena, &unheard_of))
        return false;
    for (size_t i = 0; i < unheard_of.count; i++)
        string_list_add(&answering->unheard_of, &answering->unheard_capacity,
                answering->arena, unheard_of.items[i]);
    return true;
}

/* Runs the command again for as long as it wants papers that may be had. */
static bool answer_fully(struct answering *answering)
{
    const struct config *config = &answering->ask->setup->config;

    answering->can_fetch = config_find_source(config, SOURCE_ANNOUNCES) != NULL;
    for (int i = 0; i < FETCHES_MAX; i++) {
        if (!answer_once(answering))
            return false;
        if (answering->answer.wanted.count == 0)
            return true;
        if (!fetch_wanted(answering))
            return false;
    }
    answering->can_fetch = false;
    return answer_once(answering);
}

bool program_ask_answer(struct program_ask *ask, const char *text)
{
    struct arena arena = {0};
    struct answering answering = {.ask = ask, .text = text, .arena = &arena};
    bool good = program_setup_today(ask->setup, &ask->today) &&
            answer_fully(&answering);

    good = good &&
            program_show_document(ask->setup, answering.answer.document,
                    "text");
    arena_finish(&arena);
    return good;
}

/* --- the subcommand --- */

static const char *words_of(struct program_setup *setup,
        const struct string_list *list)
{
    struct text text;

    text_init(&text, &setup->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? " " : "", list->items[i]);
    return text_string(&text);
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const struct string_list words = program_options_all(options, "");
    struct program_setup setup;
    struct program_ask ask;

    program_setup_init(&setup, outside, options);
    bool good = program_ask_open(&setup, &ask) &&
            (words.count == 0 ? program_ask_talk(&ask)
                              : program_ask_answer(&ask,
                                        words_of(&setup, &words)));
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

static const struct program_option options_own[] = {
        {"", "COMMAND", true,
                "what would stand behind /paper; none: a conversation"},
        {"channel", "NAME", false,
                "ask there; else in the only channel, or in a place of your "
                "own"},
        {"as", "PERSON", false,
                "ask as that person (native id), with their rights"},
        {NULL, NULL, false, NULL},
};

const struct program program_ask = {
        .name = "ask",
        .summary = "what /paper does in a channel, at the terminal",
        .usage = "[\"COMMAND...\"] [--channel NAME] [--as PERSON]",
        .about = "Answers a command as it would be answered in a channel; "
                 "nothing is posted there.\n"
                 "\"help\" lists the commands.  Without a COMMAND a "
                 "conversation begins; what\n"
                 "is not typed at a terminal is read as one command a line.\n",
        .examples = "  paperboy ask help\n"
                    "  paperboy ask \"帮助\" --channel team\n"
                    "  paperboy ask\n",
        .options = options_own,
        .run = run,
};
