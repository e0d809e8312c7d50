/*
 * citation.h - a paper for a bibliography: BibTeX, RIS, Markdown.
 *
 * Pure.  A program will read these, so each has its own rules of escaping here;
 * no dialect touches them (DOCUMENT_VERBATIM).
 */
#ifndef BOT_CITATION_H
#define BOT_CITATION_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

/*
 * A @misc entry with eprint, archivePrefix and primaryClass, as arXiv and
 * biblatex have it; UTF-8, lines end in \n.  Titles are TeX already: their
 * formulas and accents stay, other special characters are escaped, braces
 * always balance, and words with a capital inside are kept from being set in
 * lower case.  The key is made of the first author's last word and the id.
 */
char *citation_bibtex(struct arena *arena, const struct paper *paper);

/*
 * A record of type UNPB, UTF-8, lines end in \n (the format's own \r\n would be
 * lost in a chat; readers take both).  TeX is shown as Unicode.
 */
char *citation_ris(struct arena *arena, const struct paper *paper);

/* One item of a list, CommonMark: linked title, authors, year. */
char *citation_markdown(struct arena *arena, const struct paper *paper);

#endif
