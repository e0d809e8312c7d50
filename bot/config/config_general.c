#include "bot/config/config_general.h"

#include "bot/base/text.h"
#include "bot/write/glossary.h"

#include <string.h>

static const char sqlite_prefix[] = "sqlite:";

enum {
    /* So long a post is edited when a paper of it changes (plan_edits.c). */
    KEEP_MESSAGES_LEAST_DAYS = 90,
    KEEP_HISTORY_LEAST_DAYS = 1,
};

/* It goes into a header, so it is plain ASCII (RFC 9110, section 10.1.5). */
static bool take_contact(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct config *config = target;
    (void)arena;
    bool plain = true;
    for (const char *at = value; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~' || strchr("()\\", *at) != NULL)
            plain = false;
    if (!plain ||
            (strchr(value, '@') == NULL && !text_starts(value, "https://") &&
                    !text_starts(value, "http://")))
        return error_set(err, ERROR_INPUT,
                "\"%s\" reaches nobody; expected a mail address such as "
                "you@example.org, or a web page",
                value);
    config->contact = value;
    return true;
}

static bool take_url(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct config *config = target;
    (void)arena;
    const char *colon = strchr(value, ':');
    if (colon == NULL || colon == value ||
            (text_starts(value, sqlite_prefix) && colon[1] == '\0'))
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no address of a store; expected such as "
                "sqlite:paperboy.db",
                value);
    config->store_url = value;
    return true;
}

/* What may be asked for of a time that things are kept. */
static bool take_keep(const char *value, unsigned least_days, int64_t *keep_ms,
        struct error *err)
{
    int64_t ms;

    *keep_ms = 0;
    if (text_same(value, "forever"))
        return true;
    if (!config_parse_duration(value, &ms, NULL) ||
            ms < least_days * KEEP_DAY_MS)
        return error_set(err, ERROR_INPUT,
                "is \"%s\"; expected from %ud to 366d, or forever", value,
                least_days);
    *keep_ms = ms;
    return true;
}

static bool take_keep_messages(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct config *config = target;
    (void)arena;
    return take_keep(value, KEEP_MESSAGES_LEAST_DAYS, &config->keep.messages_ms,
            err);
}

static bool take_keep_history(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct config *config = target;
    (void)arena;
    return take_keep(value, KEEP_HISTORY_LEAST_DAYS, &config->keep.history_ms,
            err);
}

static bool take_glossary(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct config *config = target;
    struct glossary *glossary = arena_new(arena, struct glossary);
    *glossary = glossary_own(arena);
    if (!glossary_add(glossary, value, arena, err))
        return false;
    config->glossary = glossary;
    return true;
}

const struct config_key config_general_bot_keys[] = {
        {.key = "contact", .take = take_contact},
        {.key = "keep_messages", .take = take_keep_messages},
        {.key = "keep_history", .take = take_keep_history},
        {.key = "glossary",
                .quoted = true,
                .lines = true,
                .take = take_glossary},
        {.key = NULL},
};

const struct config_key config_general_store_keys[] = {
        {.key = "url", .take = take_url},
        {.key = NULL},
};

const struct config_key config_general_alerts_keys[] = {
        {.key = "channel"}, /* config_general_read_alerts */
        {.key = NULL},
};

void config_general_read_bot(struct config_reading *reading,
        const struct config_section *section)
{
    reading->contact_given = config_section_find(section, "contact") != NULL;
    config_section_take_keys(reading, section, config_general_bot_keys,
            reading->config);
    config_section_check_keys(reading, section, config_general_bot_keys, NULL);
}

void config_general_read_store(struct config_reading *reading,
        const struct config_section *section)
{
    struct config *config = reading->config;
    const char *before = config->store_url;
    struct error err;
    config_section_take_keys(reading, section, config_general_store_keys,
            config);
    if (config->store_url != before && reading->kinds->store_knows != NULL &&
            !reading->kinds->store_knows(config->store_url, &err))
        config_section_complain(reading, section,
                config_section_find(section, "url")->line, "url", "%s",
                err.text);
    if (config->store_url != before)
        config->store_url =
                config_general_store_url(reading, config->store_url);
    config_section_check_keys(reading, section, config_general_store_keys,
            NULL);
}

static const char *const *labels_of(const struct channel_list *channels,
        struct arena *arena)
{
    const char **labels = arena_array(arena, const char *, channels->count + 1);
    for (size_t i = 0; i < channels->count; i++)
        labels[i] = channels->items[i].label;
    return labels;
}

void config_general_read_alerts(struct config_reading *reading,
        const struct config_section *section)
{
    struct config *config = reading->config;
    const struct config_entry *entry = NULL;
    const char *label;
    config_section_check_keys(reading, section, config_general_alerts_keys,
            NULL);
    if (!config_section_take(reading, section, "channel", false, false, &entry,
                &label)) {
        if (entry == NULL)
            config_section_complain(reading, section, section->line, "channel",
                    "is missing; expected the name of a channel below or "
                    "above, such as channel = team");
        return;
    }
    if (config_find_channel(config, label) != NULL)
        config->alerts = label;
    else
        config_section_unknown(reading, section, entry->line, "channel",
                "there is no channel", label,
                labels_of(&config->channels, reading->arena));
}

const char *config_general_store_url(const struct config_reading *reading,
        const char *url)
{
    if (!text_starts(url, sqlite_prefix))
        return url;
    return arena_format(reading->arena, "%s%s", sqlite_prefix,
            config_section_path(reading, url + strlen(sqlite_prefix)));
}
