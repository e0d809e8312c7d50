/*
 * latexml_front.h - what stands in front of a paper's HTML page as LaTeXML makes
 * it: title, author blocks, footnotes, abstract, links.
 *
 * arXiv's pages (arxiv.org/html/ID) are LaTeXML's output: div.ltx_authors holds
 * span.ltx_creator, each a block as the paper's source wrote it, of one person
 * or of many, in it span.ltx_personname and span.ltx_contact with a role
 * (LaTeXML's LaTeXML-structure-xhtml.xsl, and pages of 2024 to 2026).  Who is who
 * in a block is told by latexml_authors.h.  Reading ends at the first section.
 */
#ifndef ADAPTERS_SOURCES_LATEXML_FRONT_H
#define ADAPTERS_SOURCES_LATEXML_FRONT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    LATEXML_BLOCKS_MAX = 1000, /* more are passed over */
};

/* Around what is written above the line, which is nearly always a footnote's
 * mark; neither is in any text. */
#define LATEXML_MARK_BEGIN '\x01'
#define LATEXML_MARK_END '\x02'

/* Lines end with '\n'; '\t' is a wide blank, which divides as a comma does. */
struct latexml_block {
    const char *names;  /* what stands where a name does: often much more */
    const char *places; /* its affiliations, a line each */
};

/* Strings are UTF-8 without other control characters, "" for what is not
 * there. */
struct latexml_front {
    const char *title, *abstract;
    struct latexml_block *blocks;
    size_t count;
    const char *notes; /* institutes and footnotes outside of the blocks, a line
                        * each */
    const char *links; /* addresses that are linked, a line each */
};

/* Reads the front of a page into the arena.  False with ERROR_INPUT if the page
 * is no such page. */
bool latexml_front_read(const char *bytes, size_t length, struct arena *arena,
        struct latexml_front *front, struct error *err);

#endif
