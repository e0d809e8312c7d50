/*
 * content_term.h - the words of a paper as numbers.
 *
 * Words and pairs of neighbouring words of title and abstract, authors' names,
 * and categories, each hashed into a bucket; which kind it is goes into the hash.  Training and scoring both come here, so that they cannot
 * differ.
 */
#ifndef BOT_CONTENT_CONTENT_TERM_H
#define BOT_CONTENT_CONTENT_TERM_H

#include "bot/base/arena.h"
#include "bot/selection_match.h"

#include <stddef.h>
#include <stdint.h>

enum {
    CONTENT_BUCKETS = 32768,      /* for words; a power of two */
    CONTENT_PLAIN_BUCKETS = 8192, /* behind them, for names and categories */
    CONTENT_ALL_BUCKETS = CONTENT_BUCKETS + CONTENT_PLAIN_BUCKETS,
};

enum content_kind {
    CONTENT_TITLE_WORD,
    CONTENT_TITLE_PAIR,
    CONTENT_ABSTRACT_WORD,
    CONTENT_ABSTRACT_PAIR,
    CONTENT_NAME,
    CONTENT_CATEGORY, /* the first, any, and pairs of them */
    CONTENT_KINDS,
};

struct content_term {
    uint32_t bucket;
    uint32_t length; /* of the text; it has no NUL */
    const char *at;
};

/* Those of one kind, each bucket once, by bucket. */
struct content_terms {
    struct content_term *items;
    size_t count;
};

struct content_terms content_term_all(const struct match_paper *paper,
        enum content_kind kind, struct arena *arena);

#endif
