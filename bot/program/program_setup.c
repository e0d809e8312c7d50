#include "bot/program/program_setup.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/program/program_memory.h"
#include "bot/roster.h"

#include <unistd.h>

void program_setup_init(struct program_setup *setup, struct outside *outside,
        const struct program_options *options)
{
    *setup = (struct program_setup){
            .outside = outside,
            .options = options,
            .config = config_without_file(),
    };
}

void program_setup_finish(struct program_setup *setup)
{
    for (size_t i = setup->writer_count; i-- > 0;)
        setup->writers[i].writer->ops->close(setup->writers[i].writer);
    if (setup->votes != NULL)
        setup->votes->ops->close(setup->votes);
    for (size_t i = 0; i < setup->fact_count; i++)
        setup->facts[i]->ops->close(setup->facts[i]);
    if (setup->pictures != NULL)
        setup->pictures->ops->close(setup->pictures);
    if (setup->source != NULL)
        setup->source->ops->close(setup->source);
    for (size_t i = setup->account_count; i-- > 0;)
        setup->accounts[i]->ops->close(setup->accounts[i]);
    store_close(setup->store);
    arena_finish(&setup->arena);
}

int64_t program_setup_now_ms(const struct program_setup *setup)
{
    return clock_now_ms(setup->outside->clock);
}

/* --- the configuration --- */

/* Where a configuration is looked for, in this order. */
struct places {
    const char *items[3];
};

enum {
    PLACES = 3
};

static struct places places_of(struct program_setup *setup)
{
    const char *home = setup->outside->environment("HOME");
    return (struct places){{
            "paperboy.ini",
            arena_format(&setup->arena, "%s/.config/paperboy/paperboy.ini",
                    home == NULL ? "" : home),
            "/etc/paperboy.ini",
    }};
}

/* NULL if there is none. */
static const char *present_config(struct program_setup *setup)
{
    const struct places places = places_of(setup);
    const char *given = program_options_value(setup->options, "config");
    if (given != NULL)
        return given;
    for (size_t i = 0; i < PLACES; i++)
        if (access(places.items[i], F_OK) == 0)
            return places.items[i];
    return NULL;
}

const char *program_setup_find_config(struct program_setup *setup)
{
    const char *file = present_config(setup);
    const struct places places = places_of(setup);
    if (file == NULL)
        program_complain(setup->outside,
                "no configuration: looked for %s, %s and %s; \"paperboy init\" "
                "writes one, --config FILE names another",
                places.items[0], places.items[1], places.items[2]);
    return file;
}

void program_setup_show_complaints(struct outside *outside, const char *file,
        const struct config_complaint_list *complaints)
{
    for (size_t i = 0; i < complaints->count; i++) {
        const struct config_complaint *complaint = &complaints->items[i];
        if (complaint->line == 0)
            fprintf(outside->err, "%s: %s\n", file, complaint->text);
        else
            fprintf(outside->err, "%s:%d: %s\n", file, complaint->line,
                    complaint->text);
    }
    program_complain(outside, "%zu mistake%s in the configuration",
            complaints->count, complaints->count == 1 ? "" : "s");
}

bool program_setup_config(struct program_setup *setup, bool required)
{
    struct outside *outside = setup->outside;
    const char *file =
            required ? program_setup_find_config(setup) : present_config(setup);
    if (file == NULL)
        return !required;
    struct config_complaint_list complaints;
    if (config_read(file, &outside->kinds, outside->environment, &setup->arena,
                &setup->config, &complaints))
        return true;
    program_setup_show_complaints(outside, file, &complaints);
    return false;
}

/* --- the store and what it knows --- */

const char *program_setup_store_url(const struct program_setup *setup)
{
    const char *url = program_options_value(setup->options, "store");
    return url == NULL ? setup->config.store_url : url;
}

bool program_setup_store(struct program_setup *setup)
{
    const char *url = program_setup_store_url(setup);
    struct error err;
    if (setup->store != NULL)
        return true;
    setup->store = setup->outside->store_open(url, &err);
    if (setup->store == NULL)
        program_complain(setup->outside, "%s", err.text);
    return setup->store != NULL;
}

bool program_setup_present_store(struct program_setup *setup)
{
    const char *url = program_setup_store_url(setup);
    bool configured = *setup->config.file != '\0', exists;
    struct error err;
    if (!setup->outside->store_exists(url, &exists, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (exists)
        return program_setup_store(setup);
    program_complain(setup->outside,
            "there is no database at %s yet; %s, or --store names another", url,
            configured ? "\"paperboy run\" makes it and posts every day"
                       : "\"paperboy init\" sets everything up");
    return false;
}

/* --- channels: the file's, the invited, and what commands set of them --- */

static bool has_account(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->account_count; i++)
        if (text_same(config->accounts[i].settings.name, name))
            return true;
    return false;
}

static bool is_invited(const struct program_setup *setup,
        const struct known_channel *known, bool *invited, struct error *err)
{
    *invited = false;
    if (known->removed_ms != 0 || !has_account(&setup->config, known->account))
        return true;
    for (size_t i = 0; i < setup->bases.count; i++)
        if (setup->bases.items[i].id == known->id)
            return true;
    return roster_is_invited(setup->store, known->id, invited, err);
}

static bool add_invited(struct program_setup *setup,
        const struct known_channel_list *known, struct error *err)
{
    for (size_t i = 0; i < known->count; i++) {
        const struct known_channel *there = &known->items[i];
        struct channel base = config_default_channel();
        bool invited;
        if (!is_invited(setup, there, &invited, err))
            return false;
        base.id = there->id;
        base.account = base.home = there->account;
        base.room = there->room;
        base.label = there->label;
        if (invited)
            setup->bases.items[setup->bases.count++] = base;
    }
    return true;
}

static void take_id(const struct known_channel_list *known,
        struct channel *channel)
{
    for (size_t i = 0; i < known->count; i++)
        if (text_same(known->items[i].account, channel->home) &&
                text_same(known->items[i].room, channel->room))
            channel->id = known->items[i].id;
}

static bool apply_settings(struct program_setup *setup, struct error *err)
{
    struct channel_list *in_force = &setup->config.channels;

    for (size_t i = 0; i < setup->bases.count; i++)
        if (!channel_settings_apply(setup->store, &setup->bases.items[i],
                    &setup->arena, &in_force->items[i], err))
            return false;
    in_force->count = setup->bases.count;
    return true;
}

/* Once: whoever looked up a channel goes on pointing at it. */
static bool read_channels(struct program_setup *setup, struct error *err)
{
    struct channel_list *channels = &setup->config.channels;
    struct known_channel_list known;

    if (setup->bases.items != NULL)
        return true;
    if (!store_channel_list(setup->store, &setup->arena, &known, err))
        return false;
    size_t most = channels->count + known.count + 1;
    setup->bases.items = arena_array(&setup->arena, struct channel, most);
    for (size_t i = 0; i < channels->count; i++) {
        struct channel *base = &setup->bases.items[setup->bases.count++];
        *base = channels->items[i];
        if (!roster_moved_room(setup->store, base->home, base->room,
                    &setup->arena, &base->room, err))
            return false;
        take_id(&known, base);
    }
    setup->configured = setup->bases;
    channels->items = arena_array(&setup->arena, struct channel, most);
    return add_invited(setup, &known, err) && apply_settings(setup, err);
}

const struct channel *
program_setup_configured(const struct program_setup *setup,
        const struct channel *channel)
{
    return &setup->bases.items[channel - setup->config.channels.items];
}

bool program_setup_known_channels(struct program_setup *setup)
{
    struct error err;

    if (read_channels(setup, &err))
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

static bool put_channels(struct program_setup *setup, bool all)
{
    if (!program_setup_known_channels(setup))
        return false;
    for (size_t i = 0; i < setup->configured.count; i++) {
        struct channel *channel = &setup->configured.items[i];
        struct error err;
        if (channel->id != 0 && !all)
            continue;
        if (store_channel_put(setup->store, channel->home, channel->room,
                    channel->label, program_setup_now_ms(setup), &channel->id,
                    &err)) {
            setup->config.channels.items[i].id = channel->id;
            continue;
        }
        program_complain(setup->outside, "channel %s: %s", channel->label,
                err.text);
        return false;
    }
    return true;
}

bool program_setup_channels(struct program_setup *setup)
{
    return put_channels(setup, true);
}

bool program_setup_new_channels(struct program_setup *setup)
{
    return put_channels(setup, false);
}

bool program_setup_channels_if_any(struct program_setup *setup)
{
    bool exists;
    struct error err;
    if (!setup->outside->store_exists(program_setup_store_url(setup), &exists,
                &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    return !exists ||
            (program_setup_store(setup) && program_setup_known_channels(setup));
}

/* --- the network --- */

static bool open_transport(struct program_setup *setup)
{
    struct outside *outside = setup->outside;
    struct error err;
    if (outside->transport != NULL)
        return true;
    outside->transport = outside->transport_open(outside, &err);
    if (outside->transport == NULL)
        program_complain(outside, "%s", err.text);
    return outside->transport != NULL;
}

static void tell_rooms(struct program_setup *setup)
{
    const struct channel_list *channels = &setup->config.channels;
    for (size_t i = 0; i < channels->count; i++) {
        const struct channel *channel = &channels->items[i];
        struct account *account = program_setup_account(setup, channel);
        if (account != NULL && account->ops->serve != NULL)
            account->ops->serve(account, channel->room);
    }
}

bool program_setup_accounts(struct program_setup *setup)
{
    const struct config *config = &setup->config;
    if (!open_transport(setup))
        return false;
    setup->accounts = arena_array(&setup->arena, struct account *,
            config->account_count + 1);
    for (size_t i = 0; i < config->account_count; i++) {
        const struct config_account *wanted = &config->accounts[i];
        struct error err;
        struct account *account =
                wanted->kind->open(&wanted->settings, setup->outside->transport,
                        program_memory_of(setup, wanted->settings.name), &err);
        if (account == NULL) {
            program_complain(setup->outside, "%s:%d: account %s: %s",
                    config->file, wanted->line, wanted->settings.name,
                    err.text);
            continue;
        }
        setup->accounts[setup->account_count++] = account;
    }
    tell_rooms(setup);
    return setup->account_count == config->account_count;
}

static bool open_source(struct program_setup *setup,
        const struct config_source *wanted, struct source **source)
{
    struct error err;
    if (wanted == NULL)
        return true;
    if (!open_transport(setup))
        return false;
    *source = wanted->kind->open(&wanted->settings, setup->outside->transport,
            &err);
    if (*source == NULL)
        program_complain(setup->outside, "source %s: %s", wanted->settings.name,
                err.text);
    return *source != NULL;
}

static bool open_only(struct program_setup *setup, enum source_use use,
        struct source **source)
{
    return open_source(setup, config_find_source(&setup->config, use), source);
}

static bool open_facts(struct program_setup *setup)
{
    const struct config *config = &setup->config;
    bool opened = true;

    for (size_t i = 0; i < config->source_count; i++) {
        struct source **source = &setup->facts[setup->fact_count];
        if (config->sources[i].kind->use != SOURCE_FACTS ||
                setup->fact_count == ENRICH_SOURCES_MAX)
            continue;
        if (open_source(setup, &config->sources[i], source))
            setup->fact_count++;
        else
            opened = false;
    }
    return opened;
}

bool program_setup_source(struct program_setup *setup)
{
    bool opened = open_only(setup, SOURCE_ANNOUNCES, &setup->source);
    opened = open_only(setup, SOURCE_VOTES, &setup->votes) && opened;
    opened = open_only(setup, SOURCE_PICTURES, &setup->pictures) && opened;
    return open_facts(setup) && opened;
}

bool program_setup_writers(struct program_setup *setup)
{
    const struct config *config = &setup->config;
    if (config->writer_count > 0 && !open_transport(setup))
        return false;
    setup->writers = arena_array(&setup->arena, struct hired_writer,
            config->writer_count + 1);
    for (size_t i = 0; i < config->writer_count; i++) {
        const struct config_writer *wanted = &config->writers[i];
        struct error err;
        struct writer *writer = wanted->kind->open(&wanted->settings,
                setup->outside->transport, &err);
        if (writer == NULL) {
            program_complain(setup->outside, "%s:%d: writer %s: %s",
                    config->file, wanted->line, wanted->settings.name,
                    err.text);
            continue;
        }
        setup->writers[setup->writer_count++] =
                (struct hired_writer){.writer = writer, .terms = wanted->terms};
    }
    return setup->writer_count == config->writer_count;
}

/* --- looking up --- */

const struct channel *program_setup_channel(struct program_setup *setup,
        const char *label)
{
    if (!program_setup_channels_if_any(setup))
        return NULL;
    const struct channel *channel = config_find_channel(&setup->config, label);
    if (channel != NULL)
        return channel;
    const struct channel_list *channels = &setup->config.channels;
    const char **labels =
            arena_array(&setup->arena, const char *, channels->count + 1);
    for (size_t i = 0; i < channels->count; i++)
        labels[i] = channels->items[i].label;
    const char *nearest = text_nearest(label, labels);
    if (nearest == NULL && channels->count == 1)
        nearest = labels[0];
    if (nearest != NULL)
        program_complain(setup->outside,
                "there is no channel \"%s\" in %s; did you mean %s?", label,
                setup->config.file, nearest);
    else
        program_complain(setup->outside,
                "there is no channel \"%s\" in %s; add a section [channel %s]",
                label, setup->config.file, label);
    return NULL;
}

struct account *program_setup_account(const struct program_setup *setup,
        const struct channel *channel)
{
    for (size_t i = 0; i < setup->account_count; i++)
        if (text_same(setup->accounts[i]->name, channel->account))
            return setup->accounts[i];
    return NULL;
}

bool program_setup_today(struct program_setup *setup, struct civil_date *date)
{
    struct error err;
    struct civil_zone *zone = civil_zone_open("America/New_York", &err);
    if (zone == NULL) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    *date = civil_from_ms(zone, program_setup_now_ms(setup)).date;
    civil_zone_close(zone);
    return true;
}

bool program_setup_date(struct outside *outside, const struct program *program,
        const struct program_options *options, struct civil_date *date)
{
    const char *given = program_options_value(options, "date");
    *date = (struct civil_date){0};
    if (given == NULL || civil_date_parse(given, date))
        return true;
    program_misused(outside, program,
            "--date \"%s\" is no day; expected such as 2026-11-24", given);
    return false;
}
