/*
 * write.h - the most promising papers get their notes, between announcement and
 * the first due hour.
 *
 * Writers stand in a chain: one that fails, refuses, has spent its budget or gives
 * twice what the check refuses is followed by the next, and at the end the original
 * stands.  What was asked of a writer is kept before it is asked: a restart repeats
 * nothing that was paid.  Where a stand-in wrote, the writers before it may once more
 * when they are well again.  No digest waits for any of it; a note that comes late is
 * shown where a message can be changed.
 */
#ifndef BOT_WRITE_H
#define BOT_WRITE_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"
#include "bot/seat.h"
#include "bot/write/note_check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct write; /* opaque; heap */

/* All borrowed and outliving the job. */
struct write_parts {
    struct store *store;
    const struct hired_writer *chain; /* in the order in which they are asked */
    size_t count;                     /* at most WRITERS_MAX */
    const struct glossary *glossary;  /* NULL: the program's own */
    const struct random_source *chance;
};

/* NULL, and nothing is ever due, where there is no writer. */
struct write *write_open(const struct write_parts *parts, int64_t now_ms);
void write_close(struct write *write); /* cancels what is under way */

/* NULL is fine for all of these. */
int64_t write_next_due_ms(const struct write *write);
void write_step(struct write *write, const struct seat *seats, size_t count,
        int64_t now_ms);
/* The seats are others now: what was found for the old ones is looked for anew. */
void write_serve(struct write *write);
/* The clock was put back. */
void write_put_back(struct write *write);

#endif
