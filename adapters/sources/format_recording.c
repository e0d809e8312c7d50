#include "adapters/json.h"
#include "adapters/sources/format.h"
#include "adapters/sources/papers_in.h"
#include "adapters/sources/sniff.h"

#include <string.h>

/* An HTTP answer as test suites keep it: {"url", "status_code", "body"}.  What
 * the body holds is read as if it had been the file. */

enum {
    DOCUMENT_MAX = 32 * 1024 * 1024,
};

static bool sniff(const struct input_look *look)
{
    struct input_look line = sniff_first_line(look);

    return line.length > 0 && *line.bytes == '{' &&
            sniff_finds(look, "\"status_code\"") &&
            sniff_finds(look, "\"body\"");
}

struct body {
    const char *bytes;
    size_t length;
};

static long read_body(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct body *body = ctx;
    size_t taken = body->length < size ? body->length : size;
    (void)err;

    memcpy(buffer, body->bytes, taken);
    body->bytes += taken;
    body->length -= taken;
    return (long)taken;
}

static bool read_inside(const char *text, const struct record *record,
        struct error *err)
{
    struct body body = {text, strlen(text)};
    const struct byte_stream stream = {.read = read_body, .ctx = &body};

    return papers_in_read_inside(&stream, record, err) ||
            error_wrap(err, "the recorded answer");
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct arena arena = {0};
    struct json json = {0};
    const char *text = "";
    size_t length = 0;
    char *bytes = input_read_all(input, DOCUMENT_MAX, &arena, &length, err);
    bool whole = bytes != NULL &&
            json_parse(&json, bytes, length, DOCUMENT_MAX, err) &&
            json_text(&json, json.root, "body", &text, err) &&
            read_inside(text, record, err);

    json_close(&json);
    arena_finish(&arena);
    return whole;
}

const struct format format_recording = {
        .name = "a recording",
        .sniff = sniff,
        .read = read,
};
