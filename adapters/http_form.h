/*
 * http_form.h - a body of type application/x-www-form-urlencoded, taken apart.
 *
 * https://url.spec.whatwg.org/#urlencoded-parsing, but strict where that mends:
 * a percent sign without two digits, and a NUL, are refused with the field's
 * name, because a program sent them.  Signatures are over the body as it came,
 * so they are checked before this.
 */
#ifndef ADAPTERS_HTTP_FORM_H
#define ADAPTERS_HTTP_FORM_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HTTP_FORM_FIELDS_MAX = 64, /* Slack's longest has 15 */
};

struct http_form_field {
    const char *name, *value; /* valid UTF-8: what is none is repaired */
};

struct http_form {
    struct http_form_field *fields; /* in their order */
    size_t count;
};

/* All in the arena.  ERROR_INPUT if it is none. */
bool http_form_parse(const char *body, size_t body_bytes, struct arena *arena,
        struct http_form *form, struct error *err);

/* The value of the first field of that name, fallback if there is none. */
const char *http_form_get(const struct http_form *form, const char *name,
        const char *fallback);

#endif
