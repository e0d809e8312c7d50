#include "bot/base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* The first block is small, as many arenas hold little; with what stands
     * before it it is what malloc hands out fastest. */
    FIRST_BYTES = 992,
    BLOCK_BYTES = 16 * 1024, /* the others grow up to this */
};

struct arena_block {
    struct arena_block *older;
    size_t used, size;
    max_align_t data[];
};

static void die_of_no_memory(size_t size)
{
    fprintf(stderr, "paperboy: out of memory (%zu bytes wanted)\n", size);
    exit(EXIT_FAILURE);
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_finish(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->older;
        free(block);
    }
}

static size_t next_block_bytes(const struct arena *arena)
{
    const struct arena_block *newest = arena->blocks;

    if (newest == NULL)
        return FIRST_BYTES;
    return newest->size >= BLOCK_BYTES / 4 ? BLOCK_BYTES : newest->size * 4;
}

/* A large piece gets a block of its own behind the newest one, so that the
 * room left in the newest one is not lost. */
static struct arena_block *block_add(struct arena *arena, size_t size)
{
    size_t usual = next_block_bytes(arena);
    size_t room = size > usual / 4 ? size : usual;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        die_of_no_memory(size);
    struct arena_block *block = malloc(sizeof *block + room);
    if (block == NULL)
        die_of_no_memory(size);
    *block = (struct arena_block){.size = room};
    if (room == size && arena->blocks != NULL) {
        block->older = arena->blocks->older;
        arena->blocks->older = block;
    } else {
        block->older = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    if (size > SIZE_MAX - unit)
        die_of_no_memory(size);
    size_t need = (size + unit - 1) / unit * unit;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < need)
        block = block_add(arena, need);
    void *piece = (char *)block->data + block->used;
    block->used += need;
    memset(piece, 0, size);
    return piece;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        die_of_no_memory(SIZE_MAX);
    return arena_alloc(arena, count * size);
}

char *arena_string(struct arena *arena, const char *string)
{
    return string == NULL ? arena_string_n(arena, "", 0)
                          : arena_string_n(arena, string, strlen(string));
}

char *arena_string_n(struct arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        die_of_no_memory(length);
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, bytes, length);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        die_of_no_memory(0);
    size_t size = (size_t)length + 1;
    char *string = arena_alloc(arena, size);
    vsnprintf(string, size, format, again);
    va_end(again);
    return string;
}

void *arena_grow(struct arena *arena, void *items, size_t count,
        size_t *capacity, size_t size)
{
    if (items != NULL && count < *capacity)
        return items;
    size_t larger = *capacity < 8 ? 8 : *capacity * 2;
    void *copy = arena_alloc_array(arena, larger, size);
    if (items != NULL)
        memcpy(copy, items, count * size);
    *capacity = larger;
    return copy;
}
