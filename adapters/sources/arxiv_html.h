/*
 * arxiv_html.h - where authors work and where the code is, as the front of a
 * paper's HTML page has it.
 *
 * GET https://arxiv.org/html/ID: arXiv makes a page of most LaTeX sources since
 * December 2023; one without a page answers 404, and nothing is known of it.
 * Requests count together with all others to arXiv (arxiv_pace.h), and come 15 s
 * after the last: robots.txt there allows /html with Crawl-delay 15.
 */
#ifndef ADAPTERS_SOURCES_ARXIV_HTML_H
#define ADAPTERS_SOURCES_ARXIV_HTML_H

#include "bot/ports/source.h"

/* [source arxiv_html]: url; needs [bot] contact. */
extern const struct source_kind arxiv_html_kind;

#endif
