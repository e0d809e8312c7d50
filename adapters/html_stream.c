#include "adapters/html_stream.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum {
    PIECE_BYTES = 8 * 1024, /* so soon "enough" is heard */
    ATTRIBUTES_MAX = 32,    /* of an element; more are left out */
};

struct html_stream {
    const struct html_handler *handler;
    htmlParserCtxtPtr parser;
    unsigned depth;
    bool stopped, too_deep;
};

/* The parser may have some events on its way still. */
static void stop(struct html_stream *stream)
{
    stream->stopped = true;
    xmlStopParser(stream->parser);
}

static void on_begin(void *ctx, const xmlChar *name, const xmlChar **given)
{
    struct html_stream *stream = ctx;
    const char *attributes[2 * ATTRIBUTES_MAX + 1];
    size_t count = 0;

    if (stream->stopped)
        return;
    if (++stream->depth > HTML_STREAM_DEPTH_MAX) {
        stream->too_deep = true;
        stop(stream);
        return;
    }
    for (; given != NULL && *given != NULL && count < ATTRIBUTES_MAX;
            given += 2, count++) {
        attributes[2 * count] = (const char *)given[0];
        attributes[2 * count + 1] =
                given[1] == NULL ? "" : (const char *)given[1];
    }
    attributes[2 * count] = NULL;
    if (!stream->handler->begin(stream->handler->ctx, stream->depth,
                (const char *)name, attributes))
        stop(stream);
}

static void on_end(void *ctx, const xmlChar *name)
{
    struct html_stream *stream = ctx;

    if (stream->stopped || stream->depth == 0)
        return;
    stream->handler->end(stream->handler->ctx, stream->depth,
            (const char *)name);
    stream->depth--;
}

static void on_text(void *ctx, const xmlChar *bytes, int length)
{
    struct html_stream *stream = ctx;

    if (!stream->stopped && length > 0)
        stream->handler->text(stream->handler->ctx, stream->depth,
                (const char *)bytes, (size_t)length);
}

static void feed(struct html_stream *stream, const char *bytes, size_t length)
{
    while (length > 0 && !stream->stopped) {
        size_t piece = length < PIECE_BYTES ? length : PIECE_BYTES;
        htmlParseChunk(stream->parser, bytes, (int)piece, 0);
        bytes += piece;
        length -= piece;
    }
    if (!stream->stopped)
        htmlParseChunk(stream->parser, NULL, 0, 1);
}

bool html_stream_read(const char *bytes, size_t length,
        const struct html_handler *handler, struct error *err)
{
    struct html_stream stream = {.handler = handler};
    htmlSAXHandler events = {
            .startElement = on_begin,
            .endElement = on_end,
            .characters = on_text,
            .ignorableWhitespace = on_text,
    };

    stream.parser = htmlCreatePushParserCtxt(&events, &stream, NULL, 0, NULL,
            XML_CHAR_ENCODING_UTF8);
    if (stream.parser == NULL)
        return error_set(err, ERROR_RETRY, "out of memory");
    htmlCtxtUseOptions(stream.parser,
            HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                    HTML_PARSE_NONET);
    feed(&stream, bytes, length);
    htmlFreeParserCtxt(stream.parser);
    return !stream.too_deep ||
            error_set(err, ERROR_INPUT,
                    "the page is nested more than %d elements deep",
                    HTML_STREAM_DEPTH_MAX);
}

const char *html_stream_attribute(const char *const *attributes,
        const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

bool html_stream_has_class(const char *const *attributes, const char *name)
{
    static const char blanks[] = " \t\r\n\f";
    const char *at = html_stream_attribute(attributes, "class");
    size_t wanted = strlen(name);

    for (at += strspn(at, blanks); *at != '\0'; at += strspn(at, blanks)) {
        size_t length = strcspn(at, blanks);
        if (length == wanted && memcmp(at, name, length) == 0)
            return true;
        at += length;
    }
    return false;
}
