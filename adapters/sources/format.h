/*
 * format.h - the formats that papers come in: one file a format.
 *
 * A format knows its look and reads what looks so.  A new one is a new file
 * with a struct format in it, and a line in the table of papers_in.c.
 */
#ifndef ADAPTERS_SOURCES_FORMAT_H
#define ADAPTERS_SOURCES_FORMAT_H

#include "adapters/sources/input.h"
#include "adapters/sources/record.h"
#include "bot/base/error.h"

#include <stdbool.h>

struct format {
    const char *name; /* as people call it: "arXiv API Atom" */
    bool announces;   /* its papers came out together, on one day */
    bool resumes;     /* reading can begin at a record's end */
    bool (*sniff)(const struct input_look *look);
    /* Hands on every record through the record's sink.  False and err if the
     * file breaks off; what came before has been handed on. */
    bool (*read)(struct input *input, struct record *record, struct error *err);
};

extern const struct format format_atom;
extern const struct format format_rss;
extern const struct format format_rss_atom; /* the same feed in Atom */
extern const struct format format_oai;
extern const struct format format_hf;
extern const struct format format_snapshot;
extern const struct format format_recording;     /* one of them, recorded */
extern const struct format format_jsonl;         /* our own */
extern const struct format format_jsonl_listing; /* daily listings */

#endif
