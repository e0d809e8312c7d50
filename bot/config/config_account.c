#include "bot/config/config_account.h"

#include "bot/base/text.h"

static const struct config_key account_keys[] = {{.key = "type"},
        {.key = NULL}};

/* --- kinds --- */

static const char **account_kind_names(const struct config_reading *reading)
{
    const struct account_kind *const *kinds = reading->kinds->accounts;
    size_t count = 0, named = 0;
    while (kinds[count] != NULL)
        count++;
    const char **names = arena_array(reading->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        if (named == 0 || !text_same(names[named - 1], kinds[i]->kind))
            names[named++] = kinds[i]->kind;
    return names;
}

const char *
config_account_one_channel_kinds(const struct config_reading *reading)
{
    struct text names;
    text_init(&names, reading->arena, 400);
    const struct account_kind *const *kinds = reading->kinds->accounts;
    for (; *kinds != NULL; kinds++)
        if ((*kinds)->one_channel)
            text_add_format(&names, "%s%s", names.length > 0 ? " or " : "",
                    (*kinds)->kind);
    return text_string(&names);
}

/* How many of the section's keys are the kind's, and whether it is at home in
 * such a section, which decides where they are as many. */
static size_t fit_of(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind)
{
    bool inside = text_same(section->kind, "channel");
    size_t given = 0;
    for (const struct setting_spec *spec = kind->keys; spec->key != NULL;
            spec++)
        given += config_section_is_given(reading, section, spec->key);
    return given * 2 + (kind->one_channel == inside);
}

/* Of several kinds with one name the one that the section's keys are of. */
static const struct account_kind *find_kind(struct config_reading *reading,
        const struct config_section *section, const char *type)
{
    const struct account_kind *const *kinds = reading->kinds->accounts;
    const struct account_kind *best = NULL;
    for (; *kinds != NULL; kinds++)
        if (text_same((*kinds)->kind, type) &&
                (best == NULL ||
                        fit_of(reading, section, *kinds) >
                                fit_of(reading, section, best)))
            best = *kinds;
    return best;
}

const struct account_kind *config_account_kind(struct config_reading *reading,
        const struct config_section *section)
{
    const struct config_entry *entry;
    const char *type;
    if (!config_section_take(reading, section, "type", false, false, &entry,
                &type)) {
        if (entry == NULL)
            config_section_unknown(reading, section, section->line, "type",
                    "is missing", "", account_kind_names(reading));
        return NULL;
    }
    const struct account_kind *kind = find_kind(reading, section, type);
    if (kind != NULL)
        return kind;
    config_section_unknown(reading, section, entry->line, "type",
            arena_format(reading->arena, "there is no type \"%s\"",
                    config_section_hides(entry) ? "..." : type),
            type, account_kind_names(reading));
    return NULL;
}

const struct setting_spec *
config_account_keys(const struct config_reading *reading,
        const struct account_kind *kind)
{
    struct setting_spec *all = NULL;
    size_t count = 0, capacity = 0;
    if (kind != NULL)
        return kind->keys;
    const struct account_kind *const *kinds = reading->kinds->accounts;
    for (; *kinds != NULL; kinds++)
        for (const struct setting_spec *spec = (*kinds)->keys;
                spec->key != NULL; spec++) {
            all = arena_grow(reading->arena, all, count, &capacity,
                    sizeof *all);
            all[count++] = *spec;
        }
    all = arena_grow(reading->arena, all, count, &capacity, sizeof *all);
    all[count] = (struct setting_spec){.key = NULL};
    return all;
}

/* --- accounts --- */

const struct config_account *config_account_add(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind)
{
    struct config *config = reading->config;
    for (size_t i = 0; i < config->account_count; i++) {
        const struct config_account *other = &config->accounts[i];
        if (!text_same(other->settings.name, section->name))
            continue;
        config_section_complain(reading, section, section->line, "",
                "there is an [account %s] at line %d, and this channel is an "
                "account of its own; give one of them another name",
                section->name, other->line);
        return NULL;
    }
    struct settings settings = {.name = section->name};
    if (kind != NULL)
        settings = config_section_settings(reading, section, kind->keys);
    config->accounts =
            arena_grow(reading->arena, config->accounts, config->account_count,
                    &reading->account_capacity, sizeof *config->accounts);
    struct config_account *account = &config->accounts[config->account_count++];
    *account = (struct config_account){.kind = kind,
            .settings = settings,
            .line = section->line};
    return account;
}

/* Complains about a key that waits for requests where nobody listens for
 * them. */
static void check_served(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind)
{
    if (reading->config->server.listen_count > 0)
        return;
    for (const struct setting_spec *spec = kind->keys; spec->key != NULL;
            spec++) {
        const struct config_entry *entry =
                config_section_find(section, spec->key);
        if (spec->served &&
                config_section_is_given(reading, section, spec->key))
            config_section_complain(reading, section,
                    entry != NULL ? entry->line : section->line, spec->key,
                    "is for requests over HTTP, and nothing listens for them; "
                    "add a section [server] with listen = 127.0.0.1:8080");
    }
}

void config_account_read(struct config_reading *reading,
        const struct config_section *section)
{
    const struct account_kind *kind = config_account_kind(reading, section);
    config_account_add(reading, section, kind);
    config_section_check_keys(reading, section, account_keys,
            config_account_keys(reading, kind));
    if (kind != NULL)
        check_served(reading, section, kind);
}

/* --- sources --- */

static const struct source_kind *find_source(struct config_reading *reading,
        const struct config_section *section)
{
    const struct source_kind *const *kinds = reading->kinds->sources;
    size_t count = 0;
    for (; kinds[count] != NULL; count++)
        if (text_same(kinds[count]->kind, section->name))
            return kinds[count];
    const char **names = arena_array(reading->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = kinds[i]->kind;
    config_section_unknown(reading, section, section->line, "",
            "there is no such source", section->name, names);
    return NULL;
}

void config_account_read_source(struct config_reading *reading,
        const struct config_section *section)
{
    const struct source_kind *kind = find_source(reading, section);
    if (kind == NULL)
        return;
    struct config *config = reading->config;
    struct settings settings =
            config_section_settings(reading, section, kind->keys);
    config_section_check_keys(reading, section, NULL, kind->keys);
    config->sources =
            arena_grow(reading->arena, config->sources, config->source_count,
                    &reading->source_capacity, sizeof *config->sources);
    config->sources[config->source_count++] =
            (struct config_source){.kind = kind, .settings = settings};
    if (!reading->contact_given)
        config_section_complain(reading, section, section->line, "",
                "asks the network, and arXiv wants to know by whom; add a "
                "section [bot] with contact = YOUR@ADDRESS");
}
