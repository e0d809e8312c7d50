#include "store/registry.h"

#include "store/memory.h"
#include "store/restore.h"
#include "store/sqlite.h"

#include <string.h>

static const struct kind {
    const char *scheme;
    store_open_fn *open;
    /* NULL for what keeps nothing: */
    store_exists_fn *exists;
    store_restore_fn *restore;
} kinds[] = {
        {"sqlite", sqlite_open, sqlite_exists, restore_run},
        {"memory", memory_open, NULL, NULL},
};

/* NULL after saying what is known. */
static const struct kind *kind_of(const char *url, struct error *err)
{
    size_t length = strcspn(url, ":");

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (url[length] == ':' && strlen(kinds[i].scheme) == length &&
                memcmp(kinds[i].scheme, url, length) == 0)
            return &kinds[i];
    /* The scheme alone: what follows may hold a password. */
    error_set(err, ERROR_INPUT,
            "store address \"%.*s%s\": of no known kind; known are sqlite:PATH "
            "and memory:",
            length > 40 ? 40 : (int)length, url,
            url[length] == ':' ? ":..." : "");
    return NULL;
}

bool store_registry_knows(const char *url, struct error *err)
{
    return kind_of(url, err) != NULL;
}

struct store *store_registry_open(const char *url, struct error *err)
{
    const struct kind *kind = kind_of(url, err);

    return kind == NULL ? NULL : kind->open(url, err);
}

bool store_registry_exists(const char *url, bool *exists, struct error *err)
{
    const struct kind *kind = kind_of(url, err);

    if (kind == NULL)
        return false;
    *exists = true;
    return kind->exists == NULL || kind->exists(url, exists, err);
}

bool store_registry_restore(const char *url, const char *path,
        const char *owner, struct arena *arena, const char **aside,
        struct error *err)
{
    const struct kind *kind = kind_of(url, err);

    if (kind == NULL)
        return false;
    if (kind->restore == NULL)
        return error_set(err, ERROR_INPUT,
                "a %s store keeps nothing, so nothing can be restored to it",
                kind->scheme);
    return kind->restore(url, path, owner, arena, aside, err);
}
