#include "tests/support/records.h"

#include "adapters/json.h"
#include "adapters/sources/papers_in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- a sink that keeps --- */

static void keep_record(void *ctx, const struct source_record *record)
{
    struct records *records = ctx;
    records->items = arena_grow(&records->arena, records->items, records->count,
            &records->capacity, sizeof *records->items);
    records->items[records->count++] =
            source_record_copy(&records->arena, record);
}

static void keep_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct records *records = ctx;
    struct arena *arena = &records->arena;
    records->complaints =
            arena_grow(arena, records->complaints, records->complaint_count,
                    &records->complaint_capacity, sizeof *records->complaints);
    records->complaints[records->complaint_count++] = (struct source_complaint){
            .where = arena_string(arena, complaint->where),
            .field = arena_string(arena, complaint->field),
            .wrong = arena_string(arena, complaint->wrong),
            .right = arena_string(arena, complaint->right),
    };
}

struct source_sink records_sink(struct records *records)
{
    return (struct source_sink){
            .record = keep_record,
            .complaint = keep_complaint,
            .ctx = records,
    };
}

void records_finish(struct records *records)
{
    arena_finish(&records->arena);
    *records = (struct records){0};
}

/* --- streams --- */

struct memory {
    const char *bytes;
    size_t length, piece;
};

static long read_memory(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct memory *memory = ctx;
    size_t taken = memory->length < size ? memory->length : size;
    (void)err;

    if (memory->piece != 0 && taken > memory->piece)
        taken = memory->piece;
    memcpy(buffer, memory->bytes, taken);
    memory->bytes += taken;
    memory->length -= taken;
    return (long)taken;
}

static long read_file(void *ctx, char *buffer, size_t size, struct error *err)
{
    size_t got = fread(buffer, 1, size, ctx);
    if (got == 0 && ferror((FILE *)ctx)) {
        error_set(err, ERROR_INPUT, "cannot be read");
        return -1;
    }
    return (long)got;
}

static bool read_stream(struct records *records,
        const struct byte_stream *stream)
{
    struct source_sink sink = records_sink(records);
    records->whole =
            papers_in_read(stream, &sink, &records->summary, &records->err);
    return records->whole;
}

bool records_read(struct records *records, const char *bytes, size_t length,
        size_t piece)
{
    struct memory memory = {bytes, length, piece};
    return read_stream(records,
            &(struct byte_stream){.read = read_memory, .ctx = &memory});
}

bool records_read_text(struct records *records, const char *text)
{
    return records_read(records, text, strlen(text), 0);
}

bool records_read_file(struct records *records, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be opened", path);
    bool whole = read_stream(records,
            &(struct byte_stream){.read = read_file, .ctx = file});
    fclose(file);
    return whole;
}

char *records_slurp(struct arena *arena, const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail_msg("%s cannot be opened", path);
    long size = ftell(file);
    rewind(file);
    char *bytes = arena_alloc(arena, (size_t)size + 1);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size)
        fail_msg("%s cannot be read", path);
    fclose(file);
    if (length != NULL)
        *length = (size_t)size;
    return bytes;
}

bool records_read_recording(struct records *records, const char *path)
{
    size_t length = 0;
    struct json json = {0};
    const char *body = "";
    char *bytes = records_slurp(&records->arena, path, &length);

    if (!json_parse(&json, bytes, length, 32 << 20, &records->err) ||
            !json_text(&json, json.root, "body", &body, &records->err))
        fail_msg("%s: %s", path, records->err.text);
    bool whole = records_read_text(records, body);
    json_close(&json);
    return whole;
}

/* --- looking --- */

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t records_unique_ids(const struct records *records)
{
    struct arena arena = {0};
    const char **ids = arena_array(&arena, const char *, records->count + 1);
    size_t unique = 0;

    for (size_t i = 0; i < records->count; i++)
        ids[i] = records->items[i].paper.id;
    qsort(ids, records->count, sizeof *ids, compare_strings);
    for (size_t i = 0; i < records->count; i++)
        unique += i == 0 || strcmp(ids[i], ids[i - 1]) != 0;
    arena_finish(&arena);
    return unique;
}

const struct source_record *records_find(const struct records *records,
        const char *id)
{
    for (size_t i = 0; i < records->count; i++)
        if (strcmp(records->items[i].paper.id, id) == 0)
            return &records->items[i];
    return NULL;
}
