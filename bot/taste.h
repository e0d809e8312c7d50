/*
 * taste.h - a channel's votes become a preference for words.
 *
 * A linear model over the words of titles and abstracts: a word is worth the
 * share of the papers voted up that have it, less the share of those voted down,
 * times the square of its rarity (the classic of relevance feedback: Rocchio,
 * 1971, over inverse document frequencies).  It learns a vote at a time and can
 * take it back, keeps a bounded number of words, and reckons in integers.
 */
#ifndef BOT_TASTE_H
#define BOT_TASTE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"
#include "bot/model/taste.h"
#include "bot/ports/store.h"
#include "bot/taste_words.h"

#include <stddef.h>
#include <stdint.h>

enum {
    TASTE_WORDS_MAX = 8000, /* of a channel; then the rarest seen go */
    TASTE_SCORE_MAX = 120,  /* and as much below zero */
    TASTE_VOTES_MAX = 2000, /* the newest, when all is learnt anew */
};

/* How much the channel would like the paper, in selection.h's tenths; 0 without
 * votes. */
int taste_score(const struct taste *taste, const struct paper *paper,
        struct arena *arena);

/* The same of a paper whose words are known. */
int taste_score_words(const struct taste *taste,
        const struct taste_paper_words *words, struct arena *arena);

/* A word of a paper, and what it brings. */
struct taste_reason {
    const char *word;
    int score; /* rounded; negative: it speaks against the paper */
};

struct taste_reasons {
    struct taste_reason *items; /* what brings most first, whichever its sign */
    size_t count;
};

/* At most most of them; of those that bring nothing none. */
struct taste_reasons taste_reasons_of(const struct taste *taste,
        const struct paper *paper, size_t most, struct arena *arena);

/*
 * Casts a vote, or takes it back (VOTE_NONE), and learns from it; within the
 * caller's transaction.  *before is what the person's vote was.
 */
bool taste_vote(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err);

/* Learns all of a channel's votes anew: some were erased. */
bool taste_relearn(struct store *store, int64_t channel_id, struct error *err);

#endif
