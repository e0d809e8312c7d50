#include "adapters/channels/console_input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Until another look at a terminal that is somebody else's, or at a line that
 * could not be taken. */
static const int64_t again_ms = 3000;

static void read_more(void *ctx);

/* --- lines --- */

static void forget_line(struct console_input *input, size_t bytes)
{
    input->length -= bytes;
    memmove(input->bytes, input->bytes + bytes, input->length);
}

/* Hands on what is whole; false if a line was not taken. */
static bool hand_on(struct console_input *input)
{
    while (input->length > 0) {
        char *end = memchr(input->bytes, '\n', input->length);
        size_t length =
                end == NULL ? input->length : (size_t)(end - input->bytes);
        bool whole =
                end != NULL || input->ended || length == CONSOLE_INPUT_LINE_MAX;
        char kept = input->bytes[length];
        if (!whole)
            return true;
        input->bytes[length] = '\0';
        bool taken = input->skipping || input->line(input->ctx, input->bytes);
        input->bytes[length] = kept;
        if (!taken)
            return false;
        input->skipping = end == NULL && !input->ended;
        forget_line(input, length + (end != NULL));
    }
    return true;
}

/* --- reading --- */

static void wait_for_more(struct console_input *input)
{
    if (input->watch == NULL)
        input->watch =
                loop_watch_start(input->loop, input->fd, read_more, input);
    if (input->watch == NULL) /* a file: it never has to be waited for */
        input->timer = loop_timer_start(input->loop, 0, read_more, input);
}

static void look_again(void *ctx)
{
    struct console_input *input = ctx;

    input->timer = NULL;
    if (!hand_on(input))
        input->timer =
                loop_timer_start(input->loop, again_ms, look_again, input);
    else if (!input->ended)
        wait_for_more(input);
}

static void wait_a_while(struct console_input *input)
{
    loop_watch_stop(input->watch);
    input->watch = NULL;
    input->timer = loop_timer_start(input->loop, again_ms, look_again, input);
}

static bool is_in_background(const struct console_input *input)
{
    return isatty(input->fd) == 1 && tcgetpgrp(input->fd) != getpgrp();
}

/* A NUL cannot be in a text. */
static void add_bytes(struct console_input *input, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (input->bytes[input->length + i] == '\0')
            input->bytes[input->length + i] = ' ';
    input->length += count;
}

static void read_more(void *ctx)
{
    struct console_input *input = ctx;

    input->timer = NULL;
    if (is_in_background(input)) {
        wait_a_while(input);
        return;
    }
    ssize_t count = read(input->fd, input->bytes + input->length,
            CONSOLE_INPUT_LINE_MAX - input->length);
    if (count > 0)
        add_bytes(input, (size_t)count);
    input->ended =
            count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
    if (!hand_on(input)) {
        wait_a_while(input);
        return;
    }
    if (!input->ended) {
        wait_for_more(input);
        return;
    }
    loop_watch_stop(input->watch);
    input->watch = NULL;
}

void console_input_start(struct console_input *input, struct loop *loop, int fd,
        bool (*line)(void *ctx, const char *line), void *ctx)
{
    *input = (struct console_input){.loop = loop,
            .fd = fd,
            .line = line,
            .ctx = ctx};
    wait_for_more(input);
}

void console_input_stop(struct console_input *input)
{
    loop_watch_stop(input->watch);
    loop_timer_stop(input->timer);
    input->watch = NULL;
    input->timer = NULL;
}
