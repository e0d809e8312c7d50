/*
 * memory_stream.h - bytes that are there whole, as a reader of streams wants
 * them: the body of an HTTP answer.
 */
#ifndef ADAPTERS_SOURCES_MEMORY_STREAM_H
#define ADAPTERS_SOURCES_MEMORY_STREAM_H

#include "bot/base/error.h"

#include <stddef.h>

struct memory_stream {
    const char *bytes; /* what is left; borrowed */
    size_t length;
};

/* The read function of struct byte_stream, its ctx a memory_stream, which it
 * advances.  Never fails. */
long memory_stream_read(void *ctx, char *buffer, size_t size,
        struct error *err);

#endif
