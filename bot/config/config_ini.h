/*
 * config_ini.h - the INI file as sections, keys, values and their lines.
 *
 * Lines are read by inih; where its Debian build cuts or keeps silent, this
 * part speaks: a line over 198 bytes, a line that is nothing, a section twice,
 * a key twice.  Leading spaces mean nothing: there are no continued lines, so
 * that an indented key is a key.
 */
#ifndef BOT_CONFIG_INI_H
#define BOT_CONFIG_INI_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/config/config_complain.h"

#include <stdbool.h>
#include <stddef.h>

struct config_entry {
    const char *key;
    const char *value; /* NULL: complained about already, to be passed over */
    int line;
};

struct config_section {
    const char *kind; /* "channel" */
    const char *name; /* "team"; "" where the heading has none */
    int line;
    struct config_entry *items;
    size_t count, capacity;
};

struct config_ini {
    struct config_section *items; /* as in the file */
    size_t count, capacity;
};

enum {
    CONFIG_INI_LINE_MAX = 198,       /* bytes; inih takes 200 with line ends */
    CONFIG_INI_FILE_MAX = 256 * 1024 /* bytes */
};

/* Reads a file into the arena of complaints.  False, with a complaint, if it
 * could not be read at all; mistakes in it are complaints and cost a line. */
bool config_ini_read(const char *path, struct config_complaints *complaints,
        struct config_ini *ini);

/* The same of a text that was read already. */
void config_ini_parse(const char *text, struct config_complaints *complaints,
        struct config_ini *ini);

/* Reads at most max bytes of a file into the arena: NULL and err (without the
 * path) if it cannot be read, is larger, or is not UTF-8 text. */
char *config_ini_file_text(const char *path, size_t max, struct arena *arena,
        struct error *err);

/* A heading as written: "[channel team]". */
const char *config_ini_heading(const struct config_section *section,
        struct arena *arena);

#endif
