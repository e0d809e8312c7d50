/*
 * config.h - the INI file as typed values.
 *
 * Every complaint names file, line and key and what would be right, and all of
 * them come at once.  ${NAME} takes a value from the environment, KEY_file from
 * a file; what came that way, and every secret, stays out of complaints.
 *
 * Paths in the file (KEY_file, a sqlite database) are relative to the file's
 * own directory, so that it does not matter from where the program is started.
 */
#ifndef BOT_CONFIG_H
#define BOT_CONFIG_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/config/config_complain.h"
#include "bot/config/config_parse.h"
#include "bot/model/channel.h"
#include "bot/model/keep.h"
#include "bot/ports/account.h"
#include "bot/ports/serving.h"
#include "bot/ports/settings.h"
#include "bot/ports/source.h"
#include "bot/ports/writer.h"

#include <stdbool.h>
#include <stddef.h>

struct config_account {
    const struct account_kind *kind; /* NULL: complained about */
    struct settings settings;
    int line;
};

struct config_source {
    const struct source_kind *kind;
    struct settings settings;
};

struct config_writer {
    const struct writer_kind *kind; /* NULL: complained about */
    struct settings settings;
    struct writer_terms terms;
    int line;
};

struct config {
    const char *file;    /* for messages */
    const char *contact; /* "" if none */
    const char *store_url;
    struct config_source *sources;
    size_t source_count;
    struct config_writer *writers; /* in the order of the file: their chain */
    size_t writer_count;
    struct config_account *accounts;
    size_t account_count;
    struct channel_list channels; /* ids are 0: the store gives them */
    struct keep keep;
    struct glossary *glossary; /* with the terms of glossary_file; NULL: none */
    struct serving_wish server; /* no addresses: there is none */
    const char *alerts; /* label of the channel that is told; "" for none */
};

/* The kinds that exist, NULL-terminated; main hands in the registries. */
struct config_kinds {
    const struct account_kind *const *accounts;
    const struct source_kind *const *sources;
    /* False and err for an address that no store has; NULL: any will do. */
    bool (*store_knows)(const char *url, struct error *err);
    /* False and err for what is no address to listen on; NULL: any will do. */
    bool (*can_listen)(const char *address, struct error *err);
    /* False and err for a certificate that a server cannot show with this key;
     * NULL: any will do. */
    bool (*can_show)(const char *certificate, const char *key,
            struct error *err);
    const struct writer_kind *const *writers; /* NULL: none */
};

typedef const char *config_environment_fn(const char *name);

/*
 * Reads a file.  environment answers for ${NAME} (getenv, or a test's own).
 * Returns true if there is no complaint; everything lives in the arena.
 */
bool config_read(const char *path, const struct config_kinds *kinds,
        config_environment_fn *environment, struct arena *arena,
        struct config *config, struct config_complaint_list *complaints);

/* What holds without a file: the default store, no channels. */
struct config config_without_file(void);

/* A channel with every default (DESIGN section 11) and no place. */
struct channel config_default_channel(void);

/* The channel with that label, or NULL. */
const struct channel *config_find_channel(const struct config *config,
        const char *label);

/* The account of that name, or NULL. */
const struct config_account *config_find_account(const struct config *config,
        const char *name);

/* Whether a kind can be written to and asked nothing: its one channel is all
 * there is behind the secret. */
bool config_is_webhook(const struct account_kind *kind);

/* The first source for that use, or NULL. */
const struct config_source *config_find_source(const struct config *config,
        enum source_use use);

/* The categories of all channels, each once, in the order of the file. */
struct string_list config_all_categories(const struct config *config,
        struct arena *arena);

#endif
