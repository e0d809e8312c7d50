/*
 * transfer_reading.h - one section of a transfer's file, while it is read.
 */
#ifndef BOT_TRANSFER_READING_H
#define BOT_TRANSFER_READING_H

#include "bot/base/arena.h"
#include "bot/config/config_complain.h"
#include "bot/config/config_ini.h"

#include <stdbool.h>
#include <stdint.h>

struct transfer_reading {
    struct config_complaints *complaints;
    struct arena *arena;
    const struct config_section *section;
};

/* key may be "": the section as a whole. */
void transfer_reading_complain(const struct transfer_reading *reading, int line,
        const char *key, const char *what);

/* NULL if the section does not have it. */
const struct config_entry *
transfer_reading_find(const struct transfer_reading *reading, const char *key);

/* The value of a key with what goes on in KEY.2 and so on; NULL after a
 * complaint, or if the section does not have it. */
const char *transfer_reading_value(const struct transfer_reading *reading,
        const char *key);

/* "words" of "words.2", if what it goes on with is there; "" if not. */
const char *transfer_reading_base(const struct transfer_reading *reading,
        const char *key);

/* Reads "2026-11-24T05:30:00.123Z @ana:example.org"; the person may be missing
 * ("") and is a part of text. */
bool transfer_reading_origin(const char *text, int64_t *ms, const char **person,
        struct arena *arena);

#endif
