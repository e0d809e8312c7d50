/*
 * oai_fields.h - a paper's metadata inside an OAI-PMH record.
 *
 * Three formats say the same in their own ways: arXiv (authors in parts),
 * arXivRaw (authors in a line, every version) and oai_dc (Dublin Core: names
 * turned round, categories in words).  A table says what each element means.
 */
#ifndef ADAPTERS_SOURCES_OAI_FIELDS_H
#define ADAPTERS_SOURCES_OAI_FIELDS_H

#include "adapters/sources/record.h"
#include "adapters/sources/xml_stream.h"

enum oai_schema {
    OAI_OTHER,
    OAI_ARXIV,
    OAI_ARXIV_RAW,
    OAI_DC,
};

struct oai_fields {
    struct record *record;
    enum oai_schema schema;
    bool in_author;
    /* of the author being read, "" for none */
    const char *forenames, *keyname, *suffix, *affiliation;
    unsigned version; /* being read */
    const char *set;  /* a category that the record's set names; or "" */
};

/* By the name of its element or its metadataPrefix. */
enum oai_schema oai_schema_of(const char *name);

/* Begins a record's metadata; the record has begun. */
void oai_fields_begin(struct oai_fields *fields, struct record *record);

/* Events from below the metadata's root; level 1 is a field.  Names are local.
 * A true return wants the element's text. */
bool oai_fields_begin_element(struct oai_fields *fields, unsigned level,
        const char *name, const char *const *attributes);
void oai_fields_text(struct oai_fields *fields, unsigned level,
        const char *name, const struct xml_text *text);
void oai_fields_end_element(struct oai_fields *fields, unsigned level);

/* One of the header's sets: "cs:cs:AI", "physics:hep-th". */
void oai_fields_set(struct oai_fields *fields, const char *set);

/* Ends it: what sets say counts if nothing better was there. */
void oai_fields_end(struct oai_fields *fields);

#endif
