/*
 * config_section.h - what the readers of single sections share.
 */
#ifndef BOT_CONFIG_SECTION_H
#define BOT_CONFIG_SECTION_H

#include "bot/config/config.h"
#include "bot/config/config_complain.h"
#include "bot/config/config_ini.h"

#include <stdbool.h>

/* All that reading one file needs. */
struct config_reading {
    const char *path;
    const struct config_kinds *kinds;
    config_environment_fn *environment;
    struct arena *arena;
    struct config *config;
    struct config_complaints complaints;
    bool contact_given; /* rightly or wrongly */
    size_t source_capacity, writer_capacity, account_capacity, channel_capacity;
    /* Where each channel stands, for complaints about two of them. */
    int *channel_lines;
    size_t channel_line_capacity;
};

/* One of our own keys: how its value is taken into target. */
struct config_key {
    const char *key;
    bool quoted; /* "double quotes" belong to the value, not around it */
    bool lines;  /* also KEY_file, an entry a line */
    /* NULL: taken elsewhere, named here so that it is known. */
    bool (*take)(void *target, const char *value, struct arena *arena,
            struct error *err);
};

/* Complains about a key of a section, with its heading in front. */
void config_section_complain(struct config_reading *reading,
        const struct config_section *section, int line, const char *key,
        const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The entry of a key, or NULL. */
const struct config_entry *
config_section_find(const struct config_section *section, const char *key);

/* Whether the section says anything for KEY, there or as KEY_file. */
bool config_section_is_given(struct config_reading *reading,
        const struct config_section *section, const char *key);

/* A value with ${NAME} filled in and outer quotes taken off (where it has no
 * quotes of its own); false after a complaint. */
bool config_section_value(struct config_reading *reading,
        const struct config_section *section, const struct config_entry *entry,
        bool quoted, const char **value);

/* Whether the value came from elsewhere and so must not be shown. */
bool config_section_hides(const struct config_entry *entry);

/* Complains about a value that will not do and says what is right; the value is
 * shown unless it is secret or came from elsewhere. */
void config_section_flaw(struct config_reading *reading,
        const struct config_section *section, const struct config_entry *entry,
        bool secret, const char *value, const char *right);

/*
 * Takes what the section says for one key: KEY, or KEY_file where allowed.
 * False if it says nothing (or only what was complained about, then *entry is
 * set).
 */
bool config_section_take(struct config_reading *reading,
        const struct config_section *section, const char *key, bool file,
        bool quoted, const struct config_entry **entry, const char **value);

/* Takes all of our own keys that the section has; keys ends with a NULL key. */
void config_section_take_keys(struct config_reading *reading,
        const struct config_section *section, const struct config_key *keys,
        void *target);

/* Takes an adapter's keys into settings; complains about missing ones. */
struct settings config_section_settings(struct config_reading *reading,
        const struct config_section *section, const struct setting_spec *specs);

/* Complains about every key that is in neither table; either may be NULL. */
void config_section_check_keys(struct config_reading *reading,
        const struct config_section *section, const struct config_key *keys,
        const struct setting_spec *specs);

/* Complains with the nearest right word, or with all there are: "WRONG; did
 * you mean slack?".  known ends with NULL. */
void config_section_unknown(struct config_reading *reading,
        const struct config_section *section, int line, const char *key,
        const char *wrong, const char *word, const char *const *known);

/* A path of the file: relative ones start from the file's directory. */
const char *config_section_path(const struct config_reading *reading,
        const char *path);

#endif
