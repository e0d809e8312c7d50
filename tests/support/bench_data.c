#include "tests/support/bench_data.h"

#include <stdio.h>
#include <stdlib.h>

const char *bench_data_path(struct arena *arena, const char *name)
{
    const char *folder = getenv("BENCH_DATA");

    return arena_format(arena, "%s/%s", folder ? folder : "build/bench/data",
            name);
}

static char *read_whole(struct arena *arena, FILE *file, size_t *length)
{
    if (fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    if (size < 0)
        return NULL;
    char *bytes = arena_alloc(arena, (size_t)size + 1);
    *length = fread(bytes, 1, (size_t)size, file);
    bytes[*length] = '\0';
    return *length == (size_t)size ? bytes : NULL;
}

char *bench_data_text(struct arena *arena, const char *name, size_t *length)
{
    const char *path = bench_data_path(arena, name);
    FILE *file = fopen(path, "rb");
    char *bytes = file ? read_whole(arena, file, length) : NULL;

    if (file)
        fclose(file);
    if (!bytes) {
        fprintf(stderr, "%s cannot be read: make bench writes it\n", path);
        exit(1);
    }
    return bytes;
}
