/*
 * line_history.h - the lines that somebody typed, one a line in a file.
 *
 * Several terminals may add to it at once.  The file and a folder that is made
 * for it are the owner's alone.
 */
#ifndef ADAPTERS_LINE_HISTORY_H
#define ADAPTERS_LINE_HISTORY_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

enum {
    LINE_HISTORY_MAX = 500, /* lines that are given back; the file is cut to
                             * them when it has twice as many */
};

/* The newest lines, the oldest first, in the arena; none if the file cannot be
 * read.  A file that has grown too long is shortened. */
struct string_list line_history_read(struct arena *arena, const char *path);

/* Adds a line; does nothing if the file cannot be written. */
void line_history_add(const char *path, const char *line);

#endif
