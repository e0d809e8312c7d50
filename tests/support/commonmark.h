/*
 * commonmark.h - other people's CommonMark readers, as the judges of ours:
 * Debian's cmark and cmark-gfm.
 */
#ifndef TESTS_SUPPORT_COMMONMARK_H
#define TESTS_SUPPORT_COMMONMARK_H

#include "bot/base/arena.h"

/* Skips the test, or fails it where CI is set, if one of them is not
 * installed.  For a test's first line. */
void commonmark_need(void);

/* What the reference reader makes of it, as HTML. */
char *commonmark_html(struct arena *arena, const char *markdown);

/* The same with GitHub's extensions: tables, struck text, links, tasks. */
char *commonmark_html_github(struct arena *arena, const char *markdown);

#endif
