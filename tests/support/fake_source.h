/*
 * fake_source.h - a feed of announcements that a test publishes.
 *
 * Each category shows what was published last, as arXiv's feeds do.  Nothing is
 * answered before fake_source_answer.
 */
#ifndef TESTS_SUPPORT_FAKE_SOURCE_H
#define TESTS_SUPPORT_FAKE_SOURCE_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FAKE_SOURCE_FEEDS_MAX = 200,
    FAKE_SOURCE_GAP_MS = 3000
};

enum fake_source_mode {
    FAKE_SOURCE_WELL,
    FAKE_SOURCE_DOWN,  /* fails with fail_kind and fail_wait_ms */
    FAKE_SOURCE_CUT,   /* half of the records, then the end is missing */
    FAKE_SOURCE_EMPTY, /* a whole feed without a record */
};

struct fake_item {
    const char *id;
    enum announce_type announce;
    const char *cross; /* a second category, or NULL */
    unsigned version;  /* 0: the first */
    bool withdrawn;
    const char *comment; /* or NULL */
};

struct fake_feed {
    const char *category;
    struct fake_item *items;
    size_t count;
    unsigned version; /* of the validator */
};

struct fake_source {
    struct source source; /* first: the port's view of it */
    const struct clock *clock;
    struct arena arena;
    struct fake_feed feeds[FAKE_SOURCE_FEEDS_MAX];
    size_t feed_count;
    enum fake_source_mode mode;
    enum error_kind fail_kind;
    int64_t fail_wait_ms;
    const char *author;     /* of every paper; NULL: they name nobody */
    bool validates;         /* knows its validators: answers 304 */
    bool dated;             /* says that it was made now, whatever it shows */
    struct source_ops ops;  /* a test may add a page */
    struct source *archive; /* what fake_source_page asks; NULL: none */

    size_t asked, unchanged;
    int64_t last_asked_ms;
    int64_t least_gap_ms; /* between two requests; INT64_MAX until two came */
    bool overlapped;      /* two requests were under way at once */

    /* What is under way. */
    struct request request;
    bool pending;
    const char *category, *validator;
    struct source_sink sink;
    source_done_fn *done;
    void *cookie;
};

void fake_source_init(struct fake_source *fake, const struct clock *clock);
void fake_source_finish(struct fake_source *fake);

/* From now on the category's feed shows these, copied; with add it shows them
 * besides what it showed before. */
void fake_source_publish(struct fake_source *fake, const char *category,
        const struct fake_item *items, size_t count, bool add);

/* Answers what was asked; true if anything was. */
bool fake_source_answer(struct fake_source *fake);
/* The call "page" of its archive, which is another fake. */
void fake_source_add_archive(struct fake_source *fake, struct source *archive);

/* The bot dies: nobody waits for an answer any more. */
void fake_source_drop(struct fake_source *fake);

#endif
