#include "adapters/sources/memory_stream.h"

#include <string.h>

long memory_stream_read(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct memory_stream *memory = ctx;
    size_t taken = memory->length < size ? memory->length : size;
    (void)err;

    memcpy(buffer, memory->bytes, taken);
    memory->bytes += taken;
    memory->length -= taken;
    return (long)taken;
}
