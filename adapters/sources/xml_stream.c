#include "adapters/sources/xml_stream.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_SIZE = 96,
};

static const char NAMESPACE_END = '\n'; /* never in a URI or a name */

struct xml_stream {
    const struct xml_handler *handler;
    XML_Parser parser;
    unsigned depth;
    unsigned gathered_depth; /* of the element whose text is gathered; or 0 */
    char name[NAME_SIZE];    /* of that element, or of the last that began */
    char *text;              /* XML_STREAM_TEXT_MAX and a NUL */
    size_t length;
    bool cut;
    size_t given;        /* bytes handed to the parser */
    size_t progress;     /* of these, when the last event came */
    const char *refusal; /* static: why we stopped the parser; or NULL */
};

static const struct {
    const char *uri, *prefix;
} namespaces[] = {
        {"http://www.w3.org/2005/Atom", "atom"},
        {"http://arxiv.org/schemas/atom", "arxiv"},
        {"http://purl.org/dc/elements/1.1/", "dc"},
        {"http://www.openarchives.org/OAI/2.0/", "oai"},
        {"http://a9.com/-/spec/opensearch/1.1/", "opensearch"},
};

static const char *prefix_of(const char *uri, size_t length)
{
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        if (strncmp(namespaces[i].uri, uri, length) == 0 &&
                namespaces[i].uri[length] == '\0')
            return namespaces[i].prefix;
    return "other";
}

static size_t copy_cut(char *out, size_t room, const char *string)
{
    size_t length = strlen(string);

    if (length > room)
        length = room;
    memcpy(out, string, length);
    out[length] = '\0';
    return length;
}

/* From expat's "URI\nlocal" to "prefix:local". */
static void short_name(const char *expat_name, char out[NAME_SIZE])
{
    const char *end = strchr(expat_name, NAMESPACE_END);
    size_t at = 0;

    if (end != NULL) {
        at = copy_cut(out, NAME_SIZE - 2,
                prefix_of(expat_name, (size_t)(end - expat_name)));
        out[at++] = ':';
    }
    copy_cut(out + at, NAME_SIZE - 1 - at, end == NULL ? expat_name : end + 1);
}

static void refuse(struct xml_stream *stream, const char *why)
{
    stream->refusal = why;
    XML_StopParser(stream->parser, XML_FALSE);
}

static void XMLCALL on_begin(void *ctx, const XML_Char *expat_name,
        const XML_Char **attributes)
{
    struct xml_stream *stream = ctx;

    stream->progress = stream->given;
    if (++stream->depth > XML_STREAM_DEPTH_MAX) {
        refuse(stream, "its elements are nested more than 64 deep");
        return;
    }
    if (stream->gathered_depth != 0)
        return;
    short_name(expat_name, stream->name);
    const struct xml_handler *handler = stream->handler;
    if (handler->begin(handler->ctx, stream->depth, stream->name,
                (const char *const *)attributes)) {
        stream->gathered_depth = stream->depth;
        stream->length = 0;
        stream->cut = false;
    }
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int length)
{
    struct xml_stream *stream = ctx;
    stream->progress = stream->given;
    if (stream->gathered_depth == 0)
        return;
    size_t taken = (size_t)length;
    if (taken > XML_STREAM_TEXT_MAX - stream->length) {
        taken = XML_STREAM_TEXT_MAX - stream->length;
        stream->cut = true;
    }
    memcpy(stream->text + stream->length, text, taken);
    stream->length += taken;
}

static void XMLCALL on_end(void *ctx, const XML_Char *expat_name)
{
    struct xml_stream *stream = ctx;
    const struct xml_handler *handler = stream->handler;
    unsigned depth = stream->depth--;
    (void)expat_name;

    stream->progress = stream->given;
    if (stream->gathered_depth != 0 && stream->gathered_depth != depth)
        return;
    if (stream->gathered_depth == 0) {
        handler->end(handler->ctx, depth);
        return;
    }
    stream->gathered_depth = 0;
    stream->text[stream->length] = '\0';
    struct xml_text text = {
            .bytes = stream->text,
            .length = stream->length,
            .cut = stream->cut,
    };
    handler->text(handler->ctx, depth, stream->name, &text);
}

static void XMLCALL on_entity(void *ctx, const XML_Char *name,
        int is_parameter_entity, const XML_Char *value, int value_length,
        const XML_Char *base, const XML_Char *system_id,
        const XML_Char *public_id, const XML_Char *notation)
{
    (void)name, (void)is_parameter_entity, (void)value, (void)value_length;
    (void)base, (void)system_id, (void)public_id, (void)notation;
    refuse(ctx, "it declares entities, which no feed needs");
}

static bool say_broken(const struct xml_stream *stream, struct error *err)
{
    XML_Parser parser = stream->parser;
    unsigned long line = XML_GetCurrentLineNumber(parser);
    enum XML_Error code = XML_GetErrorCode(parser);

    if (stream->refusal != NULL)
        return error_set(err, ERROR_INPUT, "line %lu: XML refused: %s", line,
                stream->refusal);
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
            code == XML_ERROR_PARTIAL_CHAR ||
            code == XML_ERROR_UNCLOSED_CDATA_SECTION)
        return error_set(err, ERROR_INPUT,
                "line %lu: the XML breaks off before its end", line);
    return error_set(err, ERROR_INPUT, "line %lu, column %lu: broken XML: %s",
            line, XML_GetCurrentColumnNumber(parser) + 1,
            XML_ErrorString(code));
}

static bool parse_all(struct xml_stream *stream, struct input *input,
        struct error *err)
{
    const char *piece;

    for (;;) {
        long got = input_take(input, &piece, err);
        if (got < 0)
            return false;
        if (XML_Parse(stream->parser, piece, (int)got, got == 0) !=
                XML_STATUS_OK)
            return say_broken(stream, err);
        if (got == 0)
            return true;
        stream->given += (size_t)got;
        /* expat rescans a tag from its beginning with every piece of it:
         * without a bound an endless one costs time with its size squared. */
        if (stream->given - stream->progress > XML_STREAM_MARKUP_MAX) {
            stream->refusal = "one tag or comment is longer than 1 MiB";
            return say_broken(stream, err);
        }
    }
}

bool xml_stream_read(struct input *input, const struct xml_handler *handler,
        struct error *err)
{
    struct xml_stream stream = {
            .handler = handler,
            .parser = XML_ParserCreateNS(NULL, NAMESPACE_END),
            .text = malloc(XML_STREAM_TEXT_MAX + 1),
    };
    bool read = false;

    if (stream.parser == NULL || stream.text == NULL) {
        error_set(err, ERROR_STOP, "out of memory for reading XML");
    } else {
        XML_SetUserData(stream.parser, &stream);
        XML_SetElementHandler(stream.parser, on_begin, on_end);
        XML_SetCharacterDataHandler(stream.parser, on_text);
        XML_SetEntityDeclHandler(stream.parser, on_entity);
        read = parse_all(&stream, input, err);
    }
    if (stream.parser != NULL)
        XML_ParserFree(stream.parser);
    free(stream.text);
    return read;
}

const char *xml_stream_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *xml_stream_attribute(const char *const *attributes,
        const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}
