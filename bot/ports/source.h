/*
 * source.h - where papers come from: files told by content, and feeds.
 *
 * What a source reads it hands on record by record through a sink; a broken
 * record is a complaint and costs no other.  Records live during the call only.
 */
#ifndef BOT_PORTS_SOURCE_H
#define BOT_PORTS_SOURCE_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/model/batch.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"
#include "bot/model/picture.h"
#include "bot/model/signal.h"
#include "bot/ports/request.h"
#include "bot/ports/settings.h"

/* A place between two records of a file of lines. */
struct source_place {
    int64_t offset; /* in the unpacked bytes; 0: the beginning */
    size_t lines;   /* before it */
};

struct source_record {
    struct paper paper;
    enum announce_type announce; /* ANNOUNCE_UNKNOWN unless the feed says */
    struct note_list notes;
    struct signal_list signals; /* seen_ms is 0 where the source does not say */
    bool secondhand;         /* another site's copy: it fills gaps, no more */
    const char *section;     /* "top", "also" or "" */
    struct source_place end; /* behind it, where reading can go on from there */
};

/* A deep copy into the arena. */
struct source_record source_record_copy(struct arena *arena,
        const struct source_record *record);

struct source_complaint {
    const char *where; /* "line 17" or "entry 3 (2210.11693)" */
    const char *field; /* "title"; "" for the whole record */
    const char *wrong; /* "is empty" */
    const char *right; /* "a title of at least one character"; "" if plain */
};

struct source_sink {
    void (*record)(void *ctx, const struct source_record *record);
    void (*complaint)(void *ctx, const struct source_complaint *complaint);
    void *ctx;
};

enum {
    SOURCE_RESUMPTION_SIZE = 1024, /* arXiv's tokens have some 200 bytes */
    SOURCE_REFUSAL_SIZE = 32,
};

struct source_summary {
    const char *format; /* static: "arXiv API Atom", "RSS 2.0", ... */
    size_t records, rejected;
    size_t deleted; /* of the rejected: their archive deleted them */
    size_t total;   /* in the whole list this is a page of, as it says; or 0 */
    bool announces; /* its papers came out together: a feed, a day's listing */
    int64_t built_ms; /* when the feed says it was made; 0 if it does not.  To
                       * be believed with care: a stale feed says today */
    /* OAI-PMH (openarchives.org, 2.0): with what to ask for the next page, ""
     * after the last; the code of the error that came instead of records,
     * "noRecordsMatch", "badResumptionToken", ... or "". */
    char resumption[SOURCE_RESUMPTION_SIZE];
    char refusal[SOURCE_REFUSAL_SIZE];
};

/* How bytes come from a file: read fills up to size bytes, 0 at the end, -1 and
 * err on failure. */
struct byte_stream {
    long (*read)(void *ctx, char *buffer, size_t size, struct error *err);
    void *ctx;
    /* Goes to a byte of the file; false if it cannot.  NULL: it never can. */
    bool (*seek)(void *ctx, int64_t offset);
    /* Where records are wanted from; a format that cannot begin there begins at
     * the beginning. */
    struct source_place from;
};

/*
 * Reads papers from a stream, plain or gzip, in whatever format the content
 * shows.  Returns true if the end was reached; false with ERROR_INPUT if the
 * whole is in no known format (the reason says what it looks like) or breaks
 * off in the middle (what came before has been handed on).  *summary is set in
 * both cases, its format and announces before the first record is handed on, so
 * that the sink can tell by them where papers belong.
 */
typedef bool source_read_fn(const struct byte_stream *stream,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err);

struct source;

struct source_query {
    const char *category;  /* one code: "cs.LG" */
    const char *validator; /* from the last answer ("" for none): ETag */
    int64_t not_before_ms; /* the request must not leave earlier */
};

struct source_answer {
    bool unchanged; /* HTTP 304: no records came */
    bool complete;  /* the feed was read to its end */
    struct source_summary summary;
    const char *validator; /* to be kept for the next query */
    int64_t asked_ms;      /* when the request left; 0 if it never did */
};

/* err is NULL unless the feed could not be read whole; records handed to the
 * sink before a failure are good. */
typedef void source_done_fn(void *cookie, const struct source_answer *answer,
        const struct error *err);

/* --- what is asked of an archive: days that are over, or papers by id --- */

enum source_via {
    SOURCE_VIA_API, /* by the day of submission */
    SOURCE_VIA_OAI, /* by the day of the last change */
};

enum {
    SOURCE_IDS_MAX = 100, /* in one question */
};

struct source_range {
    enum source_via via;  /* of no interest to a source with one way */
    const char *category; /* one code; NULL: all */
    struct civil_date since, until; /* both included, UTC */
    struct string_list ids;   /* canonical; if there are any, they are asked for
                               * through the API, whatever their day */
    const char *continuation; /* from the page before; "": the first */
    int64_t not_before_ms;    /* the request must not leave earlier */
};

struct source_page {
    bool complete;            /* the page was read to its end */
    const char *continuation; /* with what to ask for the next; "": the end */
    bool expired; /* the archive knows the continuation no more: the range is to
                   * be begun again */
    struct source_summary summary;
    int64_t asked_ms; /* when the request left; 0 if it never did */
};

/* err is NULL unless the page could not be read whole. */
typedef void source_page_fn(void *cookie, const struct source_page *page,
        const struct error *err);

/* The picture lives during the call only.  It is NULL on failure: ERROR_REJECTED
 * if the paper has none, or none that could be shown. */
typedef void source_picture_fn(void *cookie, const struct picture *picture,
        const struct error *err);

/* Any call may be missing (NULL), not all. */
struct source_ops {
    const char *kind; /* "arxiv" */
    int64_t gap_ms;   /* the least time between two requests, over all
                          * machines: arXiv's terms of use say 3 s */
    const char *pace; /* the kind of source whose requests count together with
                       * its own; NULL: they count alone */
    size_t ids_max;   /* in one question to page; 0: SOURCE_IDS_MAX */
    /* Reads the newest announcement of a category.  The sink is called before
     * done, and never after. */
    struct request *(*fetch)(struct source *source,
            const struct source_query *query, const struct source_sink *sink,
            source_done_fn *done, void *cookie);
    /* Reads one page of what there is of a range.  A continuation that leads
     * nowhere new, or an empty page before the end, is a failure that may pass.
     * Nothing of it was announced. */
    struct request *(*page)(struct source *source,
            const struct source_range *range, const struct source_sink *sink,
            source_page_fn *done, void *cookie);
    /* Fetches the picture of a paper (picture.h says how large it may be). */
    struct request *(*picture)(struct source *source, const char *paper_id,
            source_picture_fn *done, void *cookie);
    void (*close)(struct source *source);
};

struct source {
    const struct source_ops *ops;
};

struct transport;

/* What a source is for; there is one of each at most, but several of facts. */
enum source_use {
    SOURCE_ANNOUNCES, /* its fetch brings announcements */
    SOURCE_VOTES,     /* its pages bring signals, a day at a time */
    SOURCE_PICTURES,  /* pictures of papers */
    SOURCE_FACTS, /* its pages bring what is known of papers by id: who works
                       * where, citations; of those ids alone, and secondhand */
};

struct source_kind {
    const char *kind;
    enum source_use use;
    const struct setting_spec *keys;
    struct source *(*open)(const struct settings *settings,
            struct transport *transport, struct error *err);
};

#endif
