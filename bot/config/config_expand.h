/*
 * config_expand.h - values that are kept elsewhere: the environment, a file.
 */
#ifndef BOT_CONFIG_EXPAND_H
#define BOT_CONFIG_EXPAND_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>

/*
 * Fills in each ${NAME}; a $ without a brace stays.  NULL and err if a name is
 * none, is not set or is empty; err never holds a value.
 */
const char *config_expand(const char *value,
        const char *(*environment)(const char *name), struct arena *arena,
        struct error *err);

/* Whether there is anything to fill in. */
bool config_expand_needed(const char *value);

/*
 * What a file holds, without white space at its ends; several lines only if
 * lines is true.  NULL and err, which names the path, if it cannot be used.
 */
const char *config_expand_file(const char *path, bool lines,
        struct arena *arena, struct error *err);

#endif
