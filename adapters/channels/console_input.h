/*
 * console_input.h - lines that somebody types, on the loop.
 *
 * A terminal or a pipe is read when there is something, a file until its end.  In
 * the background a terminal is left alone: whoever reads there is stopped by it.
 */
#ifndef ADAPTERS_CHANNELS_CONSOLE_INPUT_H
#define ADAPTERS_CHANNELS_CONSOLE_INPUT_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CONSOLE_INPUT_LINE_MAX = 8192, /* the rest of a longer line is left out */
};

struct console_input {
    struct loop *loop;
    int fd; /* borrowed */
    /* Takes a line without its end; false: it is handed on again later. */
    bool (*line)(void *ctx, const char *line);
    void *ctx;
    struct loop_watch *watch;
    struct loop_timer *timer;
    char bytes[CONSOLE_INPUT_LINE_MAX + 1];
    size_t length;
    bool skipping; /* the rest of a line that was too long */
    bool ended;    /* there is no more to be read */
};

/* Begins to read; the struct stays in its place until console_input_stop. */
void console_input_start(struct console_input *input, struct loop *loop, int fd,
        bool (*line)(void *ctx, const char *line), void *ctx);
void console_input_stop(struct console_input *input); /* {0} is fine */

#endif
