/*
 * settings.h - the part of the configuration that only an adapter understands.
 *
 * A kind of account or source publishes the keys it knows; bot/config checks
 * sections against them (unknown key, missing key, secret kept out of logs) and
 * hands over the values, with ${NAME} and *_file already resolved.
 */
#ifndef BOT_PORTS_SETTINGS_H
#define BOT_PORTS_SETTINGS_H

#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct setting_spec {
    const char *key; /* "webhook"; a secret is also taken as "webhook_file" */
    bool required;
    /* Required only where this other key is not given either: of the two the
     * one that stands first is asked for.  NULL: required by itself. */
    const char *unless;
    bool offered;     /* not required, but a set-up by questions asks for it */
    bool served;      /* is for requests to the [server], which must be there */
    bool secret;      /* never logged, never printed */
    const char *help; /* one line: what it is, with an example */
    /* Says what would be right ("an https:// address") if the value is not;
     * NULL if it is.  May be NULL. */
    const char *(*flaw)(const char *value);
    bool lines; /* also taken as KEY_file, with all the lines of that file */
};

struct setting {
    const char *key, *value;
};

struct settings {
    const char *name; /* the section's: "home" */
    const struct setting *items;
    size_t count;
    /* From [bot], the same for all: */
    const char *contact; /* "you@example.org"; "" if none was given */
};

/* The value, or fallback if the key was not given. */
const char *settings_get(const struct settings *settings, const char *key,
        const char *fallback);

#endif
