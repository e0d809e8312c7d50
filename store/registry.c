#include "store/registry.h"

#include "store/memory.h"
#include "store/sqlite.h"

#include <string.h>

static const struct {
    const char *scheme;
    store_open_fn *open;
} kinds[] = {
        {"sqlite", sqlite_open},
        {"memory", memory_open},
};

struct store *store_registry_open(const char *url, struct error *err)
{
    size_t length = strcspn(url, ":");

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (url[length] == ':' && strlen(kinds[i].scheme) == length &&
                memcmp(kinds[i].scheme, url, length) == 0)
            return kinds[i].open(url, err);
    /* The scheme alone: what follows may hold a password. */
    error_set(err, ERROR_INPUT,
            "store address \"%.*s%s\": of no known kind; known are sqlite:PATH "
            "and memory:",
            length > 40 ? 40 : (int)length, url,
            url[length] == ':' ? ":..." : "");
    return NULL;
}
