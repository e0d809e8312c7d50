/*
 * input.h - the bytes of a file of papers, unpacked, from the beginning once.
 *
 * Gzip is told by its magic number and unpacked as it streams; a UTF-8 byte
 * order mark is left out.  The beginning can be looked at before anything is
 * read.  What comes before a failure in the middle (a broken packing, a read
 * error) can still be read; the failure is told after it.
 */
#ifndef ADAPTERS_SOURCES_INPUT_H
#define ADAPTERS_SOURCES_INPUT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    INPUT_LOOK_BYTES = 64 * 1024, /* what can be looked at ahead */
    INPUT_LINE_MAX = 1024 * 1024, /* of a longer line only this much is kept */
};

/*
 * How far a packed file may grow as it is unpacked.  What stands in it costs no
 * memory but time, and arXiv's whole snapshot has 4 GB and more, so there is no
 * limit to the size as such: beyond the first part a file may unpack to so many
 * times what it takes packed.  Deflate reaches 1032 (zlib.net/zlib_tech.html),
 * papers 3 to 20.
 */
#define INPUT_UNPACKED_FREE (INT64_C(512) * 1024 * 1024)
#define INPUT_UNPACKED_RATIO INT64_C(64)

struct input; /* opaque; heap */

/* The beginning of the file. */
struct input_look {
    const char *bytes; /* NUL-terminated besides; valid until the next read */
    size_t length;     /* at most INPUT_LOOK_BYTES */
    bool whole;        /* this is all there is */
};

struct input_line {
    const char *text; /* NUL-terminated, no line end; until the next read */
    size_t length;
    size_t number; /* from 1 */
    bool cut;      /* it was longer than INPUT_LINE_MAX */
};

/* Never NULL.  The stream is borrowed until input_close. */
struct input *input_open(const struct byte_stream *stream);
void input_close(struct input *input); /* NULL is fine */

/* The beginning; to be asked before the first read. */
struct input_look input_look(struct input *input);

/* Up to size bytes; 0 at the end; -1 and err after a failure. */
long input_read(struct input *input, char *buffer, size_t size,
        struct error *err);

/* What comes next, where it lies until the next call: its length, 0 at the end,
 * -1 and err after a failure. */
long input_take(struct input *input, const char **bytes, struct error *err);

/* All that is left, in the arena and NUL-terminated; NULL and err after a
 * failure or if there is more than length_max. */
char *input_read_all(struct input *input, size_t length_max,
        struct arena *arena, size_t *length, struct error *err);

/* The next line: 1, or 0 at the end, or -1 and err after a failure.  Lines end
 * with LF or CR LF; the last may lack it. */
int input_next_line(struct input *input, struct input_line *line,
        struct error *err);

/* Where the next read begins, between two lines. */
struct source_place input_place(const struct input *input);

/* Goes on to a place further on, quickly where the stream can; behind the end
 * there is nothing to read. */
void input_skip(struct input *input, const struct source_place *place);

/* False and err if unpacking or the stream has failed so far. */
bool input_sound(const struct input *input, struct error *err);

#endif
