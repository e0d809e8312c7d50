/*
 * paging.h - one page of a source's archive, from the question to the store.
 *
 * The page is gathered, and stored whole: its papers, notes and signals, the
 * pace, and whatever the job that asked keeps of its own progress, in one
 * transaction.  Nothing is announced by it.  A page that broke off is dropped:
 * it will be asked for again.
 */
#ifndef BOT_PAGING_H
#define BOT_PAGING_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/intake.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/turn.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct paging {
    struct store *store;   /* borrowed */
    struct source *source; /* borrowed; has the call "page" */
    enum turn_for whom;    /* is asked; set after opening if not a job */
    struct turn turn;
    int64_t free_ms; /* no question before: the pace, a server's wait */
    struct request *request;
    bool answered; /* waits for paging_store */
    struct arena arena;
    struct source_record *records;
    size_t count, capacity, rejected;
    struct source_page page;
    struct error failure; /* ERROR_NONE: the page is whole */
};

/* Takes over the pace as the store knows it. */
bool paging_open(struct paging *paging, struct store *store,
        struct source *source, int64_t now_ms, struct error *err);
void paging_close(struct paging *paging); /* calls off what is under way */
/* Calls off the question that is under way, if any. */
void paging_cancel(struct paging *paging);

/* For the beginning of every step.  A turn that could not be given back is given
 * back; a wait that lies further ahead than any server may impose comes from a
 * clock that was ahead: it is forgotten. */
void paging_mind_clock(struct paging *paging, int64_t now_ms);

/* Asks for a page, if nobody else has the turn (turn.h): then free_ms moves, and
 * nothing is under way.  False if the store failed. */
bool paging_ask(struct paging *paging, const struct source_range *range,
        int64_t now_ms, struct error *err);
/* A question is under way, or its answer waits. */
bool paging_busy(const struct paging *paging);

/* Writes the job's own progress, in the transaction that stores the page. */
typedef bool paging_keep_fn(struct store *store, void *ctx, struct error *err);

/*
 * Stores what was answered.  False and err if the store failed or the page did
 * (then only the pace is kept, and free_ms moved).  page, its strings and the
 * records stay until the next question.
 */
bool paging_store(struct paging *paging, int64_t now_ms, paging_keep_fn *keep,
        void *ctx, struct intake_counts *counts, struct error *err);

#endif
