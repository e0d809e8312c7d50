/*
 * content_venue.h - whether a paper says where it was accepted.
 */
#ifndef BOT_CONTENT_CONTENT_VENUE_H
#define BOT_CONTENT_CONTENT_VENUE_H

#include "bot/selection_match.h"

/* In tenths of log odds, for a journal or conference that took it: never
 * negative, 0 if none did. */
int content_venue_score(const struct match_paper *paper);

#endif
