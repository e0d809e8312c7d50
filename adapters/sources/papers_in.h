/*
 * papers_in.h - a file of papers, told by content and read as a stream.
 */
#ifndef ADAPTERS_SOURCES_PAPERS_IN_H
#define ADAPTERS_SOURCES_PAPERS_IN_H

#include "adapters/sources/record.h"
#include "bot/ports/source.h"

/* See source_read_fn. */
bool papers_in_read(const struct byte_stream *stream,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err);

/* The same for what lies inside another file: through that one's record, whose
 * sink and summary are used. */
bool papers_in_read_inside(const struct byte_stream *stream,
        const struct record *outer, struct error *err);

#endif
