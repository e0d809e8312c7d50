/*
 * zone_names.h - which time zone a person means: "Asia/Shanghai", "shanghai",
 * "上海", "中国", "Beijing", "UTC".
 *
 * A name that several zones answer to ("CST", "美国") is asked back with them.
 */
#ifndef BOT_ZONE_NAMES_H
#define BOT_ZONE_NAMES_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* bot/data/places.c: what people call places, and the zones there. */
struct zone_place {
    const char *english[3]; /* folded (text_fold) */
    const char *chinese[3];
    /* One zone, or those among which has to be chosen. */
    const char *zones[5];
};
extern const struct zone_place zone_places[];
extern const size_t zone_place_count;

struct zone_name {
    const char *zone;           /* IANA name; NULL if none or several fit */
    const char *const *choices; /* ends with NULL; NULL unless several fit */
};

/* A whole name, letter case ignored; "New York" and "new_york" are alike. */
struct zone_name zone_names_find(const char *name, struct arena *arena);

/* The longest Chinese name of a place that the text begins with: its bytes, 0
 * for none. */
size_t zone_names_begins(const char *text, struct zone_name *found);

/* The zone nearest in spelling to a name that is none; NULL if none is near. */
const char *zone_names_nearest(const char *name, struct arena *arena);

#endif
