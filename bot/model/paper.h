/*
 * paper.h - a paper as everybody here speaks of it.
 *
 * Plain data; every string is UTF-8, never NULL ("" if unknown), and belongs to
 * the arena of its job.  Identity excludes the version.
 */
#ifndef BOT_MODEL_PAPER_H
#define BOT_MODEL_PAPER_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct author {
    const char *name;        /* as printed: "Ankur P. Parikh" */
    const char *affiliation; /* of this author alone, "" if unknown */
};

struct author_list {
    struct author *items; /* printed order */
    size_t count;
    bool more; /* the source says that the list goes on */
};

struct string_list {
    const char **items;
    size_t count;
};

struct paper {
    const char *id; /* canonical, no version: "2210.11693", "hep-th/9901001" */
    unsigned version;     /* 1-based; 0 if the source did not say */
    const char *title;    /* one line, never empty */
    const char *abstract; /* one line */
    struct author_list authors;
    struct string_list affiliations; /* of the paper, in order, no repeats */
    bool more_affiliations;
    const char *affiliations_from; /* the kind of source that told them where
                                    * arXiv did not: "openalex"; "": arXiv */
    struct string_list categories; /* arXiv codes, primary first */
    const char *comment, *journal_ref, *doi, *license;
    const char *code; /* where its code is, as a page of it links: https */
    bool withdrawn;
    int64_t published_ms, updated_ms; /* UTC; 0 if unknown */
};

struct paper_list {
    struct paper *items;
    size_t count;
};

/* All of an id's forms that FACTS of arXiv know: "2210.11693v2", "arXiv:...",
 * "hep-th/9901001", "math.GT/0309136", abs/pdf/html links, oai:arXiv.org:...,
 * 10.48550/arXiv.ID; links to the paper at alphaXiv, Hugging Face and other
 * readers; brackets, quotes and stops around it, "[cs.LG]" behind it.
 * Returns the canonical id in the arena (the subject class dropped:
 * "math/0309136") and the version (0 if none), or NULL if this is no arXiv id,
 * an impossible month or length among them. */
char *paper_id_parse(struct arena *arena, const char *text, unsigned *version);

/* The first day of the month that a canonical id names; no date if none. */
struct civil_date paper_id_month(const char *id);

/* The day (UTC) of the first submission, as published_ms has it or else the
 * first of the id's month; no date if neither is known. */
struct civil_date paper_submitted(const struct paper *paper);

/* A paper whose strings are all "" and lists empty. */
struct paper paper_empty(void);

/* A deep copy into the arena. */
struct paper paper_copy(struct arena *arena, const struct paper *paper);

/* True if every field but the version and the two times is equal: nothing that
 * a reader would see has changed. */
bool paper_same_content(const struct paper *a, const struct paper *b);

/* True if the paper carries the category, by code or alias. */
bool paper_in_category(const struct paper *paper, const char *code);

/*
 * What is known together: incoming fields win, but a field that incoming leaves
 * empty keeps what was known, and an older version changes nothing that is
 * already set.  "this https URL" does not take the place of the link.  Shallow: strings are shared with both.
 */
struct paper paper_merge(const struct paper *known,
        const struct paper *incoming);

/* Whether abstract or comment show "this https URL" where a link stands, as
 * arXiv's listings do. */
bool paper_lacks_links(const struct paper *paper);

/* Appends a copy of string. */
void string_list_add(struct string_list *list, size_t *capacity,
        struct arena *arena, const char *string);
bool string_list_has(const struct string_list *list, const char *string);

#endif
