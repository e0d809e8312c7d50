/*
 * command_fetch.h - papers that a command wants, from the archive, while
 * somebody waits.
 *
 * Each wish has its own deadline; all that wait when the turn to ask comes
 * (turn.h) go in one question.  A wish ends when the archive has answered for
 * all of its ids, or with its deadline: whoever wished looks, and runs his
 * command again.
 */
#ifndef BOT_COMMAND_FETCH_H
#define BOT_COMMAND_FETCH_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How long a person waits for papers. */
#define COMMAND_FETCH_PATIENCE_MS INT64_C(25000)

struct command_fetch; /* opaque; heap */

struct command_wish {
    struct string_list ids; /* canonical; borrowed until the wish is over */
    int64_t until_ms; /* over by then; at most COMMAND_FETCH_PATIENCE_MS away */
    struct arena *arena; /* of unheard_of's list */
    /* Set by the fetch: */
    bool over;
    /* Of the ids, those that the archive does not know, or not in time. */
    struct string_list unheard_of;
    size_t unheard_capacity;
    bool asked; /* the question that is under way is for it, too */
    struct command_wish *next;
};

/* Borrowed; the source must have the call "page". */
struct command_fetch *command_fetch_open(struct store *store,
        struct source *source, int64_t now_ms, struct error *err);
void command_fetch_close(struct command_fetch *fetch); /* NULL is fine */

/* The wish is borrowed until it is over or forgotten; at once over if it has no
 * ids. */
void command_fetch_want(struct command_fetch *fetch, struct command_wish *wish);
void command_fetch_forget(struct command_fetch *fetch,
        struct command_wish *wish);

/* "Looking at arXiv for 2210.11693": what is said meanwhile. */
char *command_fetch_notice(struct arena *arena, const struct string_list *ids,
        const char *language);

/* NULL is fine for these: never due, nothing to do. */
int64_t command_fetch_next_due_ms(const struct command_fetch *fetch);
void command_fetch_step(struct command_fetch *fetch, int64_t now_ms);

#endif
