/*
 * write_chain.h - which writer of a chain is asked next for a note.
 */
#ifndef BOT_WRITE_CHAIN_H
#define BOT_WRITE_CHAIN_H

#include "bot/base/chance.h"
#include "bot/base/retry.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"
#include "bot/write/write_budget.h"
#include "bot/write/write_wanted.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One link as the job sees it. */
struct write_link {
    const struct hired_writer *hired;
    unsigned under_way;
    int64_t free_ms; /* not before: it asked for a pause, or failed */
    bool stopped;    /* until then it is passed by, not waited for */
    bool told_spent; /* of the day: its budget is spent */
    struct retry retry;
};

struct write_chain {
    struct write_link links[WRITERS_MAX];
    size_t count;
    const struct random_source *chance;
};

void write_chain_init(struct write_chain *chain,
        const struct hired_writer *hired, size_t count,
        const struct random_source *chance);

enum write_turn {
    WRITE_TURN_NOW,   /* ask *link */
    WRITE_TURN_LATER, /* all that could write it are busy or pause: wait */
    WRITE_TURN_NEVER, /* nobody is left: the original stands */
};

/* Who is asked for a wanted note now.  A writer that pauses is waited for as long
 * as the note is not needed within half an hour, and longer where nobody else is. */
bool write_chain_turn(struct write_chain *chain, struct store *store,
        const struct wanted_note *note, int64_t now_ms, enum write_turn *turn,
        size_t *link, struct error *err);

/* An answer came, good or bad: the writer works. */
void write_chain_worked(struct write_chain *chain, size_t link);
/* None came; false if the writer is to be passed by for this note. */
bool write_chain_failed(struct write_chain *chain, size_t link,
        struct wanted_note *note, const struct error *err, int64_t now_ms);

/* The clock was put back: nobody pauses any more. */
void write_chain_put_back(struct write_chain *chain);

/* The first instant after now_ms at which a writer is free again; INT64_MAX. */
int64_t write_chain_free_ms(const struct write_chain *chain, int64_t now_ms);

#endif
