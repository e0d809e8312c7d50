#include "adapters/sources/input.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    PACKED_BYTES = 32 * 1024,
    GZIP_WINDOW_BITS = 15 + 16, /* zlib.h, inflateInit2: 16 asks for gzip */
};

struct input {
    const struct byte_stream *stream;
    bool stream_ended;    /* the stream gave its last byte, or failed */
    bool ended;           /* no more will be unpacked */
    bool failed;          /* then failure says how */
    struct error failure; /* told once all before it has been read */

    bool gzip, member_ended;
    z_stream unpacker;
    char packed[PACKED_BYTES];
    size_t packed_begin, packed_end;

    char plain[INPUT_LOOK_BYTES + 1];
    size_t begin, end;    /* of what has been unpacked and not yet read */
    int64_t total_bytes;  /* that came to lie in plain */
    int64_t packed_bytes; /* that were read of a packed stream */

    char *line;
    size_t line_size, line_number;
};

static void *allocate(void *old, size_t size)
{
    void *block = realloc(old, size);
    if (block == NULL) {
        fprintf(stderr, "paperboy: out of memory (%zu bytes wanted)\n", size);
        exit(EXIT_FAILURE);
    }
    return block;
}

/* --- from the stream to plain bytes --- */

static void stop_with(struct input *input, enum error_kind kind,
        const char *reason)
{
    input->ended = input->failed = true;
    error_set(&input->failure, kind, "%s", reason);
}

/* One read of the stream; the number of bytes, 0 at the end or on failure. */
static size_t stream_read(struct input *input, char *buffer, size_t size)
{
    if (input->stream_ended)
        return 0;
    long got = input->stream->read(input->stream->ctx, buffer, size,
            &input->failure);
    if (got < 0)
        input->failed = true;
    if (got <= 0)
        input->stream_ended = true;
    return got <= 0 ? 0 : (size_t)got;
}

static bool has_magic(const char *bytes, size_t length)
{
    return length >= 2 && (unsigned char)bytes[0] == 0x1f &&
            (unsigned char)bytes[1] == 0x8b; /* RFC 1952, 2.3.1 */
}

/* Gives the unpacker something to work on; false at the end of the stream. */
static bool refill_packed(struct input *input)
{
    if (input->packed_begin < input->packed_end)
        return true;
    input->packed_begin = input->packed_end = 0;
    input->packed_end = stream_read(input, input->packed, PACKED_BYTES);
    input->packed_bytes += (int64_t)input->packed_end;
    return input->packed_end > 0;
}

/* After a member's end another may begin; anything else there is padding, as
 * gzip itself takes it. */
static bool begin_next_member(struct input *input)
{
    if (!refill_packed(input))
        return false;
    /* A magic number split between two reads: bring both bytes together. */
    if (input->packed_end - input->packed_begin == 1) {
        input->packed[0] = input->packed[input->packed_begin];
        input->packed_begin = 0;
        size_t more = stream_read(input, input->packed + 1, PACKED_BYTES - 1);
        input->packed_bytes += (int64_t)more;
        input->packed_end = 1 + more;
    }
    if (!has_magic(input->packed + input->packed_begin,
                input->packed_end - input->packed_begin))
        return false;
    inflateReset(&input->unpacker);
    input->member_ended = false;
    return true;
}

/* One step of inflate; false if nothing more will come. */
static bool unpack_some(struct input *input)
{
    z_stream *unpacker = &input->unpacker;
    bool more = refill_packed(input);

    unpacker->next_in = (unsigned char *)input->packed + input->packed_begin;
    unpacker->avail_in = (unsigned)(input->packed_end - input->packed_begin);
    int result = inflate(unpacker, Z_NO_FLUSH);
    input->packed_begin = input->packed_end - unpacker->avail_in;
    input->member_ended = result == Z_STREAM_END;
    if (result == Z_OK || result == Z_STREAM_END)
        return true;
    if (result == Z_BUF_ERROR && !more && !input->failed)
        stop_with(input, ERROR_INPUT,
                "the gzip file breaks off before its end");
    else if (!input->failed)
        stop_with(input, ERROR_INPUT, "the gzip file is damaged");
    return false;
}

static size_t unpack(struct input *input, char *buffer, size_t size)
{
    z_stream *unpacker = &input->unpacker;
    unpacker->next_out = (unsigned char *)buffer;
    unpacker->avail_out = (unsigned)size;

    while (unpacker->avail_out == size) {
        if (input->member_ended && !begin_next_member(input))
            break;
        if (!unpack_some(input))
            break;
    }
    return size - unpacker->avail_out;
}

/* A packed file that unpacks to more is made to fill our disk or our day. */
static int64_t unpacked_max(const struct input *input)
{
    int64_t in_proportion = input->packed_bytes * INPUT_UNPACKED_RATIO;
    return in_proportion > INPUT_UNPACKED_FREE ? in_proportion
                                               : INPUT_UNPACKED_FREE;
}

/* Moves what is left to the front and adds to it; false if nothing came. */
static bool fill(struct input *input)
{
    memmove(input->plain, input->plain + input->begin,
            input->end - input->begin);
    input->end -= input->begin;
    input->begin = 0;
    size_t room = INPUT_LOOK_BYTES - input->end;
    if (input->ended || room == 0)
        return false;

    char *to = input->plain + input->end;
    size_t got = input->gzip ? unpack(input, to, room)
                             : stream_read(input, to, room);
    if (got == 0)
        input->ended = true;
    input->total_bytes += (int64_t)got;
    input->end += got;
    if (input->gzip && input->total_bytes > unpacked_max(input))
        stop_with(input, ERROR_INPUT,
                "the gzip file unpacks to more than 512 MiB and 64 times its "
                "size, as no file of papers does");
    return got > 0;
}

/* --- opening --- */

static void begin_gzip(struct input *input)
{
    size_t length = input->end - input->begin;
    assert(length <= PACKED_BYTES);
    memcpy(input->packed, input->plain, length);
    input->packed_end = length;
    input->packed_bytes = (int64_t)length;
    if (inflateInit2(&input->unpacker, GZIP_WINDOW_BITS) != Z_OK) {
        stop_with(input, ERROR_STOP, "out of memory for unpacking gzip");
        return;
    }
    input->gzip = true;
    input->begin = input->end = 0;
    input->total_bytes = 0;
}

/* Fills until so many bytes lie ahead or no more come. */
static size_t fill_up_to(struct input *input, size_t wanted)
{
    while (input->end - input->begin < wanted && fill(input))
        continue;
    return input->end - input->begin;
}

struct input *input_open(const struct byte_stream *stream)
{
    struct input *input = allocate(NULL, sizeof *input);
    memset(input, 0, sizeof *input);
    input->stream = stream;

    /* Two bytes at the least, however small the pieces are that come. */
    while (input->end < 2 && !input->stream_ended)
        input->end +=
                stream_read(input, input->plain + input->end, PACKED_BYTES / 2);
    input->total_bytes = (int64_t)input->end;
    if (has_magic(input->plain, input->end))
        begin_gzip(input);
    if (fill_up_to(input, 3) >= 3 &&
            memcmp(input->plain + input->begin, "\xef\xbb\xbf", 3) == 0)
        input->begin += 3;
    return input;
}

void input_close(struct input *input)
{
    if (input == NULL)
        return;
    if (input->gzip)
        inflateEnd(&input->unpacker);
    free(input->line);
    free(input);
}

/* --- reading --- */

struct input_look input_look(struct input *input)
{
    size_t length = fill_up_to(input, INPUT_LOOK_BYTES);
    input->plain[input->end] = '\0';
    return (struct input_look){
            .bytes = input->plain + input->begin,
            .length = length,
            .whole = input->ended && !input->failed,
    };
}

bool input_sound(const struct input *input, struct error *err)
{
    if (!input->failed)
        return true;
    if (err != NULL)
        *err = input->failure;
    return false;
}

long input_take(struct input *input, const char **bytes, struct error *err)
{
    size_t length = fill_up_to(input, 1);

    *bytes = input->plain + input->begin;
    if (length == 0)
        return input_sound(input, err) ? 0 : -1;
    input->begin += length;
    return (long)length;
}

long input_read(struct input *input, char *buffer, size_t size,
        struct error *err)
{
    size_t length = fill_up_to(input, 1);
    if (length == 0)
        return input_sound(input, err) ? 0 : -1;
    if (length > size)
        length = size;
    memcpy(buffer, input->plain + input->begin, length);
    input->begin += length;
    return (long)length;
}

char *input_read_all(struct input *input, size_t length_max,
        struct arena *arena, size_t *length, struct error *err)
{
    size_t capacity = INPUT_LOOK_BYTES;
    char *bytes = arena_alloc(arena, capacity + 1);
    long got = 0;

    *length = 0;
    while ((got = input_read(input, bytes + *length, capacity - *length, err)) >
            0) {
        *length += (size_t)got;
        if (*length > length_max) {
            error_set(err, ERROR_INPUT,
                    "is longer than the %zu MiB that such a file may have",
                    length_max >> 20);
            return NULL;
        }
        if (*length < capacity)
            continue;
        char *larger = arena_alloc(arena, 2 * capacity + 1);
        memcpy(larger, bytes, *length);
        bytes = larger;
        capacity *= 2;
    }
    bytes[*length] = '\0';
    return got < 0 ? NULL : bytes;
}

/* --- places --- */

static int64_t offset_of(const struct input *input)
{
    return input->total_bytes - (int64_t)(input->end - input->begin);
}

struct source_place input_place(const struct input *input)
{
    return (struct source_place){
            .offset = offset_of(input),
            .lines = input->line_number,
    };
}

/* What the file says plainly is where it lies; what is packed is not. */
static bool jump(struct input *input, int64_t offset)
{
    const struct byte_stream *stream = input->stream;

    if (input->gzip || stream->seek == NULL || offset <= input->total_bytes ||
            !stream->seek(stream->ctx, offset))
        return false;
    input->begin = input->end = 0;
    input->total_bytes = offset;
    input->stream_ended = input->ended = false;
    return true;
}

void input_skip(struct input *input, const struct source_place *place)
{
    input->line_number = place->lines;
    if (offset_of(input) >= place->offset || jump(input, place->offset))
        return;
    while (offset_of(input) < place->offset && fill_up_to(input, 1) > 0) {
        int64_t left = place->offset - offset_of(input);
        size_t here = input->end - input->begin;
        input->begin += left < (int64_t)here ? (size_t)left : here;
    }
}

static void line_add(struct input *input, struct input_line *line,
        const char *bytes, size_t length)
{
    if (length > INPUT_LINE_MAX - line->length) {
        line->cut = true;
        length = INPUT_LINE_MAX - line->length;
    }
    if (line->length + length + 1 > input->line_size) {
        input->line_size = 2 * (line->length + length + 1);
        input->line = allocate(input->line, input->line_size);
    }
    memcpy(input->line + line->length, bytes, length);
    line->length += length;
    input->line[line->length] = '\0';
    line->text = input->line;
}

int input_next_line(struct input *input, struct input_line *line,
        struct error *err)
{
    *line = (struct input_line){.text = "", .number = ++input->line_number};
    if (fill_up_to(input, 1) == 0)
        return input_sound(input, err) ? 0 : -1;

    const char *line_end = NULL;
    while (line_end == NULL && fill_up_to(input, 1) > 0) {
        const char *from = input->plain + input->begin;
        size_t length = input->end - input->begin;
        line_end = memchr(from, '\n', length);
        if (line_end != NULL)
            length = (size_t)(line_end - from);
        line_add(input, line, from, length);
        input->begin += length + (line_end != NULL);
    }
    if (line_end == NULL && !input_sound(input, err))
        return -1; /* half a line is none */
    if (line->length > 0 && line->text[line->length - 1] == '\r')
        input->line[--line->length] = '\0';
    return 1;
}
