/*
 * command_category.h - which categories a person's words name.
 */
#ifndef BOT_COMMAND_CATEGORY_H
#define BOT_COMMAND_CATEGORY_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

#include <stdbool.h>

/* All names there are, folded: made once for many words. */
struct command_category_names {
    struct arena *arena;
    const char **items; /* code, tag, English, Chinese of each category */
};

struct command_category_names command_category_open(struct arena *arena);

/*
 * The codes of the categories with that code, tag, last part, English or Chinese
 * name (commas in names left out or not); aliases once.  The closest reading
 * that fits decides, as in category_lookup.
 */
struct string_list
command_category_named(const struct command_category_names *names,
        const char *name);

/* The code nearest to what is none, by code, tag or name; NULL if none is. */
const char *command_category_nearest(const struct command_category_names *names,
        const char *name);

/* Whether what names no category can only be meant for one: the form of a code
 * ("cs.LQ"), two capitals ("LQ"), a name with one slip ("machine lerning"). */
bool command_category_seems(const struct command_category_names *names,
        const char *name);

#endif
