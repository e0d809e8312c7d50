#include "bot/program_json.h"
#include "bot/program_setup.h"
#include "bot/program_show.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

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
    fprintf(out, "source  %s\n",
            config->source_count == 0
                    ? "none: papers come with \"paperboy fetch --from\" only"
                    : config->sources[0].settings.name);
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
    program_json_string(json, "timezone", channel->schedule.timezone);
    strings_json(json, "categories", codes->items, codes->count);
    strings_json(json, "languages", channel->languages.tags, LANGUAGES_MAX);
    program_json_string(json, "style", config_parse_style_name(channel->style));
    program_json_close(json, '}');
}

static void show_json(struct program_setup *setup, const char *file,
        const struct config_complaint_list *complaints)
{
    struct program_json json = {.out = setup->outside->out};
    const struct channel_list *channels = &setup->config.channels;
    program_json_open(&json, NULL, '{');
    program_json_bool(&json, "ok", complaints->count == 0);
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
    program_json_close(&json, '}');
}

/* --- the command --- */

static bool check(struct program_setup *setup)
{
    const char *file = program_setup_find_config(setup);
    if (file == NULL)
        return false;
    struct outside *outside = setup->outside;
    struct config_complaint_list complaints;
    bool good = config_read(file, &outside->kinds, outside->environment,
            &setup->arena, &setup->config, &complaints);
    if (program_options_given(setup->options, "json"))
        show_json(setup, file, &complaints);
    else if (good)
        show(setup);
    else
        program_setup_show_complaints(outside, file, &complaints);
    return good;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = check(&setup);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_check = {
        .name = "check",
        .summary = "read the configuration and say what it would do",
        .usage = "[--config FILE] [--json]",
        .about = "Reads the configuration. Every mistake is named with its "
                 "line and what would be\n"
                 "right; without one, each channel is shown: where, when "
                 "next, what.\n",
        .examples = "  paperboy check\n"
                    "  paperboy check --config team.ini\n",
        .run = run,
};
