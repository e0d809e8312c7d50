/*
 * writer_setting.h - what the settings of several writers have in common.
 */
#ifndef ADAPTERS_WRITERS_WRITER_SETTING_H
#define ADAPTERS_WRITERS_WRITER_SETTING_H

#include "adapters/http.h"
#include "bot/base/arena.h"
#include "bot/ports/settings.h"

/* An address with a path behind it, whether it ends in a slash or has the path
 * already. */
const char *writer_setting_url(struct arena *arena, const char *url,
        const char *path);

/* requests_a_minute as a pace of that name; none if it is not set. */
struct http_pace writer_setting_pace(const struct settings *settings,
        const char *name);

/* What would be right, or NULL: for setting_spec.flaw. */
const char *writer_setting_count_flaw(const char *value);
const char *writer_setting_key_flaw(const char *value); /* fits into a header */

#endif
