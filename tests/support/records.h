/*
 * records.h - reads papers from bytes or a file and keeps all that came.
 */
#ifndef TESTS_SUPPORT_RECORDS_H
#define TESTS_SUPPORT_RECORDS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>

/* Zeroed is empty; records_finish before another read. */
struct records {
    struct arena arena;
    struct source_record *items;
    size_t count, capacity;
    struct source_complaint *complaints;
    size_t complaint_count, complaint_capacity;
    struct source_summary summary;
    bool whole; /* the read returned true */
    struct error err;
};

struct source_sink records_sink(struct records *records);
void records_finish(struct records *records);

/* Reads through papers_in_read in pieces of at most piece bytes (0: as large
 * as asked for).  Returns records->whole. */
bool records_read(struct records *records, const char *bytes, size_t length,
        size_t piece);
bool records_read_text(struct records *records, const char *text);
bool records_read_file(struct records *records, const char *path);
/* A recording of an HTTP answer: JSON around a "body". */
bool records_read_recording(struct records *records, const char *path);

size_t records_unique_ids(const struct records *records);
/* The record of an id, or NULL. */
const struct source_record *records_find(const struct records *records,
        const char *id);

/* The whole file in the arena, NUL-terminated; the test fails if there is
 * none. */
char *records_slurp(struct arena *arena, const char *path, size_t *length);

#endif
