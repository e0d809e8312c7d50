/*
 * search.h - what is looked for among the stored papers, and what was found.
 *
 * Plain data.  Looked in are titles, abstracts, notes in every language and
 * authors' names; case, accents and width forms do not matter (text_tokens.h
 * says what a word is).  Every term must fit, a negated one must not.
 */
#ifndef BOT_MODEL_SEARCH_H
#define BOT_MODEL_SEARCH_H

#include "bot/base/civil_time.h"

#include <stdbool.h>
#include <stddef.h>

enum search_kind {
    /* Whole words side by side, usually one; Chinese anywhere.  "fine-tuning"
     * and "finetuning" find each other, and "fine tuning"; so do an English
     * singular and plural.  Chinese words may stand apart that were written
     * without a space between: 乳腺癌分类 finds 乳腺癌的分类. */
    SEARCH_WORD,
    SEARCH_PHRASE, /* whole words side by side, to the letter */
    SEARCH_PREFIX, /* as SEARCH_WORD, but the last word goes on: "neur" */
    /* A name.  One word: any word of an author's name.  Several: the last words
     * are alike, and the first words are, or one is the other's initial. */
    SEARCH_AUTHOR,
    /* An arXiv code or its alias, "cs.LG"; an archive, "cs", for all in it. */
    SEARCH_CATEGORY,
};

enum {
    SEARCH_TERMS_MAX = 32,
    SEARCH_TOKENS_MAX = 64,  /* of one term */
    SEARCH_TOTAL_MAX = 1000, /* what lies behind is not reached */
};

struct search_term {
    enum search_kind kind;
    const char *text; /* any bytes */
    bool negated;
};

struct search_query {
    const struct search_term *terms;
    size_t count;
    /* Days (UTC) of the first submission, both included, a date that is not set
     * leaves that side open; where it is not known, the first of the id's
     * month. */
    struct civil_date since, until;
    size_t limit, offset;
};

struct search_result {
    const char **ids; /* best first, from the query's offset */
    size_t count;
    size_t total; /* that fit; SEARCH_TOTAL_MAX if there are more */
    bool more;    /* than SEARCH_TOTAL_MAX */
};

#endif
