#include "bot/config/config.h"

#include "bot/base/text.h"
#include "bot/config/config_account.h"
#include "bot/config/config_channel.h"
#include "bot/config/config_general.h"
#include "bot/config/config_ini.h"
#include "bot/config/config_section.h"
#include "bot/config/config_server.h"
#include "bot/config/config_writer.h"

/* How each kind of section is read, in the order in which that must be: a
 * source needs the contact, an account the server, a channel its account, alerts
 * their channel. */
static const struct {
    const char *kind;
    const char *name_help; /* NULL: the heading has no name */
    void (*read)(struct config_reading *reading,
            const struct config_section *section);
} section_kinds[] = {
        {"bot", NULL, config_general_read_bot},
        {"store", NULL, config_general_read_store},
        {"source", "[source arxiv]", config_account_read_source},
        {"writer", "[writer main]", config_writer_read},
        {"server", NULL, config_server_read},
        {"account", "[account home]", config_account_read},
        {"channel", "[channel team]", config_channel_read},
        {"alerts", NULL, config_general_read_alerts},
};

enum {
    SECTION_KINDS = sizeof section_kinds / sizeof *section_kinds
};

static void check_heading(struct config_reading *reading,
        const struct config_section *section)
{
    const char *names[SECTION_KINDS + 1] = {NULL};
    for (size_t i = 0; i < SECTION_KINDS; i++) {
        names[i] = section_kinds[i].kind;
        if (!text_same(section->kind, names[i]))
            continue;
        const char *help = section_kinds[i].name_help;
        if (help == NULL && *section->name != '\0')
            config_section_complain(reading, section, section->line, "",
                    "this section has no name; write [%s]", section->kind);
        if (help != NULL && *section->name == '\0')
            config_section_complain(reading, section, section->line, "",
                    "a name is missing; expected such as %s", help);
        return;
    }
    config_section_unknown(reading, section, section->line, "",
            "there is no such section", section->kind, names);
}

static void read_sections(struct config_reading *reading,
        const struct config_ini *ini)
{
    for (size_t i = 0; i < ini->count; i++)
        check_heading(reading, &ini->items[i]);
    for (size_t kind = 0; kind < SECTION_KINDS; kind++)
        for (size_t i = 0; i < ini->count; i++)
            if (text_same(ini->items[i].kind, section_kinds[kind].kind) &&
                    (*ini->items[i].name == '\0') ==
                            (section_kinds[kind].name_help == NULL))
                section_kinds[kind].read(reading, &ini->items[i]);
}

struct config config_without_file(void)
{
    return (struct config){
            .file = "",
            .contact = "",
            .store_url = CONFIG_GENERAL_STORE,
            .keep = KEEP_DEFAULT,
            .alerts = "",
            .server = {.certificate = "", .key = ""},
    };
}

bool config_read(const char *path, const struct config_kinds *kinds,
        config_environment_fn *environment, struct arena *arena,
        struct config *config, struct config_complaint_list *complaints)
{
    struct config_reading reading = {
            .path = path,
            .kinds = kinds,
            .environment = environment,
            .arena = arena,
            .config = config,
            .complaints = {.arena = arena},
    };
    struct config_ini ini = {0};
    *config = config_without_file();
    config->file = arena_string(arena, path);
    config->store_url = config_general_store_url(&reading, config->store_url);
    if (config_ini_read(path, &reading.complaints, &ini))
        read_sections(&reading, &ini);
    *complaints = reading.complaints.list;
    return complaints->count == 0;
}

const struct channel *config_find_channel(const struct config *config,
        const char *label)
{
    for (size_t i = 0; i < config->channels.count; i++)
        if (text_same(config->channels.items[i].label, label))
            return &config->channels.items[i];
    return NULL;
}

static bool has(const struct string_list *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same(list->items[i], string))
            return true;
    return false;
}

const struct config_account *config_find_account(const struct config *config,
        const char *name)
{
    for (size_t i = 0; i < config->account_count; i++)
        if (text_same(config->accounts[i].settings.name, name))
            return &config->accounts[i];
    return NULL;
}

bool config_is_webhook(const struct account_kind *kind)
{
    bool secret = false;

    for (const struct setting_spec *spec = kind->keys; spec->key != NULL;
            spec++)
        secret = secret || spec->secret;
    return secret && kind->one_channel;
}

const struct config_source *config_find_source(const struct config *config,
        enum source_use use)
{
    for (size_t i = 0; i < config->source_count; i++)
        if (config->sources[i].kind->use == use)
            return &config->sources[i];
    return NULL;
}

struct string_list config_all_categories(const struct config *config,
        struct arena *arena)
{
    struct string_list all = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < config->channels.count; i++) {
        const struct string_list *own =
                &config->channels.items[i].subscription.categories;
        for (size_t k = 0; k < own->count; k++)
            if (!has(&all, own->items[k]))
                string_list_add(&all, &capacity, arena, own->items[k]);
    }
    return all;
}
