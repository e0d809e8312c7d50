/*
 * program_progress.h - how far a long work is, on a terminal.
 *
 * One line on outside->err that is written over itself, and wiped before
 * anything else is said there.  Nothing is shown where err is no terminal, nor
 * of what is done within a moment.
 */
#ifndef BOT_PROGRAM_PROGRESS_H
#define BOT_PROGRAM_PROGRESS_H

#include "bot/program/program.h"

enum {
    PROGRAM_PROGRESS_SIZE = 160, /* bytes; at most 79 columns */
};

struct program_progress {
    FILE *out; /* NULL: no terminal */
    const struct clock *clock;
    const char *name;    /* of the file, as a person calls it */
    int64_t bytes, size; /* read of it; size 0: unknown */
    const char *unit;    /* what is counted instead of bytes, or NULL */
    int64_t from_bytes;  /* where reading began */
    size_t papers;       /* done since */
    int64_t began_ms, shown_ms;
    int shown_columns; /* 0: no line stands there */
};

/* size 0: unknown.  name is borrowed. */
void program_progress_begin(struct program_progress *progress,
        struct outside *outside, const char *name, int64_t size);
/* So much is read; a jump is no reading. */
void program_progress_read(struct program_progress *progress, int64_t bytes);
void program_progress_jump(struct program_progress *progress, int64_t to);
/* So many papers more are done. */
void program_progress_count(struct program_progress *progress, size_t papers);
/* Wipes the line: something else is to be said. */
void program_progress_wipe(struct program_progress *progress);

/* The line at that time: "snapshot.jsonl  45 % [###.....] 1.8 of 4.0 GB, 3214
 * papers/s, 12 min left". */
void program_progress_line(const struct program_progress *progress,
        int64_t now_ms, char out[PROGRAM_PROGRESS_SIZE]);

#endif
