/*
 * command_archive.h - an archive as all of its categories: "cs.*".
 *
 * A channel keeps codes, because announcements are made by category: cs.* stands
 * for the categories of cs that there are, and is shown where all of them are
 * followed.
 */
#ifndef BOT_COMMAND_ARCHIVE_H
#define BOT_COMMAND_ARCHIVE_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stdbool.h>

struct command_archive {
    const char *code; /* "cs" */
    const char *english;
    const char *chinese[3];
};

/* "cs.*", "cs", "Computer Science", "计算机科学"; NULL if it is none. */
const struct command_archive *command_archive_find(struct arena *arena,
        const char *word);

/* The archive of a code, NULL if the code stands alone ("hep-th"). */
const struct command_archive *command_archive_of(const char *code);

bool command_archive_has(const struct command_archive *archive,
        const char *code);

/* Whether the codes hold all of the archive's. */
bool command_archive_is_complete(const struct command_archive *archive,
        const struct string_list *codes);

#endif
