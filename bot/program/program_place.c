#include "bot/program/program_place.h"

#include "bot/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    VALUE_SIZE = 160,
};

struct program_place program_place_of(const char *path, struct arena *arena)
{
    struct program_place place = {.file = ""};
    struct stat about;

    if (text_same(path, "-") || stat(path, &about) != 0 ||
            !S_ISREG(about.st_mode))
        return place;
    char *real = realpath(path, NULL);
    place.key = arena_format(arena, "import %s", real == NULL ? path : real);
    place.file = arena_format(arena, "%" PRId64 " %" PRId64 ".%09ld",
            (int64_t)about.st_size, (int64_t)about.st_mtim.tv_sec,
            about.st_mtim.tv_nsec);
    place.size = (int64_t)about.st_size;
    free(real);
    return place;
}

/* "SIZE TIME OFFSET LINES"; false if it is of another file or none at all. */
static bool read_value(const char *value, const char *file,
        struct source_place *from)
{
    char *end = NULL;

    if (!text_starts(value, file) || value[strlen(file)] != ' ')
        return false;
    from->offset = strtoll(value + strlen(file), &end, 10);
    from->lines = (size_t)strtoull(end, NULL, 10);
    return from->offset > 0;
}

bool program_place_get(struct program_place *place, struct store *store,
        struct arena *arena, struct source_place *from, struct error *err)
{
    char *value = NULL;

    *from = (struct source_place){0};
    if (place->key == NULL)
        return true;
    if (!store_value_get(store, place->key, arena, &value, err))
        return false;
    place->kept = value != NULL && *value != '\0';
    if (place->kept && !read_value(value, place->file, from))
        *from = (struct source_place){0};
    return true;
}

bool program_place_put(const struct program_place *place, struct store *store,
        struct source_place reached, struct error *err)
{
    char value[VALUE_SIZE];

    snprintf(value, sizeof value, "%s %" PRId64 " %zu", place->file,
            reached.offset, reached.lines);
    return store_value_put(store, place->key, value, err);
}

bool program_place_forget(const struct program_place *place,
        struct store *store, struct error *err)
{
    return !place->kept || store_value_put(store, place->key, "", err);
}
