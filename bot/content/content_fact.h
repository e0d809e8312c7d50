/*
 * content_fact.h - simple facts of a paper that a reader could check.
 *
 * How many authors, whether a comment says where the code is, whether the title
 * begins with a name: each holds or does not.  Facts are rows of tables, known
 * by their number; several may be told as one ("12 authors").
 */
#ifndef BOT_CONTENT_CONTENT_FACT_H
#define BOT_CONTENT_CONTENT_FACT_H

#include "bot/phrase.h"
#include "bot/selection_match.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CONTENT_FACTS = 95,
};

struct content_facts {
    unsigned char items[CONTENT_FACTS]; /* numbers of those that hold, rising */
    size_t count;
};

struct content_facts content_fact_all(const struct match_paper *paper);

/* True if it says where the code, the page or the model is. */
bool content_fact_is_code(unsigned fact);

/* True if it is a step of something counted that a usual paper reaches, too. */
bool content_fact_is_usual(unsigned fact);

/* What is told for a fact; facts that are told together have the same one. %1 is
 * how many there are of what is counted. */
const struct phrase *content_fact_phrase(unsigned fact);

/* How many there are of what the fact counts; 0 if it counts nothing. */
size_t content_fact_number(unsigned fact, const struct match_paper *paper);

#endif
