/*
 * record.h - one paper being put together from what a file says of it.
 *
 * Every format reads its own shape and hands the fields in here as they stand:
 * here they are cleaned (UTF-8 repaired, one line, LaTeX accents composed),
 * checked and handed on.  A record with a fault becomes one complaint, about
 * the first fault, and no paper.  Its memory lasts until the next one begins.
 */
#ifndef ADAPTERS_SOURCES_RECORD_H
#define ADAPTERS_SOURCES_RECORD_H

#include "bot/base/arena.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    /* The largest collaborations sign with some 5000 names. */
    RECORD_AUTHORS_MAX = 10000,
    RECORD_AFFILIATIONS_MAX = 500, /* more are left out: "... and others" */
    RECORD_CATEGORIES_MAX = 50,
    RECORD_NOTES_MAX = 16,
    RECORD_SIGNALS_MAX = 4,
    RECORD_TEXT_MAX = 4 * 1024 * 1024, /* bytes of all fields together */
};

struct record {
    const struct source_sink *sink;
    struct source_summary *summary;

    struct arena arena;
    struct source_record out;
    const char *unit; /* static: "line", "entry" */
    size_t number;
    size_t author_capacity, affiliation_capacity, category_capacity,
            note_capacity;
    size_t text_bytes;
    struct signal signals[RECORD_SIGNALS_MAX];
    bool faulty;
    struct source_complaint fault;
};

/* sink and summary are borrowed until record_close. */
void record_open(struct record *record, const struct source_sink *sink,
        struct source_summary *summary);
void record_close(struct record *record);

/* Forgets what was there and begins "line 17" or "entry 3"; number 0: the
 * unit alone. */
void record_begin(struct record *record, const char *unit, size_t number);

/* Hands the paper on, or its complaint, and counts it. */
void record_end(struct record *record);

/* Notes what is wrong, if nothing was before; field and right may be "".
 * right is static, the others are copied. */
void record_fault(struct record *record, const char *field, const char *wrong,
        const char *right);
/* The text in quotes and short enough for a complaint. */
const char *record_quote(struct record *record, const char *text);

/* --- text, cleaned into the record's arena --- */

/* One line of repaired UTF-8: for ids, links, codes. */
const char *record_plain(struct record *record, const char *bytes,
        size_t length);
/* The same with LaTeX accents composed: for titles, names, abstracts. */
const char *record_prose(struct record *record, const char *bytes,
        size_t length);

/* --- fields; text is UTF-8, as record_plain or record_prose gave it --- */

/* Sets id and version from any form of an arXiv id; a fault if it is none. */
void record_id(struct record *record, const char *text);
/* The first time that an id was set holds; is one set? */
bool record_has_id(const struct record *record);
/* An author; one without a name is left out.  The affiliation ("" for none)
 * joins the paper's. */
void record_author(struct record *record, const char *name,
        const char *affiliation);
/* An affiliation of the paper; left out if it is there already. */
void record_affiliation(struct record *record, const char *affiliation);
/* A category; what is no arXiv code is left out (MSC and ACM classes stand
 * among the categories of some listings).  primary: it becomes the first. */
void record_category(struct record *record, const char *code, bool primary);
/* Of several in one field, divided by blanks or stops, the first. */
void record_doi(struct record *record, const char *text);
/* A signal of the paper, from 1 on. */
void record_signal(struct record *record, const char *kind, int64_t value);
/* RFC 3339, RFC 822 or a plain date (then its midnight, UTC) as ms since the
 * epoch; 0 if it is none. */
int64_t record_instant(const char *text);
/* A note; one without a title and a digest is left out. */
void record_note(struct record *record, const struct note *note);

#endif
