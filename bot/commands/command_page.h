/*
 * command_page.h - long lists, a page at a time, and "more".
 *
 * Whoever showed a page of a list ends it with command_page_end, which keeps a
 * bookmark of (channel, person) while something is left.  "more" reads it and
 * runs the command again for the next page.  A bookmark is text: how many were
 * shown, a space, and the command's line as a person could write it, with days
 * spelled out, so that it means the same tomorrow: "10 2026-11-23 LG 10".  "0"
 * and nothing behind it: the last list was read to its end.
 */
#ifndef BOT_COMMAND_PAGE_H
#define BOT_COMMAND_PAGE_H

#include "bot/commands/command.h"

enum {
    COMMAND_PAGE_USUAL = 10,
    COMMAND_PAGE_MAX = 20, /* in one answer: a screen or two of a phone */
};

extern const struct command command_page_rows[];

/*
 * How many a page is to show: what "more" asks for, else wanted, else (0)
 * COMMAND_PAGE_USUAL; at most COMMAND_PAGE_MAX.
 */
size_t command_page_size(const struct command_request *request, size_t wanted);

/* A page of a list, as it was shown. */
struct command_list {
    const char *line; /* the command that gives it, without a form in front;
                       * NULL: nothing can be gone on with */
    size_t shown;     /* on this page */
    size_t total;
    bool more_than_total; /* nobody counted on */
};

/* Says how much is left and how to go on with it, and keeps the bookmark.  What
 * part of the list the page is, is the caller's to say. */
bool command_page_end(const struct command_call *call,
        const struct command_request *request, const struct command_list *list,
        struct command_answer *answer, struct error *err);

/* Keeps the bookmark of a command that has no next page: "more" runs the line
 * again. */
bool command_page_again(const struct command_call *call, const char *line,
        struct error *err);

#endif
