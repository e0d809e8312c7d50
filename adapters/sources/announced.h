/*
 * announced.h - one entry of arXiv's announcement feed, RSS or Atom.
 *
 * Both forms say the same (help/rss_specifications, help/atom_specifications):
 * an id with its version, a link without, and a description that begins with
 * "arXiv:2203.01250v3 Announce Type: replace-cross Abstract: ...".
 */
#ifndef ADAPTERS_SOURCES_ANNOUNCED_H
#define ADAPTERS_SOURCES_ANNOUNCED_H

#include "adapters/sources/record.h"

/* An entry's texts as they stand, in the record's arena, "" for none: what they
 * mean depends on one another. */
struct announced {
    const char *id, *link, *title, *description, *announce_type;
};

/* Sets the record's id, title, abstract and announce type. */
void announced_take(struct record *record, const struct announced *item);

/* A refused query is a feed without entries, titled so. */
bool announced_is_refusal(const char *feed_title);
/* Such a feed's complaint; reason is its description. */
void announced_refuse(struct record *record, const char *reason);

#endif
