#include "bot/config/config_server.h"

#include "bot/base/text.h"

#include <string.h>

static const char usual_address[] = "127.0.0.1:8080";

static bool take_listen(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct serving_wish *wish = &((struct config *)target)->server;

    wish->listen_count = 0;
    for (const char *at = value + strspn(value, " ,"); *at != '\0';
            at += strspn(at, " ,")) {
        size_t length = strcspn(at, " ,");
        if (wish->listen_count == SERVING_ADDRESSES_MAX)
            return error_set(err, ERROR_INPUT,
                    "are more addresses than the %d that can be listened on",
                    SERVING_ADDRESSES_MAX);
        wish->listen[wish->listen_count++] = arena_string_n(arena, at, length);
        at += length;
    }
    return true;
}

static bool take_certificate(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    (void)arena;
    (void)err;
    ((struct config *)target)->server.certificate = value;
    return true;
}

static bool take_key(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    (void)arena;
    (void)err;
    ((struct config *)target)->server.key = value;
    return true;
}

static bool take_proxy(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    (void)arena;
    ((struct config *)target)->server.proxy = text_same(value, "yes");
    return text_same(value, "yes") || text_same(value, "no") ||
            error_set(err, ERROR_INPUT, "is \"%s\"; expected yes or no", value);
}

const struct config_key config_server_keys[] = {
        {.key = "listen", .take = take_listen},
        {.key = "certificate", .take = take_certificate},
        {.key = "key", .take = take_key},
        {.key = "proxy", .take = take_proxy},
        {.key = NULL},
};

/* Whether each can be listened on, by whoever would. */
static void check_addresses(struct config_reading *reading,
        const struct config_section *section)
{
    const struct serving_wish *wish = &reading->config->server;
    const struct config_entry *entry = config_section_find(section, "listen");
    struct error err;

    for (size_t i = 0; i < wish->listen_count; i++)
        if (reading->kinds->can_listen != NULL && entry != NULL &&
                !reading->kinds->can_listen(wish->listen[i], &err))
            config_section_complain(reading, section, entry->line, "listen",
                    "%s", err.text);
}

static void check_pair(struct config_reading *reading,
        const struct config_section *section, const char *given,
        const char *missing)
{
    const struct config_entry *entry = config_section_find(section, given);

    if (entry != NULL && config_section_find(section, missing) == NULL)
        config_section_complain(reading, section, entry->line, given,
                "works only with %s = FILE beside it", missing);
}

/* Only a pair can be tried; paths are whole by now. */
static void check_certificate(struct config_reading *reading,
        const struct config_section *section)
{
    const struct serving_wish *wish = &reading->config->server;
    struct error err;

    if (*wish->certificate == '\0' || *wish->key == '\0' ||
            reading->kinds->can_show == NULL ||
            reading->kinds->can_show(wish->certificate, wish->key, &err))
        return;
    config_section_complain(reading, section,
            config_section_find(section, "certificate")->line, "certificate",
            "%s", err.text);
}

void config_server_read(struct config_reading *reading,
        const struct config_section *section)
{
    struct serving_wish *wish = &reading->config->server;

    wish->listen[0] = usual_address;
    wish->listen_count = 1;
    config_section_take_keys(reading, section, config_server_keys,
            reading->config);
    config_section_check_keys(reading, section, config_server_keys, NULL);
    check_addresses(reading, section);
    check_pair(reading, section, "certificate", "key");
    check_pair(reading, section, "key", "certificate");
    if (*wish->certificate != '\0')
        wish->certificate = config_section_path(reading, wish->certificate);
    if (*wish->key != '\0')
        wish->key = config_section_path(reading, wish->key);
    check_certificate(reading, section);
}
