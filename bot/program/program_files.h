/*
 * program_files.h - papers from the files of --from.
 */
#ifndef BOT_PROGRAM_FILES_H
#define BOT_PROGRAM_FILES_H

#include "bot/program/program.h"
#include "bot/program/program_progress.h"

/* Complaints about records, the first ones in words, the rest in a number. */
struct program_files_complaints {
    struct outside *outside;
    const char *file; /* being read */
    size_t count;
};

void program_files_complain(struct program_files_complaints *complaints,
        const struct source_complaint *complaint);
/* Says how many were not shown. */
void program_files_complain_end(struct program_files_complaints *complaints);

/* As messages call it: the path, or "standard input" for "-". */
const char *program_files_name(const char *path);

/* Reads one file, or standard input for "-", from that place on; see
 * source_read_fn.  progress, if not NULL, has begun and is told of what is read.
 * err does not name the file. */
bool program_files_read(struct outside *outside, const char *path,
        struct source_place from, struct program_progress *progress,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err);

struct program_files_papers {
    struct source_record *items; /* in the order of the files */
    size_t count, capacity;
};

/* Reads all of them; complaints go to outside->err.  Another site's copy of a
 * paper that a file has itself gives it its signals and is left out.  False if a file was
 * refused or is broken (the others were read). */
bool program_files_read_all(struct outside *outside,
        const struct string_list *paths, struct arena *arena,
        struct program_files_papers *papers);

#endif
