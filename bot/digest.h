/*
 * digest.h - selected papers become a document.
 *
 * Pure.  The model is the daily digest of DESIGN section 5: legend, credit,
 * headline, numbered top papers, further papers, foot line.
 */
#ifndef BOT_DIGEST_H
#define BOT_DIGEST_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>

struct digest_item {
    const struct paper *paper;
    const char *tag;  /* as shown in brackets */
    const char *mark; /* behind the title, "[v2]"; NULL or "" for none */
    bool top;         /* in full; else in the further list */
    /* A curator's words in place of what the notes say; NULL or "" for none. */
    const char *text;
};

/* The truth about the announcements a digest was made from. */
struct digest_foot {
    struct civil_date
            date; /* of the newest announcement; unset: no foot line */
    unsigned new_count, cross_count; /* distinct papers, over its categories */
    bool undated; /* a foot line all the same: nobody knows the date */
    /* Pictures are shown: whom to ask to take one down.  NULL or "" for none. */
    const char *contact;
};

struct digest_input {
    const struct digest_item *items; /* top ones first */
    size_t count;
    const struct note_list *notes;
    const struct string_list *categories; /* codes, for the legend */
    struct language_pair languages;
    enum digest_style style;
    const char *credit; /* "" for none */
    /* Who chose, beside that: native ids; NULL or none: nobody did. */
    const struct string_list *curators;
    struct civil_date date; /* of the digest, for its title; may be unset */
    struct digest_foot foot;
    bool week; /* the best of the week, for want of an announcement */
};

/* The document and all it points to live in the arena or in the input. */
struct document *digest_document(const struct digest_input *input,
        struct arena *arena);

/* Why there is one line instead of a digest. */
enum digest_quiet {
    DIGEST_QUIET_NONE, /* "今日 arXiv 无公告" */
    DIGEST_QUIET_LATE,
    DIGEST_QUIET_FAILED,
};

struct document *digest_quiet_line(enum digest_quiet why,
        struct civil_date date, struct language_pair languages,
        struct arena *arena);

/* A name in the model's short form: the last word stays, every other word
 * becomes its first letter, an initial after the first word keeps its dot. */
char *digest_short_name(struct arena *arena, const char *name);

#endif
