/*
 * server_input.h - the bytes that came and are not done with.  For
 * adapters/server*.c.
 *
 * Memory is taken for what has come, not for what was announced.
 */
#ifndef ADAPTERS_SERVER_INPUT_H
#define ADAPTERS_SERVER_INPUT_H

#include <stddef.h>

struct server_input {
    char *bytes;
    size_t count;
    size_t size;
    size_t *total; /* of the sizes of all */
};

void server_input_add(struct server_input *input, const void *bytes,
        size_t count);
/* So many from the front; what stands behind them moves there. */
void server_input_drop(struct server_input *input, size_t count);
void server_input_clear(struct server_input *input);

#endif
