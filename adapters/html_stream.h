/*
 * html_stream.h - an HTML page as events, bounded, over libxml2's HTML parser.
 *
 * Whatever a page is, it is read as a browser would: tags that are missing are
 * thought of, what is unknown is passed over, a page that breaks off ends there.
 * No tree is built, nothing outside is fetched.
 */
#ifndef ADAPTERS_HTML_STREAM_H
#define ADAPTERS_HTML_STREAM_H

#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HTML_STREAM_DEPTH_MAX = 200, /* LaTeXML's pages have some 40 */
};

/* Depth is 1 for the root; text has that of its element.  Names are in lower case, text is UTF-8. */
struct html_handler {
    /* An element begins; attributes are name, value, ..., NULL, a value "" where
     * there is none.  False: enough has been read, nothing is called any more. */
    bool (*begin)(void *ctx, unsigned depth, const char *name,
            const char *const *attributes);
    void (*text)(void *ctx, unsigned depth, const char *bytes, size_t length);
    void (*end)(void *ctx, unsigned depth, const char *name);
    void *ctx;
};

/* Reads a page, or its beginning.  False with ERROR_INPUT if it is nested too
 * deeply; events before that have been given. */
bool html_stream_read(const char *bytes, size_t length,
        const struct html_handler *handler, struct error *err);

/* The value of an attribute; "" if there is none. */
const char *html_stream_attribute(const char *const *attributes,
        const char *name);

/* True if an element has a class. */
bool html_stream_has_class(const char *const *attributes, const char *name);

#endif
