#include "bot/ports/settings.h"

#include <string.h>

const char *settings_get(const struct settings *settings, const char *key,
        const char *fallback)
{
    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->items[i].key, key) == 0)
            return settings->items[i].value;
    return fallback;
}
