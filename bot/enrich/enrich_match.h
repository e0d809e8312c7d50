/*
 * enrich_match.h - whether what another site calls a paper is that paper.
 *
 * An id alone is not believed: sites file works under wrong ids, and join papers
 * that are not the same.  Title and authors must be those that arXiv has.  Pure.
 */
#ifndef BOT_ENRICH_MATCH_H
#define BOT_ENRICH_MATCH_H

#include "bot/model/paper.h"

#include <stdbool.h>

/*
 * True if most words of the titles are the same (titles change a little between
 * versions), and at least half of the shorter author list has its family name,
 * with the same initial, in the other.  Without authors on either side it is
 * not known, and false.
 */
bool enrich_match(const struct paper *known, const struct paper *told);

#endif
