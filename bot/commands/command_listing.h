/*
 * command_listing.h - a ranked list of papers as an answer, a page of it.
 */
#ifndef BOT_COMMAND_LISTING_H
#define BOT_COMMAND_LISTING_H

#include "bot/commands/command.h"
#include "bot/commands/command_scope.h"
#include "bot/selection.h"

/* A list in its whole length, as it is about to be shown. */
struct command_listing {
    const char *head; /* what it is of, one line: days and counts */
    const struct scored_list *papers; /* in order */
    const char *const *marks;         /* behind their titles; NULL: none */
    const char *line; /* the command that gives it, for "more" */
};

/* Adds the page that is asked for: the head with what part of it this is, the
 * papers, how to go on. */
bool command_listing_show(const struct command_call *call,
        const struct command_request *request,
        const struct command_scope *scope,
        const struct command_listing *listing, struct command_answer *answer,
        struct error *err);

/* " · LG CV" where categories were named, else "". */
const char *command_listing_of(const struct command_call *call,
        const struct command_scope *scope);

/* Says that nothing was ever announced in the scope's categories. */
void command_listing_say_nothing(const struct command_call *call,
        const struct command_scope *scope, struct command_answer *answer);

#endif
