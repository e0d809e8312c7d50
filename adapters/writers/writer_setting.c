#include "adapters/writers/writer_setting.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    COUNT_DIGITS_MAX = 7
};

const char *writer_setting_url(struct arena *arena, const char *url,
        const char *path)
{
    size_t length = strlen(url), tail = strlen(path);

    while (length > 0 && url[length - 1] == '/')
        length--;
    bool there =
            length >= tail && strncmp(url + length - tail, path, tail) == 0;
    return arena_format(arena, "%.*s%s", (int)length, url, there ? "" : path);
}

struct http_pace writer_setting_pace(const struct settings *settings,
        const char *name)
{
    const char *count = settings_get(settings, "requests_a_minute", NULL);

    if (count == NULL)
        return (struct http_pace){0};
    return (struct http_pace){.name = name,
            .gap_ms = 60000 / strtol(count, NULL, 10)};
}

const char *writer_setting_count_flaw(const char *value)
{
    size_t digits = strspn(value, "0123456789");

    return value[digits] == '\0' && digits > 0 && digits <= COUNT_DIGITS_MAX &&
                    strtol(value, NULL, 10) > 0
            ? NULL
            : "a whole number such as 30";
}

const char *writer_setting_key_flaw(const char *value)
{
    for (; *value != '\0'; value++)
        if (!isgraph((unsigned char)*value))
            return "a key without spaces, as it was given";
    return NULL;
}
