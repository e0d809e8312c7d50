/*
 * command_scope.h - which papers a list is of: categories, how many, the day.
 *
 * The words behind "today", "since", "top", "random".  Categories that are named
 * stand in place of the channel's: by tag, code, name in either language, or a
 * whole archive ("cs", "cs.*").
 */
#ifndef BOT_COMMAND_SCOPE_H
#define BOT_COMMAND_SCOPE_H

#include "bot/commands/command.h"

struct command_scope {
    struct channel channel; /* the call's, with the categories that are meant,
                             * which are never none */
    const char *named;      /* they as tags, "LG CV"; "" where none was named */
    size_t wanted;          /* papers; 0: not said */
    bool too_many;          /* more than COMMAND_PAGE_MAX were wanted */
    struct civil_date day;  /* if one was allowed and named */
    struct civil_date until; /* the same, "until:mon" */
    const char *line;        /* the words, but for the days, as they can be read
                       * again: " cs.LG 5", or "" */
};

/*
 * Reads words; false if one is none of these: the answer says so.  with_day: one
 * of them may be a day (search_day.h).
 */
bool command_scope_read(const struct command_call *call,
        const struct command_word *words, size_t count, bool with_day,
        struct command_answer *answer, struct command_scope *scope);

#endif
