/*
 * paper_file.h - papers and notes of a JSONL file (plain or gzip) for tests of
 * what comes after reading; the reader itself is tested elsewhere.
 */
#ifndef TESTS_SUPPORT_PAPER_FILE_H
#define TESTS_SUPPORT_PAPER_FILE_H

#include "bot/base/arena.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>

struct paper_file {
    struct paper_list papers;
    struct note_list notes;
    /* Beside the papers: */
    bool *also;         /* "section" is "also" */
    bool *picked;       /* "picked" is 1 */
    const char **dates; /* "date"; "" if none */
    int *votes;         /* "upvotes"; 0 if none */
    bool *weekly;       /* it has a "dair_week" */
};

/* Ends the test with a message if the file is missing or no JSONL. */
struct paper_file paper_file_read(struct arena *arena, const char *path);

/* Skips the test, or fails it where CI is set, if PAPERBOY_SHARED is not set.
 * For a test's first line: what a skipped test holds is never freed. */
void paper_file_need_shared(void);

/* A file below $PAPERBOY_SHARED. */
const char *paper_file_shared(struct arena *arena, const char *path);

/* A whole file as one string. */
char *paper_file_text(struct arena *arena, const char *path);

#endif
