#include "bot/base/civil_time_names.h"

#include "bot/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAMES_MAX = 2000, /* tzdata has some 600 */
    PATH_SIZE = 512,
};

/* Where GLib looks, too. */
static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder == NULL ? "/usr/share/zoneinfo" : folder;
}

static bool is_name_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
            (byte >= '0' && byte <= '9') || strchr("/_+-", byte) != NULL;
}

static bool has_form_of_name(const char *name)
{
    if (*name == '\0' || *name == '/' || strlen(name) >= CIVIL_ZONE_NAME_SIZE)
        return false;
    for (const char *at = name; *at != '\0'; at++)
        if (!is_name_byte(*at))
            return false;
    /* These count leap seconds, which no other clock here does. */
    return !text_starts(name, "right/");
}

bool civil_zone_exists(const char *name)
{
    char path[PATH_SIZE], magic[4] = "";
    if (!has_form_of_name(name))
        return false;
    snprintf(path, sizeof path, "%s/%s", zone_folder(), name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    /* A folder opens, and so do the tables beside the zones (RFC 8536). */
    size_t length = fread(magic, 1, sizeof magic, file);
    fclose(file);
    return length == sizeof magic && memcmp(magic, "TZif", 4) == 0;
}

/* A line of tzdata.zi that names a zone: "Z NAME ..." or "L TARGET NAME". */
static const char *name_in_line(struct arena *arena, const char *line)
{
    char kind = line[0];
    if ((kind != 'Z' && kind != 'L') || line[1] != ' ')
        return NULL;
    const char *word = line + 2;
    if (kind == 'L') {
        word = strchr(word, ' ');
        if (word == NULL)
            return NULL;
        word++;
    }
    size_t length = strcspn(word, " \r\n");
    if (length == 0 || length >= CIVIL_ZONE_NAME_SIZE)
        return NULL;
    return arena_string_n(arena, word, length);
}

/* All names, with a NULL behind them; just the NULL if there is no list. */
static const char **read_names(struct arena *arena)
{
    const char **names = arena_array(arena, const char *, NAMES_MAX + 1);
    size_t count = 0;
    char path[PATH_SIZE], line[256];
    snprintf(path, sizeof path, "%s/tzdata.zi", zone_folder());
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return names;
    while (count < NAMES_MAX && fgets(line, sizeof line, file) != NULL) {
        const char *name = name_in_line(arena, line);
        if (name != NULL)
            names[count++] = name;
    }
    fclose(file);
    return names;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

/* "shanghai" and "New York" are near in their last part only. */
static const char *nearest_place(struct arena *arena, const char *name,
        const char *const *names)
{
    const char **places = arena_array(arena, const char *, NAMES_MAX + 1);
    size_t count = 0;
    for (; names[count] != NULL; count++)
        places[count] = last_part(names[count]);
    const char *place = text_nearest(last_part(name), places);
    for (size_t i = 0; place != NULL && i < count; i++)
        if (places[i] == place)
            return names[i];
    return NULL;
}

bool civil_zone_nearest(const char *name, char nearest[CIVIL_ZONE_NAME_SIZE])
{
    struct arena arena;
    arena_init(&arena);
    const char **names = read_names(&arena);
    const char *found = text_nearest(name, names);
    if (found == NULL)
        found = nearest_place(&arena, name, names);
    if (found != NULL)
        snprintf(nearest, CIVIL_ZONE_NAME_SIZE, "%s", found);
    arena_finish(&arena);
    return found != NULL;
}
