#include "adapters/http_form.h"

#include "bot/base/text.h"

#include <libwebsockets.h>
#include <string.h>

/* lws_urldecode takes the rest of a string for the second digit, and a NUL for
 * its end. */
static const char *flaw_of(const char *escaped)
{
    size_t length = strlen(escaped);
    const char *last = strrchr(escaped, '%');

    if (last != NULL && last + 2 >= escaped + length)
        return "ends within a percent sign and its two digits";
    if (strstr(escaped, "%00") != NULL)
        return "holds a NUL";
    return NULL;
}

/* Decodes in place, which never makes it longer. */
static bool decode(char *escaped, const char *subject, struct error *err)
{
    const char *flaw = flaw_of(escaped);

    if (flaw == NULL &&
            lws_urldecode(escaped, escaped, (int)strlen(escaped) + 1) != 0)
        flaw = "has a percent sign without two digits behind it";
    return flaw == NULL || error_set(err, ERROR_INPUT, "%s %s", subject, flaw);
}

static bool read_field(char *pair, struct arena *arena,
        struct http_form_field *field, struct error *err)
{
    char *equals = strchr(pair, '=');
    char *value = equals == NULL ? pair + strlen(pair) : equals + 1;

    if (equals != NULL)
        *equals = '\0';
    if (!decode(pair, "the name of a form's field", err))
        return false;
    field->name = text_repair(arena, pair, strlen(pair));
    if (!decode(value, "its value", err))
        return error_wrap(err, "form field %.60s", field->name);
    field->value = text_repair(arena, value, strlen(value));
    return true;
}

bool http_form_parse(const char *body, size_t body_bytes, struct arena *arena,
        struct http_form *form, struct error *err)
{
    char *copy = arena_string_n(arena, body, body_bytes);
    size_t capacity = 0;

    *form = (struct http_form){0};
    if (strlen(copy) != body_bytes)
        return error_set(err, ERROR_INPUT, "the form holds a NUL");
    for (char *next = copy; next != NULL;) {
        char *pair = strsep(&next, "&");
        if (*pair == '\0')
            continue;
        if (form->count == HTTP_FORM_FIELDS_MAX)
            return error_set(err, ERROR_INPUT,
                    "the form has more than %d fields", HTTP_FORM_FIELDS_MAX);
        form->fields = arena_grow(arena, form->fields, form->count, &capacity,
                sizeof *form->fields);
        if (!read_field(pair, arena, &form->fields[form->count++], err))
            return false;
    }
    return true;
}

const char *http_form_get(const struct http_form *form, const char *name,
        const char *fallback)
{
    for (size_t i = 0; i < form->count; i++)
        if (text_same(form->fields[i].name, name))
            return form->fields[i].value;
    return fallback;
}
