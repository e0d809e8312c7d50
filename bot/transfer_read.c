#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/config.h"
#include "bot/config_ini.h"
#include "bot/transfer.h"
#include "bot/transfer_escape.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct config_complaints *complaints;
    struct arena *arena;
    const struct config_section *section;
};

static void complain(const struct reading *reading, int line, const char *key,
        const char *what)
{
    config_complain(reading->complaints, line, "%s%s%s: %s",
            config_ini_heading(reading->section, reading->arena),
            *key == '\0' ? "" : " ", key, what);
}

/* --- values over several lines --- */

static const struct config_entry *find(const struct config_section *section,
        const char *key)
{
    for (size_t i = 0; i < section->count; i++)
        if (text_same(section->items[i].key, key))
            return &section->items[i];
    return NULL;
}

/* The value of a key with what goes on in KEY.2 and so on; NULL after a
 * complaint, or if the section does not have it. */
static const char *value_of(const struct reading *reading, const char *key)
{
    const struct config_entry *entry = find(reading->section, key);
    struct text text;

    if (entry == NULL)
        return NULL;
    int line = entry->line;
    text_init(&text, reading->arena, TRANSFER_FILE_MAX);
    for (unsigned piece = 2; entry != NULL; piece++) {
        if (entry->value == NULL)
            return NULL; /* complained about already */
        text_add(&text, entry->value);
        entry = find(reading->section,
                arena_format(reading->arena, "%s.%u", key, piece));
    }
    const char *value =
            transfer_escape_undo(text_string(&text), reading->arena);
    if (value == NULL)
        complain(reading, line, key,
                "a backslash stands before something else than \\, ; or xHH");
    return value;
}

/* "words" of "words.2", if what it goes on with is there; "" if not. */
static const char *without_piece(const struct reading *reading, const char *key)
{
    const char *dot = strchr(key, '.');
    char *end = NULL;

    if (dot == NULL)
        return key;
    const char *base = arena_string_n(reading->arena, key, (size_t)(dot - key));
    unsigned long piece = strtoul(dot + 1, &end, 10);
    const char *before = piece == 2
            ? base
            : arena_format(reading->arena, "%s.%lu", base, piece - 1);
    bool good = dot[1] >= '1' && dot[1] <= '9' && *end == '\0' && piece >= 2 &&
            find(reading->section, before) != NULL;
    return good ? base : "";
}

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

static bool is_known(const struct reading *reading, const char *key)
{
    const char *base = without_piece(reading, key);
    const char *set = without_set(base, reading->arena);

    return is_place(base) || is_setting(base) ||
            (set != NULL && is_setting(set) &&
                    find(reading->section, set) != NULL);
}

static void check_keys(const struct reading *reading)
{
    for (size_t i = 0; i < reading->section->count; i++) {
        const struct config_entry *entry = &reading->section->items[i];
        const char *nearest = text_nearest(entry->key, channel_settings_keys);
        if (is_known(reading, entry->key))
            continue;
        complain(reading, entry->line, entry->key,
                nearest == NULL
                        ? "is not understood here"
                        : arena_format(reading->arena,
                                  "is not understood here; did you mean %s?",
                                  nearest));
    }
}

/* "2026-11-24T05:30:00.123Z @ana:example.org" */
static bool take_origin(const char *text, struct channel_setting *setting,
        struct arena *arena)
{
    size_t length = strcspn(text, " ");
    const char *dot = memchr(text, '.', length);
    int64_t fraction = 0;

    if (dot != NULL && text + length - dot == 5)
        for (int i = 1; i <= 3; i++) {
            if (dot[i] < '0' || dot[i] > '9')
                return false;
            fraction = fraction * 10 + (dot[i] - '0');
        }
    else if (dot != NULL)
        return false;
    size_t whole = dot == NULL ? length : (size_t)(dot - text);
    const char *instant = dot == NULL
            ? arena_string_n(arena, text, length)
            : arena_format(arena, "%.*sZ", (int)whole, text);
    setting->person = text + length + (text[length] == ' ');
    if (!civil_parse_instant(instant, &setting->set_ms))
        return false;
    setting->set_ms += fraction;
    return true;
}

static bool take_setting(const struct reading *reading, const char *key,
        struct channel_setting *setting)
{
    const struct config_entry *entry = find(reading->section, key);
    const char *set_key = arena_format(reading->arena, "%s_set", key);
    const char *value = value_of(reading, key);
    const char *origin = value_of(reading, set_key);
    struct channel channel = config_default_channel();
    struct error err;

    if (entry == NULL || value == NULL)
        return false;
    *setting = (struct channel_setting){.key = key,
            .value = value,
            .person = "",
            .set_ms = 0};
    if (!channel_settings_take(&channel, key, value, reading->arena, &err)) {
        complain(reading, entry->line, key, err.text);
        return false;
    }
    if (origin == NULL || !take_origin(origin, setting, reading->arena)) {
        complain(reading, entry->line, set_key,
                "is missing or no instant and person; expected such as "
                "2026-11-24T05:30:00.123Z @ana:example.org");
        return false;
    }
    return true;
}

static void take_channel(const struct reading *reading,
        struct transfer *transfer)
{
    struct arena *arena = reading->arena;
    struct transfer_channel channel = {
            .account = value_of(reading, "account"),
            .room = value_of(reading, "room"),
            .label = value_of(reading, "label"),
            .line = reading->section->line,
    };
    const char *invited = value_of(reading, "invited");
    size_t capacity = 0;

    check_keys(reading);
    channel.invited = invited != NULL && text_same(invited, "yes");
    if (invited != NULL && !channel.invited)
        complain(reading, find(reading->section, "invited")->line, "invited",
                "is something else than yes");
    if (channel.account == NULL || channel.room == NULL ||
            channel.label == NULL)
        complain(reading, reading->section->line, "",
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

static void check_format(const struct reading *reading)
{
    const struct config_entry *entry = find(reading->section, "format");

    if (entry == NULL || entry->value == NULL)
        complain(reading, reading->section->line, "format",
                "is missing; expected 1");
    else if (!text_same(entry->value, "1"))
        complain(reading, entry->line, "format",
                arena_format(reading->arena,
                        "is \"%s\"; this paperboy understands 1, a newer one "
                        "may understand more",
                        entry->value));
    for (size_t i = 0; i < reading->section->count; i++)
        if (!text_same(reading->section->items[i].key, "format"))
            complain(reading, reading->section->items[i].line,
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
        const struct reading reading = {.complaints = complaints,
                .arena = complaints->arena,
                .section = &ini.items[i]};
        if (text_same(ini.items[i].kind, "paperboy"))
            check_format(&reading);
        else if (text_same(ini.items[i].kind, "channel"))
            take_channel(&reading, transfer);
        else
            complain(&reading, ini.items[i].line, "",
                    "this section is not understood");
    }
    check_places(transfer, &ini, complaints);
    return complaints->list.count == 0;
}
