/*
 * selection_content.h - what a paper's own words promise.
 *
 * A first form: simple facts with small integer weights.
 */
#ifndef BOT_SELECTION_CONTENT_H
#define BOT_SELECTION_CONTENT_H

#include "bot/selection_match.h"

#include <stdbool.h>

/* The sum of the weights of the facts that hold. */
int selection_content_score(const struct match_paper *paper);

/* For where the code is: never negative. */
int selection_content_code(const struct match_paper *paper);

/* For a journal or conference that took it: never negative. */
int selection_content_venue(const struct match_paper *paper);

/* True if the phrase table is in order, as looking up needs; for the tests. */
bool selection_content_is_sorted(void);

#endif
