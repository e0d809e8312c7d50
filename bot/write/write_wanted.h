/*
 * write_wanted.h - which notes are wanted, the most urgent first.
 *
 * What the next digests would show if they went out now, and some more, as votes
 * may yet change that; asked once for each different subscription, not for each
 * channel.  And what digests have shown lately without a note where a message can
 * be changed.  A note that a stand-in wrote is wanted again of the writers before
 * it, as long as its paper is still to be posted or was posted today.
 */
#ifndef BOT_WRITE_WANTED_H
#define BOT_WRITE_WANTED_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/planning/plan_memo.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"
#include "bot/seat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wanted_note {
    const char *paper_id;
    const char *language;
    int64_t due_ms; /* the first digest that would show it; INT64_MAX: shown */
    unsigned rank;  /* in that digest: 0 is its best */
    /* In the papers' own language, to stand in for a note that nobody writes: not
     * worth a request. */
    bool local_only;
    unsigned passed; /* bits: writers that will not do, or did no better */
    /* --- kept by the job --- */
    bool under_way, over;
    unsigned char failures[WRITERS_MAX]; /* of each, in a row */
};

struct wanted_list {
    struct wanted_note *items;
    size_t count, capacity;
    /* Whose notes may be bettered by those before; borrowed, may be none. */
    const struct hired_writer *chain;
    size_t chain_count;
};

/* Of seats with the same subscription and settings the one that is due first, in
 * the order of their hours; those that want no notes are left out. */
struct wanted_seats {
    const struct seat **items;
    size_t count;
};
bool write_wanted_seats(struct store *store, const struct seat *seats,
        size_t count, int64_t now_ms, struct arena *arena,
        struct wanted_seats *wanted, struct error *err);

/* Adds what a seat's next digest wants and the store has no note for; each paper
 * and language once, at its most urgent.  Strings go to the arena; memo is that
 * of one look at all seats. */
bool write_wanted_add(struct store *store, const struct seat *seat,
        struct plan_memo *memo, struct arena *arena, struct wanted_list *list,
        struct error *err);

/* Adds what was shown there lately without a note, or on this day (UTC: a budget's)
 * with a stand-in's. */
bool write_wanted_add_shown(struct store *store, const struct seat *seat,
        int64_t now_ms, struct arena *arena, struct wanted_list *list,
        struct error *err);

/* By hour, then what has no note yet, then rank. */
void write_wanted_sort(struct wanted_list *list);

#endif
