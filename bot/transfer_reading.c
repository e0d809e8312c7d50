#include "bot/transfer_reading.h"

#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/config/config_ini.h"
#include "bot/transfer.h"
#include "bot/transfer_escape.h"

#include <stdlib.h>
#include <string.h>

void transfer_reading_complain(const struct transfer_reading *reading, int line,
        const char *key, const char *what)
{
    config_complain(reading->complaints, line, "%s%s%s: %s",
            config_ini_heading(reading->section, reading->arena),
            *key == '\0' ? "" : " ", key, what);
}

/* --- values over several lines --- */

const struct config_entry *
transfer_reading_find(const struct transfer_reading *reading, const char *key)
{
    const struct config_section *section = reading->section;

    for (size_t i = 0; i < section->count; i++)
        if (text_same(section->items[i].key, key))
            return &section->items[i];
    return NULL;
}

const char *transfer_reading_value(const struct transfer_reading *reading,
        const char *key)
{
    const struct config_entry *entry = transfer_reading_find(reading, key);
    struct text text;

    if (entry == NULL)
        return NULL;
    int line = entry->line;
    text_init(&text, reading->arena, TRANSFER_FILE_MAX);
    for (unsigned piece = 2; entry != NULL; piece++) {
        if (entry->value == NULL)
            return NULL; /* complained about already */
        text_add(&text, entry->value);
        entry = transfer_reading_find(reading,
                arena_format(reading->arena, "%s.%u", key, piece));
    }
    const char *value =
            transfer_escape_undo(text_string(&text), reading->arena);
    if (value == NULL)
        transfer_reading_complain(reading, line, key,
                "a backslash stands before something else than \\, ; or xHH");
    return value;
}

const char *transfer_reading_base(const struct transfer_reading *reading,
        const char *key)
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
            transfer_reading_find(reading, before) != NULL;
    return good ? base : "";
}

/* --- instants --- */

bool transfer_reading_origin(const char *text, int64_t *ms, const char **person,
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
    *person = text + length + (text[length] == ' ');
    if (!civil_parse_instant(instant, ms))
        return false;
    *ms += fraction;
    return true;
}
