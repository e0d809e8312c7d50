#include "bot/program/program_json.h"
#include "bot/program/program_reach.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/text.h"
#include "bot/model/category.h"
#include "bot/schedule_hint.h"

static const struct program_option options_own[] = {
        {"offline", NULL, false, "the configuration alone; ask nobody"},
        {"post", NULL, false, "post a short test message to each channel"},
        {"channel", "NAME", false, "with --post: to that channel only"},
        {NULL, NULL, false, NULL},
};

static const char *kind_of(const struct config *config,
        const struct channel *channel)
{
    for (size_t i = 0; i < config->account_count; i++)
        if (text_same(config->accounts[i].settings.name, channel->account))
            return config->accounts[i].kind->kind;
    return "";
}

static const char *languages_of(const struct channel *channel,
        struct arena *arena)
{
    const char *const *tags = channel->languages.tags;
    return tags[1] == NULL ? tags[0]
                           : arena_format(arena, "%s %s", tags[0], tags[1]);
}

static const char *tags_of(const struct channel *channel, struct arena *arena)
{
    const struct string_list *codes = &channel->subscription.categories;
    struct text tags;
    text_init(&tags, arena, 4000);
    for (size_t i = 0; i < codes->count; i++)
        text_add_format(&tags, "%s%s", i > 0 ? " " : "",
                category_tag(codes->items[i]));
    return text_string(&tags);
}

/* What to know of the channel's hour; NULL if it suits. */
static const char *hint_of(struct program_setup *setup,
        const struct channel *channel)
{
    int64_t days = program_setup_now_ms(setup) / (INT64_C(24) * 60 * 60 * 1000);
    return schedule_hint(channel, civil_date_of_days(days).year, &setup->arena);
}

/* --- for people --- */

static void show_channel(struct program_setup *setup,
        const struct channel *channel)
{
    FILE *out = setup->outside->out;
    struct arena *arena = &setup->arena;
    char next[PROGRAM_SHOW_TIME_SIZE];
    int64_t due_ms;
    program_show_due(channel, program_setup_now_ms(setup), next, &due_ms);
    const char *kind = kind_of(&setup->config, channel);
    fprintf(out, "channel %s\n", channel->label);
    if (text_same(channel->account, channel->label))
        fprintf(out, "  where  %s\n", kind);
    else
        fprintf(out, "  where  %s (%s), %s\n", channel->account, kind,
                channel->room);
    fprintf(out, "  next   %s\n", next);
    if (hint_of(setup, channel) != NULL)
        fprintf(out, "  hint   %s\n", hint_of(setup, channel));
    fprintf(out, "  what   %s, %s, %u+%u, in %s\n",
            channel->subscription.categories.count == 0
                    ? "no categories: nothing is posted until it has some"
                    : tags_of(channel, arena),
            config_parse_style_name(channel->style), channel->top_count,
            channel->also_count, languages_of(channel, arena));
}

static void show(struct program_setup *setup)
{
    const struct config *config = &setup->config;
    FILE *out = setup->outside->out;
    fprintf(out, "%s: ok\n", config->file);
    fprintf(out, "store   %s\n", config->store_url);
    if (config_find_source(config, SOURCE_ANNOUNCES) == NULL)
        fprintf(out,
                "source  none: papers come with \"paperboy fetch --from\" "
                "only\n");
    for (size_t i = 0; i < config->source_count; i++)
        fprintf(out, "source  %s\n", config->sources[i].settings.name);
    for (size_t i = 0; i < config->writer_count; i++)
        fprintf(out, "writer  %s: %s\n", config->writers[i].settings.name,
                config->writers[i].kind->kind);
    if (program_show_holidays(setup) != NULL)
        fprintf(out, "hint    %s\n", program_show_holidays(setup));
    if (config->channels.count == 0)
        fprintf(out, "no channel: add a section [channel NAME]\n");
    for (size_t i = 0; i < config->channels.count; i++)
        show_channel(setup, &config->channels.items[i]);
}

/* --- for programs --- */

static void strings_json(struct program_json *json, const char *key,
        const char *const *strings, size_t count)
{
    program_json_open(json, key, '[');
    for (size_t i = 0; i < count && strings[i] != NULL; i++)
        program_json_string(json, NULL, strings[i]);
    program_json_close(json, ']');
}

static void channel_json(struct program_setup *setup, struct program_json *json,
        const struct channel *channel)
{
    const struct string_list *codes = &channel->subscription.categories;
    char next[PROGRAM_SHOW_TIME_SIZE], instant[CIVIL_INSTANT_SIZE];
    int64_t due_ms;
    program_show_due(channel, program_setup_now_ms(setup), next, &due_ms);
    program_json_open(json, NULL, '{');
    program_json_string(json, "name", channel->label);
    program_json_string(json, "type", kind_of(&setup->config, channel));
    program_json_string(json, "account", channel->account);
    program_json_string(json, "room", channel->room);
    if (due_ms > 0) {
        civil_format_instant(due_ms, instant);
        program_json_string(json, "next", instant);
    } else {
        program_json_null(json, "next");
    }
    program_json_string(json, "hint",
            hint_of(setup, channel) == NULL ? "" : hint_of(setup, channel));
    program_json_string(json, "timezone", channel->schedule.timezone);
    strings_json(json, "categories", codes->items, codes->count);
    strings_json(json, "languages", channel->languages.tags, LANGUAGES_MAX);
    program_json_string(json, "style", config_parse_style_name(channel->style));
    program_json_close(json, '}');
}

static void reach_json(struct program_json *json,
        const struct program_reach *reach)
{
    static const char *const verdicts[] = {[REACH_GOOD] = "good",
            [REACH_UNTOLD] = "untold",
            [REACH_BAD] = "bad"};
    program_json_open(json, "answers", '[');
    for (size_t i = 0; i < reach->count; i++) {
        const struct program_reach_answer *answer = &reach->items[i];
        program_json_open(json, NULL, '{');
        program_json_string(json, "what", answer->what);
        program_json_string(json, "name", answer->name);
        program_json_string(json, "verdict", verdicts[answer->verdict]);
        program_json_string(json, "text", answer->text);
        program_json_close(json, '}');
    }
    program_json_close(json, ']');
}

static void show_json(struct program_setup *setup, const char *file,
        const struct config_complaint_list *complaints,
        const struct program_reach *reach, bool good)
{
    struct program_json json = {.out = setup->outside->out};
    const struct channel_list *channels = &setup->config.channels;
    program_json_open(&json, NULL, '{');
    program_json_bool(&json, "ok", good);
    program_json_string(&json, "file", file);
    program_json_open(&json, "complaints", '[');
    for (size_t i = 0; i < complaints->count; i++) {
        program_json_open(&json, NULL, '{');
        program_json_number(&json, "line", complaints->items[i].line);
        program_json_string(&json, "text", complaints->items[i].text);
        program_json_close(&json, '}');
    }
    program_json_close(&json, ']');
    program_json_open(&json, "channels", '[');
    for (size_t i = 0; complaints->count == 0 && i < channels->count; i++)
        channel_json(setup, &json, &channels->items[i]);
    program_json_close(&json, ']');
    reach_json(&json, reach);
    program_json_close(&json, '}');
}

/* --- the command --- */

/* From the given one on; a program gets them all at the end. */
static void show_answers(struct program_setup *setup,
        const struct program_reach *reach, size_t first)
{
    if (program_options_given(setup->options, "json"))
        return;
    program_reach_show(reach, first, setup->outside->out);
    fflush(setup->outside->out); /* what follows may take a while */
}

/* What accounts remember is there, if it is. */
static bool open_store(struct program_setup *setup)
{
    bool exists;
    struct error err;
    if (setup->outside->store_exists(program_setup_store_url(setup), &exists,
                &err))
        return !exists || program_setup_store(setup);
    program_complain(setup->outside, "%s", err.text);
    return false;
}

/* Asks, and posts where that is wanted; false if anything is amiss. */
static bool reach_all(struct program_setup *setup, struct program_reach *reach)
{
    const char *label = program_options_value(setup->options, "channel");
    const struct channel *only = NULL;
    struct error err;
    if (label != NULL) {
        only = program_setup_channel(setup, label);
        if (only == NULL)
            return false;
    }
    if (!open_store(setup))
        return false;
    bool opened = program_setup_accounts(setup);
    opened = program_setup_source(setup) && opened;
    opened = program_setup_writers(setup) && opened;
    if (setup->outside->transport == NULL)
        return false;
    bool asked = program_reach_ask(setup, reach, &err);
    size_t count = reach->count;
    show_answers(setup, reach, 0);
    if (asked && program_options_given(setup->options, "post"))
        asked = program_reach_post(setup, only, reach, &err);
    show_answers(setup, reach, count);
    if (!asked)
        program_complain(setup->outside, "%s", err.text);
    return asked && program_reach_good(reach) && opened;
}

static bool check(struct program_setup *setup)
{
    const char *file = program_setup_find_config(setup);
    if (file == NULL)
        return false;
    struct outside *outside = setup->outside;
    struct config_complaint_list complaints;
    struct program_reach reach = {
            .posts = program_options_given(setup->options, "post")};
    bool json = program_options_given(setup->options, "json");
    bool good = config_read(file, &outside->kinds, outside->environment,
            &setup->arena, &setup->config, &complaints);
    if (!json && good)
        show(setup);
    else if (!json)
        program_setup_show_complaints(outside, file, &complaints);
    if (good && !program_options_given(setup->options, "offline"))
        good = reach_all(setup, &reach);
    if (json)
        show_json(setup, file, &complaints, &reach, good);
    return good;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    bool post = program_options_given(options, "post");
    if (post && program_options_given(options, "offline"))
        return program_misused(outside, &program_check,
                "--offline asks nobody and --post posts; give one of them");
    if (!post && program_options_given(options, "channel"))
        return program_misused(outside, &program_check,
                "--channel says where to --post; add that");
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = check(&setup);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_check = {
        .name = "check",
        .summary = "read the configuration and ask whether all is reachable",
        .usage = "[--offline | --post [--channel NAME]] [--json]",
        .about = "Reads the configuration, names every mistake with its line "
                 "and shows each channel.\n"
                 "Then asks each account whether it works, where a product "
                 "tells that whether each\n"
                 "channel can be posted to, arXiv for one category, and each "
                 "writer for a short note,\n"
                 "ten seconds at most. --post puts a short test message into "
                 "each channel: a webhook\n"
                 "cannot be tried otherwise. Papers are neither fetched nor "
                 "posted.\n",
        .examples = "  paperboy check\n"
                    "  paperboy check --offline --config team.ini\n"
                    "  paperboy check --post --channel team\n",
        .options = options_own,
        .run = run,
};
