#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/config/config.h"
#include "bot/config/config_ini.h"
#include "bot/transfer.h"
#include "bot/transfer_people.h"
#include "bot/transfer_reading.h"

#include <string.h>

/* "schedule" of "schedule_set"; NULL if it does not end so. */
static const char *without_set(const char *key, struct arena *arena)
{
    static const char suffix[] = "_set";
    size_t length = strlen(key), suffix_length = sizeof suffix - 1;

    if (length <= suffix_length ||
            !text_same(key + length - suffix_length, suffix))
        return NULL;
    return arena_string_n(arena, key, length - suffix_length);
}

/* --- a channel --- */

static bool is_setting(const char *key)
{
    for (size_t i = 0; channel_settings_keys[i] != NULL; i++)
        if (text_same(channel_settings_keys[i], key))
            return true;
    return false;
}

static bool is_place(const char *key)
{
    static const char *const keys[] = {"account", "room", "label", "invited"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_same(keys[i], key))
            return true;
    return false;
}

static bool is_known(const struct transfer_reading *reading, const char *key)
{
    const char *base = transfer_reading_base(reading, key);
    const char *set = without_set(base, reading->arena);

    return is_place(base) || is_setting(base) ||
            (set != NULL && is_setting(set) &&
                    transfer_reading_find(reading, set) != NULL);
}

static void check_keys(const struct transfer_reading *reading)
{
    for (size_t i = 0; i < reading->section->count; i++) {
        const struct config_entry *entry = &reading->section->items[i];
        const char *nearest = text_nearest(entry->key, channel_settings_keys);
        if (is_known(reading, entry->key))
            continue;
        transfer_reading_complain(reading, entry->line, entry->key,
                nearest == NULL
                        ? "is not understood here"
                        : arena_format(reading->arena,
                                  "is not understood here; did you mean %s?",
                                  nearest));
    }
}

static bool take_setting(const struct transfer_reading *reading,
        const char *key, struct channel_setting *setting)
{
    const struct config_entry *entry = transfer_reading_find(reading, key);
    const char *set_key = arena_format(reading->arena, "%s_set", key);
    const char *value = transfer_reading_value(reading, key);
    const char *origin = transfer_reading_value(reading, set_key);
    struct channel channel = config_default_channel();
    struct error err;

    if (entry == NULL || value == NULL)
        return false;
    *setting = (struct channel_setting){.key = key,
            .value = value,
            .person = "",
            .set_ms = 0};
    if (!channel_settings_take(&channel, key, value, reading->arena, &err)) {
        transfer_reading_complain(reading, entry->line, key, err.text);
        return false;
    }
    if (origin == NULL ||
            !transfer_reading_origin(origin, &setting->set_ms, &setting->person,
                    reading->arena)) {
        transfer_reading_complain(reading, entry->line, set_key,
                "is missing or no instant and person; expected such as "
                "2026-11-24T05:30:00.123Z @ana:example.org");
        return false;
    }
    return true;
}

static void take_channel(const struct transfer_reading *reading,
        struct transfer *transfer)
{
    struct arena *arena = reading->arena;
    struct transfer_channel channel = {
            .account = transfer_reading_value(reading, "account"),
            .room = transfer_reading_value(reading, "room"),
            .label = transfer_reading_value(reading, "label"),
            .line = reading->section->line,
    };
    const char *invited = transfer_reading_value(reading, "invited");
    size_t capacity = 0;

    check_keys(reading);
    channel.invited = invited != NULL && text_same(invited, "yes");
    if (invited != NULL && !channel.invited)
        transfer_reading_complain(reading,
                transfer_reading_find(reading, "invited")->line, "invited",
                "is something else than yes");
    if (channel.account == NULL || channel.room == NULL ||
            channel.label == NULL)
        transfer_reading_complain(reading, reading->section->line, "",
                "needs account, room and label");
    for (size_t i = 0; channel_settings_keys[i] != NULL; i++) {
        struct channel_setting_list *list = &channel.settings;
        list->items = arena_grow(arena, list->items, list->count, &capacity,
                sizeof *list->items);
        if (take_setting(reading, channel_settings_keys[i],
                    &list->items[list->count]))
            list->count++;
    }
    transfer->channels = arena_grow(arena, transfer->channels, transfer->count,
            &transfer->capacity, sizeof *transfer->channels);
    transfer->channels[transfer->count++] = channel;
}

/* --- the file --- */

static void check_format(const struct transfer_reading *reading)
{
    const struct config_entry *entry = transfer_reading_find(reading, "format");

    if (entry == NULL || entry->value == NULL)
        transfer_reading_complain(reading, reading->section->line, "format",
                "is missing; expected 1");
    else if (!text_same(entry->value, "1"))
        transfer_reading_complain(reading, entry->line, "format",
                arena_format(reading->arena,
                        "is \"%s\"; this paperboy understands 1, a newer one "
                        "may understand more",
                        entry->value));
    for (size_t i = 0; i < reading->section->count; i++)
        if (!text_same(reading->section->items[i].key, "format"))
            transfer_reading_complain(reading, reading->section->items[i].line,
                    reading->section->items[i].key, "is not understood here");
}

static void check_places(const struct transfer *transfer,
        const struct config_ini *ini, struct config_complaints *complaints)
{
    for (size_t i = 0; i < transfer->count; i++)
        for (size_t n = 0; n < i; n++) {
            const struct transfer_channel *a = &transfer->channels[i];
            const struct transfer_channel *b = &transfer->channels[n];
            if (a->account == NULL || b->account == NULL || a->room == NULL ||
                    b->room == NULL || !text_same(a->account, b->account) ||
                    !text_same(a->room, b->room))
                continue;
            config_complain(complaints, a->line,
                    "this is the same channel as at line %d; put them together",
                    b->line);
        }
    if (ini->count == 0 || !text_same(ini->items[0].kind, "paperboy"))
        config_complain(complaints, 0,
                "does not begin with [paperboy]; expected what \"paperboy "
                "export\" wrote");
}

bool transfer_read(const char *text, struct config_complaints *complaints,
        struct transfer *transfer)
{
    struct config_ini ini = {0};

    *transfer = (struct transfer){0};
    config_ini_parse(text, complaints, &ini);
    for (size_t i = 0; i < ini.count; i++) {
        const struct transfer_reading reading = {.complaints = complaints,
                .arena = complaints->arena,
                .section = &ini.items[i]};
        if (text_same(ini.items[i].kind, "paperboy"))
            check_format(&reading);
        else if (text_same(ini.items[i].kind, "channel"))
            take_channel(&reading, transfer);
        else if (!transfer_people_read(&reading, transfer))
            transfer_reading_complain(&reading, ini.items[i].line, "",
                    "this section is not understood");
    }
    check_places(transfer, &ini, complaints);
    return complaints->list.count == 0;
}
