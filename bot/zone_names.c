#include "bot/zone_names.h"

#include "bot/base/civil_time_names.h"
#include "bot/base/text.h"

#include <string.h>
#include <strings.h>

enum {
    NAMES = 3, /* of a place in a language */
};

static struct zone_name name_of(const struct zone_place *place)
{
    if (place->zones[1] != NULL)
        return (struct zone_name){.choices = place->zones};
    return (struct zone_name){.zone = place->zones[0]};
}

static bool is_called(const struct zone_place *place, const char *folded)
{
    for (size_t i = 0; i < NAMES && place->english[i] != NULL; i++)
        if (text_same(place->english[i], folded))
            return true;
    for (size_t i = 0; i < NAMES && place->chinese[i] != NULL; i++)
        if (text_same(place->chinese[i], folded))
            return true;
    return false;
}

/* "New York" as the zones write it. */
static const char *underscored(const char *name, struct arena *arena)
{
    char *copy = arena_string(arena, name);

    for (char *at = copy; *at != '\0'; at++)
        if (*at == ' ')
            *at = '_';
    return copy;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

/* "UTC+8": the zones of that form count the other way round (Etc/GMT-8), which
 * nobody means. */
static bool is_offset(const char *name)
{
    return (strncasecmp(name, "utc", 3) == 0 ||
                   strncasecmp(name, "gmt", 3) == 0) &&
            name[3] != '\0';
}

/* The zone that the system's own list has under that name, or under that last
 * part of it. */
static const char *listed(const char *name, struct arena *arena)
{
    char nearest[CIVIL_ZONE_NAME_SIZE];
    const char *wanted = underscored(name, arena);

    if (is_offset(wanted))
        return NULL;

    if (civil_zone_exists(wanted))
        return wanted;
    if (!civil_zone_nearest(wanted, nearest))
        return NULL;
    bool same = text_same_ascii(nearest, wanted) ||
            (strchr(wanted, '/') == NULL &&
                    text_same_ascii(last_part(nearest), wanted));
    return same ? arena_string(arena, nearest) : NULL;
}

struct zone_name zone_names_find(const char *name, struct arena *arena)
{
    char *folded = text_fold(arena, name);

    for (char *at = folded; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    for (size_t i = 0; i < zone_place_count; i++)
        if (is_called(&zone_places[i], folded))
            return name_of(&zone_places[i]);
    return (struct zone_name){.zone = listed(name, arena)};
}

size_t zone_names_begins(const char *text, struct zone_name *found)
{
    size_t longest = 0;

    for (size_t i = 0; i < zone_place_count; i++) {
        const struct zone_place *place = &zone_places[i];
        for (size_t n = 0; n < NAMES && place->chinese[n] != NULL; n++) {
            size_t length = strlen(place->chinese[n]);
            if (length <= longest || !text_starts(text, place->chinese[n]))
                continue;
            longest = length;
            *found = name_of(place);
        }
    }
    return longest;
}

const char *zone_names_nearest(const char *name, struct arena *arena)
{
    char nearest[CIVIL_ZONE_NAME_SIZE];
    bool found = !is_offset(name) &&
            civil_zone_nearest(underscored(name, arena), nearest);

    return found ? arena_string(arena, nearest) : NULL;
}
