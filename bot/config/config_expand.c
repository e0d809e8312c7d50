#include "bot/config/config_expand.h"

#include "bot/base/text.h"
#include "bot/config/config_ini.h"

#include <string.h>

enum {
    VALUE_MAX = 64 * 1024, /* bytes of an expanded value or of its file */
};

bool config_expand_needed(const char *value)
{
    return strstr(value, "${") != NULL;
}

/* Letters, digits and _, no digit first (POSIX, Base Definitions 8.1). */
static bool is_variable_name(const char *name)
{
    static const char first[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz_";
    if (*name == '\0' || strchr(first, *name) == NULL)
        return false;
    size_t begin = strspn(name, first);
    for (const char *at = name + begin; *at != '\0'; at++)
        if (strchr(first, *at) == NULL && strchr("0123456789", *at) == NULL)
            return false;
    return true;
}

/* What ${NAME} stands for, *at behind the "${"; leaves *at behind the "}". */
static const char *variable(const char **at,
        const char *(*environment)(const char *name), struct arena *arena,
        struct error *err)
{
    const char *end = strchr(*at, '}');
    if (end == NULL) {
        error_set(err, ERROR_INPUT,
                "a ${ is not closed; expected such as ${TEAM_WEBHOOK}");
        return NULL;
    }
    const char *name = arena_string_n(arena, *at, (size_t)(end - *at));
    *at = end + 1;
    if (!is_variable_name(name)) {
        error_set(err, ERROR_INPUT,
                "${%s} names no environment variable; expected such as "
                "${TEAM_WEBHOOK}",
                name);
        return NULL;
    }
    const char *value = environment(name);
    if (value == NULL || *value == '\0') {
        error_set(err, ERROR_INPUT,
                "the environment variable %s is %s; set it before starting "
                "paperboy",
                name, value == NULL ? "not set" : "empty");
        return NULL;
    }
    return value;
}

const char *config_expand(const char *value,
        const char *(*environment)(const char *name), struct arena *arena,
        struct error *err)
{
    struct text whole;
    text_init(&whole, arena, VALUE_MAX);
    for (const char *at = value; *at != '\0';) {
        const char *mark = strstr(at, "${");
        if (mark == NULL) {
            text_add(&whole, at);
            break;
        }
        text_add_n(&whole, at, (size_t)(mark - at));
        at = mark + 2;
        const char *part = variable(&at, environment, arena, err);
        if (part == NULL)
            return NULL;
        text_add(&whole, part);
    }
    if (!text_ok(&whole)) {
        error_set(err, ERROR_INPUT, "is over %d bytes with its variables",
                VALUE_MAX);
        return NULL;
    }
    return text_string(&whole);
}

const char *config_expand_file(const char *path, bool lines,
        struct arena *arena, struct error *err)
{
    static const char white[] = " \t\r\n";
    char *bytes = config_ini_file_text(path, VALUE_MAX, arena, err);
    if (bytes == NULL) {
        error_wrap(err, "%s", path);
        return NULL;
    }
    char *begin = bytes + strspn(bytes, white);
    char *end = begin + strlen(begin);
    while (end > begin && strchr(white, end[-1]) != NULL)
        end--;
    *end = '\0';
    if (*begin == '\0') {
        error_set(err, ERROR_INPUT, "%s: is empty; write the value into it",
                path);
        return NULL;
    }
    if (!lines && strchr(begin, '\n') != NULL) {
        error_set(err, ERROR_INPUT,
                "%s: has several lines; expected the value alone, on one",
                path);
        return NULL;
    }
    return begin;
}
