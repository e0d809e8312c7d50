/*
 * xml_stream.h - an XML document as events, bounded, over expat.
 *
 * Elements are named by well-known prefixes whatever the document calls them:
 * "atom:entry", "arxiv:comment", "dc:creator"; "item" for one without a
 * namespace.  The document is never held whole: of the text only that of one
 * gathered element is.  Entities may not be declared, nothing outside is read.
 */
#ifndef ADAPTERS_SOURCES_XML_STREAM_H
#define ADAPTERS_SOURCES_XML_STREAM_H

#include "adapters/sources/input.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    XML_STREAM_DEPTH_MAX = 64,
    XML_STREAM_TEXT_MAX = 64 * 1024,    /* bytes of one element's text */
    XML_STREAM_MARKUP_MAX = 1024 * 1024 /* bytes of one tag or comment */
};

struct xml_text {
    const char *bytes; /* UTF-8, NUL-terminated; during the call only */
    size_t length;
    bool cut; /* there was more than XML_STREAM_TEXT_MAX */
};

/* Depth is 1 for the root. */
struct xml_handler {
    /*
     * An element begins; attributes are name, value, ..., NULL.  Returns true
     * to gather all text below it, markup left out: then text is called at its
     * end, and nothing for what lies inside.
     */
    bool (*begin)(void *ctx, unsigned depth, const char *name,
            const char *const *attributes);
    void (*text)(void *ctx, unsigned depth, const char *name,
            const struct xml_text *text);
    /* An element ends that was not gathered. */
    void (*end)(void *ctx, unsigned depth);
    void *ctx;
};

/*
 * Reads the whole document.  False with ERROR_INPUT and the line if it is not
 * well formed, breaks off, is nested too deeply or declares entities; events
 * before that have been given.
 */
bool xml_stream_read(struct input *input, const struct xml_handler *handler,
        struct error *err);

/* "author" of "oai:author", or of "author". */
const char *xml_stream_local(const char *name);

/* The value of an attribute, or NULL. */
const char *xml_stream_attribute(const char *const *attributes,
        const char *name);

#endif
