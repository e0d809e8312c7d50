/*
 * program_init_write.h - the answers of "paperboy init" as files.
 *
 * Every file is readable by its owner alone, and none is ever overwritten.
 */
#ifndef BOT_PROGRAM_INIT_WRITE_H
#define BOT_PROGRAM_INIT_WRITE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct init_setting {
    const char *key, *value;
    bool secret; /* goes into a file of its own */
};

struct init_answers {
    const char *kind;
    bool threads;      /* the digest's papers stand in one */
    bool one_channel;  /* the channel's section is the account's, too */
    const char *label; /* of the channel */
    struct init_setting *settings;
    size_t setting_count;
    const char *room; /* "" where the kind has none */
    const char *categories, *languages, *timezone, *schedule;
    const char *contact; /* "" for none: no source */
    const char *store_url;
};

enum {
    INIT_SECRETS_MAX = 6
};

struct init_written {
    /* NULL-terminated: the secrets, then the file. */
    const char *files[INIT_SECRETS_MAX + 2];
    const char *aside; /* the old file's new name; "" if there was none */
};

/*
 * Writes the secrets beside path, then path.  Relative names in it stand for
 * its own folder.  On failure path is as it was.
 */
bool program_init_write(const struct init_answers *answers, const char *path,
        struct arena *arena, struct init_written *written, struct error *err);

#endif
