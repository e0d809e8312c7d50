/*
 * similar.h - stored papers that are about the same as one of them.
 *
 * The words of title and abstract, weighed by how few papers have them, are
 * compared by the angle between them.  Only papers that share telling words are
 * compared, a bounded number of them, however many are stored.  Where hardly any
 * are alike, as among the few papers of one day, those follow that share at
 * least two words of their titles.  Deterministic.
 */
#ifndef BOT_SIMILAR_H
#define BOT_SIMILAR_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"
#include "bot/ports/store.h"

#include <stddef.h>

enum {
    SIMILAR_MAX = 20,      /* papers */
    SIMILAR_SHARED_MAX = 4 /* words that are told */
};

struct similar_paper {
    const struct paper *paper;
    double likeness;                        /* from 0 to 1 */
    const char *shared[SIMILAR_SHARED_MAX]; /* the most telling first, as the
                                             * first paper writes them */
    size_t shared_count;
};

struct similar_list {
    struct similar_paper *items; /* the most alike first, ties by id */
    size_t count;
};

/* All in the arena.  today bounds what is recent. */
bool similar_find(struct store *store, const struct paper *paper,
        struct civil_date today, struct arena *arena, struct similar_list *list,
        struct error *err);

#endif
