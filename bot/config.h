/*
 * config.h - the INI file as typed values.
 *
 * Every complaint names file, line and key and what would be right, and all of
 * them come at once.  ${NAME} takes a secret from the environment, KEY_file from
 * a file; neither is ever logged.
 */
#ifndef BOT_CONFIG_H
#define BOT_CONFIG_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/account.h"
#include "bot/ports/settings.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>

struct config_account {
    const struct account_kind *kind;
    struct settings settings;
};

struct config_source {
    const struct source_kind *kind;
    struct settings settings;
};

struct config {
    const char *file;    /* for messages */
    const char *contact; /* "" if none */
    const char *store_url;
    struct config_source *sources;
    size_t source_count;
    struct config_account *accounts;
    size_t account_count;
    struct channel_list channels; /* ids are 0: the store gives them */
};

/* The kinds that exist, NULL-terminated; main hands in the registries. */
struct config_kinds {
    const struct account_kind *const *accounts;
    const struct source_kind *const *sources;
};

struct config_complaint {
    int line;         /* 0: the file as a whole */
    const char *text; /* "[channel team] timezone: ... ; did you mean ...?" */
};

struct config_complaint_list {
    struct config_complaint *items; /* by line */
    size_t count;
};

/*
 * Reads a file.  environment answers for ${NAME} (getenv, or a test's own).
 * Returns true if there is no complaint; everything lives in the arena.
 */
bool config_read(const char *path, const struct config_kinds *kinds,
        const char *(*environment)(const char *name), struct arena *arena,
        struct config *config, struct config_complaint_list *complaints);

/* A channel with every default (DESIGN section 11) and no place. */
struct channel config_default_channel(void);

/* What the configuration and the command line share: "LG,CV cs.CL" -> codes;
 * "zh,en"; "5+4"; "full"; "30s 15m 6h 2d" (ms).  ERROR_INPUT says what would be
 * right, with the nearest form. */
bool config_parse_categories(const char *text, struct arena *arena,
        struct string_list *codes, struct error *err);
bool config_parse_languages(const char *text, struct arena *arena,
        struct language_pair *languages, struct error *err);
bool config_parse_size(const char *text, unsigned *top, unsigned *also,
        struct error *err);
bool config_parse_style(const char *text, enum digest_style *style,
        struct error *err);
bool config_parse_duration(const char *text, int64_t *ms, struct error *err);

#endif
