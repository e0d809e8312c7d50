#include "bot/channel_settings.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/config/config_channel.h"
#include "bot/schedule.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

/* --- as text --- */

static const char *list_text(const struct string_list *list, bool quoted,
        struct arena *arena)
{
    struct text text;

    text_init(&text, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < list->count; i++) {
        const char *item = list->items[i];
        const char *quote = quoted ? "\"" : "";
        text_add_format(&text, "%s%s%s%s", i > 0 ? " " : "", quote, item,
                quote);
    }
    return text_string(&text);
}

static const char *categories_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->subscription.categories, false, arena);
}

static const char *words_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->subscription.words, true, arena);
}

static const char *authors_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->subscription.authors, true, arena);
}

static const char *unwanted_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->subscription.unwanted, true, arena);
}

static const char *curators_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->curators, true, arena);
}

static const char *admins_text(const struct channel *channel,
        struct arena *arena)
{
    return list_text(&channel->admins, true, arena);
}

static const char *when_text(const struct channel *channel, struct arena *arena)
{
    return schedule_text(&channel->schedule, arena);
}

static const char *timezone_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return channel->schedule.timezone;
}

static const char *languages_text(const struct channel *channel,
        struct arena *arena)
{
    const char *const *tags = channel->languages.tags;
    return arena_format(arena, "%s%s%s", tags[0] == NULL ? "" : tags[0],
            tags[1] == NULL ? "" : " ", tags[1] == NULL ? "" : tags[1]);
}

static const char *size_text(const struct channel *channel, struct arena *arena)
{
    return arena_format(arena, "%u+%u", channel->top_count,
            channel->also_count);
}

static const char *style_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return config_parse_style_name(channel->style);
}

static const char *layout_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return config_parse_layout_name(channel->layout);
}

static const char *mix_text(const struct channel *channel, struct arena *arena)
{
    (void)arena;
    return config_parse_mix_name(channel->mix);
}

static const char *punctuality_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return config_parse_when_name(channel->when);
}

static const char *quiet_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return config_parse_quiet_name(channel->quiet);
}

static const char *credit_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return channel->credit;
}

static const char *paused_text(const struct channel *channel,
        struct arena *arena)
{
    (void)arena;
    return channel->paused ? "yes" : "no";
}

static const char *curate_text(const struct channel *channel,
        struct arena *arena)
{
    int64_t seconds = channel->curate_ms / 1000;

    if (seconds == 0)
        return "off";
    if (seconds % 60 != 0)
        return arena_format(arena, "%" PRId64 "s", seconds);
    return seconds % 3600 == 0
            ? arena_format(arena, "%" PRId64 "h", seconds / 3600)
            : arena_format(arena, "%" PRId64 "m", seconds / 60);
}

/* In the order of channel_settings_keys. */
static const struct {
    const char *key;
    const char *(*text)(const struct channel *channel, struct arena *arena);
} texts[] = {
        {"categories", categories_text},
        {"words", words_text},
        {"authors", authors_text},
        {"unwanted", unwanted_text},
        {"schedule", when_text},
        {"timezone", timezone_text},
        {"languages", languages_text},
        {"size", size_text},
        {"style", style_text},
        {"layout", layout_text},
        {"mix", mix_text},
        {"when", punctuality_text},
        {"quiet", quiet_text},
        {"credit", credit_text},
        {"admins", admins_text},
        {"curators", curators_text},
        {"curate", curate_text},
        {"paused", paused_text},
};

const char *const channel_settings_keys[] = {"categories", "words", "authors",
        "unwanted", "schedule", "timezone", "languages", "size", "style",
        "layout", "mix", "when", "quiet", "credit", "admins", "curators",
        "curate", "paused", NULL};

const char *channel_settings_text(const struct channel *channel,
        const char *key, struct arena *arena)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (text_same(texts[i].key, key))
            return texts[i].text(channel, arena);
    return NULL;
}

/* --- from text --- */

/* False if the key cannot be without a value. */
static bool clear(struct channel *channel, const char *key)
{
    struct subscription *subscription = &channel->subscription;
    const struct {
        const char *key;
        struct string_list *list;
    } lists[] = {
            {"categories", &subscription->categories},
            {"words", &subscription->words},
            {"authors", &subscription->authors},
            {"unwanted", &subscription->unwanted},
            {"curators", &channel->curators},
            {"admins", &channel->admins},
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (text_same(lists[i].key, key)) {
            *lists[i].list = (struct string_list){0};
            return true;
        }
    if (!text_same(key, "credit"))
        return false;
    channel->credit = "";
    return true;
}

bool channel_settings_take(struct channel *channel, const char *key,
        const char *value, struct arena *arena, struct error *err)
{
    if (*value == '\0' && clear(channel, key))
        return true;
    for (const struct config_key *at = config_channel_keys; at->key != NULL;
            at++)
        if (at->take != NULL && text_same(at->key, key))
            return at->take(channel, value, arena, err);
    return error_set(err, ERROR_INPUT, "\"%s\" is no setting of a channel",
            key);
}

bool channel_settings_apply(struct store *store,
        const struct channel *configured, struct arena *arena,
        struct channel *in_force, struct error *err)
{
    struct channel_setting_list list = {0};

    *in_force = *configured;
    if (configured->id == 0)
        return true;
    if (!store_setting_list(store, configured->id, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct channel_setting *setting = &list.items[i];
        struct channel before = *in_force;
        struct error flaw = {0};

        if (channel_settings_take(in_force, setting->key, setting->value, arena,
                    &flaw))
            continue;
        *in_force = before;
        log_warning("a setting that a command made is not understood",
                log_text("channel", configured->label),
                log_text("key", setting->key), log_text("why", flaw.text));
    }
    return true;
}
