#include "bot/config/config_section.h"

#include "bot/base/text.h"
#include "bot/config/config_expand.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char file_suffix[] = "_file";

/* --- complaints --- */

void config_section_complain(struct config_reading *reading,
        const struct config_section *section, int line, const char *key,
        const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *heading = config_ini_heading(section, reading->arena);
    if (*key == '\0')
        config_complain(&reading->complaints, line, "%s: %s", heading, text);
    else
        config_complain(&reading->complaints, line, "%s %s: %s", heading, key,
                text);
}

void config_section_unknown(struct config_reading *reading,
        const struct config_section *section, int line, const char *key,
        const char *wrong, const char *word, const char *const *known)
{
    const char *nearest = text_nearest(word, known);
    if (nearest != NULL) {
        config_section_complain(reading, section, line, key,
                "%s; did you mean %s?", wrong, nearest);
        return;
    }
    struct text all;
    text_init(&all, reading->arena, 600);
    for (size_t i = 0; known[i] != NULL; i++)
        text_add_format(&all, " %s", known[i]);
    config_section_complain(reading, section, line, key, "%s; %s%s", wrong,
            known[0] == NULL ? "there is none yet" : "expected one of:",
            text_string(&all));
}

/* --- values --- */

const struct config_entry *
config_section_find(const struct config_section *section, const char *key)
{
    for (size_t i = 0; i < section->count; i++)
        if (text_same(section->items[i].key, key))
            return &section->items[i];
    return NULL;
}

static bool is_file_key(const char *key)
{
    size_t length = strlen(key), suffix = strlen(file_suffix);
    return length > suffix && text_same(key + length - suffix, file_suffix);
}

bool config_section_hides(const struct config_entry *entry)
{
    return is_file_key(entry->key) ||
            (entry->value != NULL && config_expand_needed(entry->value));
}

const char *config_section_path(const struct config_reading *reading,
        const char *path)
{
    const char *slash = strrchr(reading->path, '/');
    if (*path == '/' || slash == NULL)
        return path;
    return arena_format(reading->arena, "%.*s/%s", (int)(slash - reading->path),
            reading->path, path);
}

/* "diffusion models" in quotes is the same as without. */
static const char *unquoted(const char *value, struct arena *arena)
{
    size_t length = strlen(value);
    if (length < 2 || value[0] != '"' || value[length - 1] != '"')
        return value;
    return arena_string_n(arena, value + 1, length - 2);
}

bool config_section_value(struct config_reading *reading,
        const struct config_section *section, const struct config_entry *entry,
        bool quoted, const char **value)
{
    if (entry->value == NULL)
        return false;
    const char *raw =
            quoted ? entry->value : unquoted(entry->value, reading->arena);
    if (*raw == '\0') {
        config_section_complain(reading, section, entry->line, entry->key,
                "is empty; give it a value, or leave the key out");
        return false;
    }
    struct error err;
    *value = config_expand(raw, reading->environment, reading->arena, &err);
    if (*value == NULL)
        config_section_complain(reading, section, entry->line, entry->key, "%s",
                err.text);
    return *value != NULL;
}

static bool value_from_file(struct config_reading *reading,
        const struct config_section *section, const struct config_entry *entry,
        bool lines, const char **value)
{
    const char *path;
    if (!config_section_value(reading, section, entry, false, &path))
        return false;
    struct error err;
    *value = config_expand_file(config_section_path(reading, path), lines,
            reading->arena, &err);
    if (*value == NULL)
        config_section_complain(reading, section, entry->line, entry->key, "%s",
                err.text);
    return *value != NULL;
}

bool config_section_take(struct config_reading *reading,
        const struct config_section *section, const char *key, bool file,
        bool quoted, const struct config_entry **entry, const char **value)
{
    const struct config_entry *plain = config_section_find(section, key);
    const struct config_entry *filed = NULL;
    if (file)
        filed = config_section_find(section,
                arena_format(reading->arena, "%s%s", key, file_suffix));
    *entry = plain != NULL ? plain : filed;
    if (plain != NULL && filed != NULL)
        config_section_complain(reading, section, filed->line, filed->key,
                "%s is given as well, at line %d; keep one of the two", key,
                plain->line);
    if (plain != NULL)
        return config_section_value(reading, section, plain, quoted, value);
    return filed != NULL &&
            value_from_file(reading, section, filed, quoted, value);
}

/* --- our own keys --- */

/* Of a file each line is one entry of the list, whatever spaces it has. */
static const char *lines_quoted(const char *lines, struct arena *arena)
{
    struct text list;
    text_init(&list, arena, 2 * strlen(lines) + 16);
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        text_add(&list, "\"");
        for (size_t i = 0; i < length; i++)
            if (lines[i] != '"')
                text_add_n(&list, lines + i, 1);
        text_add(&list, "\" ");
        lines += length;
        if (*lines == '\n')
            lines++;
    }
    return text_string(&list);
}

static void take_key(struct config_reading *reading,
        const struct config_section *section, const struct config_key *key,
        void *target)
{
    const struct config_entry *entry;
    const char *value;
    if (key->take == NULL)
        return;
    if (!config_section_take(reading, section, key->key, key->lines,
                key->quoted, &entry, &value))
        return;
    if (is_file_key(entry->key))
        value = lines_quoted(value, reading->arena);
    struct error err;
    if (key->take(target, value, reading->arena, &err))
        return;
    if (config_section_hides(entry))
        config_section_complain(reading, section, entry->line, entry->key,
                "the value kept elsewhere will not do as %s (it is not shown, "
                "as it may be a secret)",
                key->key);
    else
        config_section_complain(reading, section, entry->line, entry->key, "%s",
                err.text);
}

void config_section_take_keys(struct config_reading *reading,
        const struct config_section *section, const struct config_key *keys,
        void *target)
{
    for (; keys->key != NULL; keys++)
        take_key(reading, section, keys, target);
}

/* --- an adapter's keys --- */

void config_section_flaw(struct config_reading *reading,
        const struct config_section *section, const struct config_entry *entry,
        bool secret, const char *value, const char *right)
{
    if (secret || config_section_hides(entry))
        config_section_complain(reading, section, entry->line, entry->key,
                "this value will not do; expected %s", right);
    else
        config_section_complain(reading, section, entry->line, entry->key,
                "\"%s\" will not do; expected %s", value, right);
}

bool config_section_is_given(struct config_reading *reading,
        const struct config_section *section, const char *key)
{
    return config_section_find(section, key) != NULL ||
            config_section_find(section,
                    arena_format(reading->arena, "%s%s", key, file_suffix)) !=
            NULL;
}

/* It, and what could stand in its place. */
static bool is_missing(struct config_reading *reading,
        const struct config_section *section, const struct setting_spec *spec)
{
    return spec->required &&
            !config_section_is_given(reading, section, spec->key) &&
            (spec->unless == NULL ||
                    !config_section_is_given(reading, section, spec->unless));
}

/* Of two that can stand for each other only the first is complained about. */
static void complain_if_missing(struct config_reading *reading,
        const struct config_section *section, const struct setting_spec *specs,
        const struct setting_spec *spec)
{
    const char *other = spec->unless;
    if (!is_missing(reading, section, spec))
        return;
    for (; other != NULL && specs < spec; specs++)
        if (text_same(specs->key, other) && is_missing(reading, section, specs))
            return;
    config_section_complain(reading, section, section->line, spec->key,
            "is missing%s%s; %s", other == NULL ? "" : ", and no ",
            other == NULL ? "" : other, spec->help);
}

static bool take_setting(struct config_reading *reading,
        const struct config_section *section, const struct setting_spec *specs,
        const struct setting_spec *spec, struct setting *setting)
{
    const struct config_entry *entry;
    const char *value;
    if (!config_section_take(reading, section, spec->key,
                spec->secret || spec->lines, spec->lines, &entry, &value)) {
        if (entry == NULL)
            complain_if_missing(reading, section, specs, spec);
        return false;
    }
    const char *right = spec->flaw == NULL ? NULL : spec->flaw(value);
    if (right != NULL) {
        config_section_flaw(reading, section, entry, spec->secret, value,
                right);
        return false;
    }
    *setting = (struct setting){.key = spec->key, .value = value};
    return true;
}

struct settings config_section_settings(struct config_reading *reading,
        const struct config_section *section, const struct setting_spec *specs)
{
    struct setting *items = NULL;
    size_t count = 0, capacity = 0;
    for (const struct setting_spec *spec = specs; spec->key != NULL; spec++) {
        items = arena_grow(reading->arena, items, count, &capacity,
                sizeof *items);
        if (take_setting(reading, section, specs, spec, &items[count]))
            count++;
    }
    return (struct settings){
            .name = section->name,
            .items = items,
            .count = count,
            .contact = reading->config->contact,
    };
}

/* --- keys that nobody knows --- */

static void known_add(struct string_list *known, size_t *capacity,
        struct arena *arena, const char *key, bool file)
{
    string_list_add(known, capacity, arena, key);
    if (file)
        string_list_add(known, capacity, arena,
                arena_format(arena, "%s%s", key, file_suffix));
}

static bool is_known(const struct string_list *known, const char *key)
{
    for (size_t i = 0; i < known->count; i++)
        if (text_same(known->items[i], key))
            return true;
    return false;
}

void config_section_check_keys(struct config_reading *reading,
        const struct config_section *section, const struct config_key *keys,
        const struct setting_spec *specs)
{
    struct string_list known = {0};
    size_t capacity = 0;
    for (; keys != NULL && keys->key != NULL; keys++)
        known_add(&known, &capacity, reading->arena, keys->key, keys->lines);
    for (; specs != NULL && specs->key != NULL; specs++)
        known_add(&known, &capacity, reading->arena, specs->key,
                specs->secret || specs->lines);
    /* The list for messages ends with a NULL. */
    const char **all =
            arena_array(reading->arena, const char *, known.count + 1);
    for (size_t i = 0; i < known.count; i++)
        all[i] = known.items[i];

    for (size_t i = 0; i < section->count; i++) {
        const struct config_entry *entry = &section->items[i];
        if (!is_known(&known, entry->key))
            config_section_unknown(reading, section, entry->line, entry->key,
                    "is no key of this section", entry->key, all);
    }
}
