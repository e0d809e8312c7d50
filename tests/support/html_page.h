/*
 * html_page.h - a strict reader of the page that the HTML dialect makes: well
 * formed, only tags and attributes that it has a use for, nothing from
 * elsewhere.
 */
#ifndef TESTS_SUPPORT_HTML_PAGE_H
#define TESTS_SUPPORT_HTML_PAGE_H

#include "bot/base/arena.h"

/* NULL if the page is good; else what is wrong with it. */
const char *html_page_flaw(struct arena *arena, const char *page);

/* The text of its body, tags gone. */
const char *html_page_text(struct arena *arena, const char *page);

#endif
