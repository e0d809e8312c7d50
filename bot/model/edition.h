/*
 * edition.h - a digest as it was posted, so that it can be said again.
 *
 * What an occasion said of which papers in which order, and what became of them
 * since: a new version, a withdrawal, a place that accepted it, notes that were
 * written later.  Where a product lets us, the message is changed in its place.
 */
#ifndef BOT_MODEL_EDITION_H
#define BOT_MODEL_EDITION_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum edition_change { /* bits */
    EDITION_VERSION = 1 << 0,
    EDITION_WITHDRAWN = 1 << 1,
    EDITION_ACCEPTED = 1 << 2,
    EDITION_NOTES = 1 << 3,
    EDITION_DETAILS = 1 << 4, /* affiliations of a paper that named none */
};

/* What became of a paper since it was posted. */
struct edition_news {
    unsigned changes;  /* of enum edition_change; 0: nothing */
    unsigned version;  /* EDITION_VERSION: the newest */
    const char *venue; /* EDITION_ACCEPTED: as the paper has it; else "" */
    /* EDITION_NOTES: the languages of the notes that came or changed, with
     * spaces between them, else "" or NULL; and when the newest did. */
    const char *languages;
    int64_t noted_ms;
};

struct edition_paper {
    const char *paper_id;
    const char *tag; /* as it was shown */
    bool top;
    struct edition_news news;
};

struct edition {
    int64_t channel_id;
    const char *occasion;
    struct civil_date date;      /* in its title; may be unset */
    struct civil_date announced; /* of its foot; unset: it has none */
    unsigned new_count, cross_count;
    bool week;
    int64_t posted_ms;
    struct edition_paper *papers; /* in the order shown */
    size_t count;
};

/* Both together: the newest version, the last venue, each language once in the
 * order they came.  Languages may be in the arena. */
struct edition_news edition_news_join(struct edition_news first,
        struct edition_news second, struct arena *arena);

/* Whether it tells of a note in a language. */
bool edition_news_notes(const struct edition_news *news, const char *language);

#endif
