/*
 * explain.h - why a channel got a paper, or did not.
 *
 * Reads the store and changes nothing.  The rules are not told again here: the
 * candidates, their score and the choice come from those who make a digest.
 */
#ifndef BOT_EXPLAIN_H
#define BOT_EXPLAIN_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"
#include "bot/selection.h"

#include <stddef.h>

enum explain_verdict {
    EXPLAIN_POSTED,
    EXPLAIN_UNWANTED, /* carries none of the channel's categories */
    EXPLAIN_WITHDRAWN,
    EXPLAIN_UNANNOUNCED, /* no announcement of those categories holds it */
    EXPLAIN_REPLACEMENT, /* only as a new version, which is no news */
    EXPLAIN_INCOMPLETE,  /* its announcement was not read to the end yet */
    EXPLAIN_COMES,       /* is in the next digest as things stand */
    EXPLAIN_BEHIND,      /* would be considered, but others stand before it */
    EXPLAIN_OUTDONE,     /* of its announcement others were taken */
    /* Of its announcement it would be taken now: it was not read for a digest,
     * or what it is worth has changed. */
    EXPLAIN_MISSED,
};

/* An announcement that holds the paper. */
struct explain_filing {
    const char *category;
    struct civil_date date;
    enum announce_type announce;
    enum batch_state state;
};

struct explanation {
    const struct paper *paper; /* NULL: it is not known */
    struct scored scored;
    struct explain_filing *filings; /* newest first of each category */
    size_t filing_count;
    const struct posted_paper *posted; /* NULL: never */
    enum explain_verdict verdict;
    /* Its place among so many, from 1; 0 where there is none. */
    size_t place, among;
    unsigned takes; /* so many papers make a digest there */
};

/* "comes", for programs. */
const char *explain_verdict_name(enum explain_verdict verdict);

/* All lives in the arena; id is canonical (paper_id_parse). */
bool explain_paper(struct store *store, const struct channel *channel,
        const char *id, struct arena *arena, struct explanation *explanation,
        struct error *err);

#endif
