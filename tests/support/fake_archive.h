/*
 * fake_archive.h - an archive of made-up papers, page by page, in made-up time.
 *
 * Each day of each category has so many papers; pages are of so many.  A test
 * says at which question, counted from 1, what goes wrong.  Nothing is answered
 * before fake_archive_answer.
 */
#ifndef TESTS_SUPPORT_FAKE_ARCHIVE_H
#define TESTS_SUPPORT_FAKE_ARCHIVE_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FAKE_ARCHIVE_GAP_MS = 3000,
    FAKE_ARCHIVE_FAULTS_MAX = 32,
    FAKE_ARCHIVE_SUBJECT_SIZE = 160,
};

enum fake_archive_fault {
    FAKE_ARCHIVE_BUSY,    /* ERROR_RETRY, with wait_ms */
    FAKE_ARCHIVE_EXPIRED, /* knows the continuation no more */
    FAKE_ARCHIVE_REFUSES, /* ERROR_REJECTED */
    FAKE_ARCHIVE_CUT,     /* half of the page, then a failure */
};

struct fake_archive {
    struct source source; /* first: the port's view of it */
    const struct clock *clock;
    struct arena arena;
    size_t papers_a_day, papers_a_page;
    struct {
        size_t question; /* from 1; 0: every one */
        enum fake_archive_fault fault;
        int64_t wait_ms;
    } faults[FAKE_ARCHIVE_FAULTS_MAX];
    size_t fault_count;
    const struct paper *like; /* each paper by its id says this; or NULL */
    int64_t votes;            /* each paper has so many; 0: no signal */

    size_t asked;
    int64_t last_asked_ms;
    int64_t least_gap_ms; /* between two questions; INT64_MAX until two came */
    bool overlapped;
    /* "cs.LG 2026-11-20 4" */
    char last[FAKE_ARCHIVE_SUBJECT_SIZE];
    size_t handed_on; /* papers, twice where they were asked for twice */

    /* What is under way. */
    struct request request;
    bool pending;
    struct source_range range;
    struct source_sink sink;
    source_page_fn *done;
    void *cookie;
};

void fake_archive_init(struct fake_archive *fake, const struct clock *clock);
void fake_archive_finish(struct fake_archive *fake);

void fake_archive_fail(struct fake_archive *fake, size_t question,
        enum fake_archive_fault fault, int64_t wait_ms);

/* Answers what was asked; true if anything was. */
bool fake_archive_answer(struct fake_archive *fake);
/* The asker died: nobody waits any more. */
void fake_archive_drop(struct fake_archive *fake);

/* The id of a paper: the number in its category and day, from 0. */
char *fake_archive_id(struct arena *arena, const char *category,
        struct civil_date date, size_t number);

#endif
