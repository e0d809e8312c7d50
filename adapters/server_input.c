#include "adapters/server_input.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BYTES = 2048
};

void server_input_clear(struct server_input *input)
{
    free(input->bytes);
    *input->total -= input->size;
    *input = (struct server_input){.total = input->total};
}

static void grow(struct server_input *input, size_t size)
{
    char *bytes = realloc(input->bytes, size);

    if (bytes == NULL)
        abort(); /* as an arena without memory */
    *input->total += size - input->size;
    input->bytes = bytes;
    input->size = size;
}

void server_input_add(struct server_input *input, const void *bytes,
        size_t count)
{
    size_t size = input->size == 0 ? FIRST_BYTES : input->size;

    while (size < input->count + count)
        size *= 2;
    if (size > input->size)
        grow(input, size);
    memcpy(input->bytes + input->count, bytes, count);
    input->count += count;
}

void server_input_drop(struct server_input *input, size_t count)
{
    size_t rest = input->count - count;

    if (rest == 0) {
        server_input_clear(input);
        return;
    }
    memmove(input->bytes, input->bytes + count, rest);
    input->count = rest;
}
