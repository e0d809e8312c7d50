#include "adapters/sources/format.h"
#include "adapters/sources/oai_fields.h"
#include "adapters/sources/sniff.h"
#include "adapters/sources/xml_stream.h"
#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

/* OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html) as arXiv answers
 * it (help/oa): records in the metadata formats arXiv, arXivRaw and oai_dc.  What
 * the formats themselves say is read in oai_fields.c. */

enum {
    ROOT = 1, /* depths: OAI-PMH, ListRecords, record, metadata, arXiv, title */
    VERB,
    RECORD,
    PART,
    HEADER_FIELD,
    METADATA = HEADER_FIELD,
};

struct oai {
    struct record *record;
    struct oai_fields fields;
    size_t records;
    bool ours;     /* the root is in the protocol's namespace */
    bool answered; /* there are records, or the list of them is empty */
    char verb[24]; /* "ListRecords", or what came instead */
    bool in_record, deleted;
    bool token_is_long; /* longer than we keep */
    const char *header_id;
    const char *reason; /* of the error that came */
    struct arena arena; /* of the whole document */
};

static bool sniff(const struct input_look *look)
{
    char root[SNIFF_NAME_SIZE];
    return sniff_xml_root(look, root) && text_same(root, "OAI-PMH");
}

/* --- beginnings --- */

static void name_format(struct oai *oai, enum oai_schema schema)
{
    static const char *const names[] = {
            [OAI_OTHER] = "OAI-PMH other",
            [OAI_ARXIV] = "OAI-PMH arXiv",
            [OAI_ARXIV_RAW] = "OAI-PMH arXivRaw",
            [OAI_DC] = "OAI-PMH oai_dc",
    };
    oai->record->summary->format = names[oai->ours ? schema : OAI_OTHER];
}

static void begin_error(struct oai *oai, const char *const *attributes)
{
    struct source_summary *summary = oai->record->summary;
    const char *code = xml_stream_attribute(attributes, "code");

    snprintf(summary->refusal, sizeof summary->refusal, "%s",
            code == NULL || *code == '\0' ? "error" : code);
}

/* Returns true if the element's text is wanted. */
static bool begin_verb(struct oai *oai, const char *name,
        const char *const *attributes)
{
    if (text_same(name, "request")) {
        const char *prefix = xml_stream_attribute(attributes, "metadataPrefix");
        name_format(oai, oai_schema_of(prefix == NULL ? "" : prefix));
        return false;
    }
    if (text_same(name, "error")) {
        begin_error(oai, attributes);
        return true;
    }
    if (!text_same(name, "responseDate"))
        snprintf(oai->verb, sizeof oai->verb, "%s", name);
    oai->answered = text_same(oai->verb, "ListRecords") ||
            text_same(oai->verb, "GetRecord");
    return false;
}

static void begin_record(struct oai *oai)
{
    record_begin(oai->record, "record", ++oai->records);
    oai_fields_begin(&oai->fields, oai->record);
    oai->header_id = "";
    oai->in_record = true;
    oai->deleted = false;
}

static void begin_part(struct oai *oai, const char *name,
        const char *const *attributes)
{
    const char *status = xml_stream_attribute(attributes, "status");
    if (text_same(name, "header") && status != NULL &&
            text_same(status, "deleted"))
        oai->deleted = true;
}

/* A header's field is wanted; metadata says here which format it is in. */
static bool begin_content(struct oai *oai, const char *name)
{
    if (text_same(name, "identifier") || text_same(name, "setSpec"))
        return true;
    if (text_same(name, "datestamp"))
        return false;
    oai->fields.schema = oai_schema_of(name);
    if (oai->records == 1)
        name_format(oai, oai->fields.schema);
    return false;
}

static bool on_begin(void *ctx, unsigned depth, const char *full_name,
        const char *const *attributes)
{
    struct oai *oai = ctx;
    const char *name = xml_stream_local(full_name);

    if (depth == ROOT)
        oai->ours = text_starts(full_name, "oai:");
    if (depth == VERB)
        return begin_verb(oai, name, attributes);
    if (depth == RECORD && oai->answered) {
        if (text_same(name, "record"))
            begin_record(oai);
        return text_same(name, "resumptionToken");
    }
    if (!oai->in_record)
        return false;
    if (depth == PART)
        begin_part(oai, name, attributes);
    else if (depth == HEADER_FIELD)
        return begin_content(oai, name);
    else if (depth > METADATA)
        return oai_fields_begin_element(&oai->fields, depth - METADATA, name,
                attributes);
    return false;
}

/* --- texts --- */

static void take_token(struct oai *oai, const struct xml_text *text)
{
    struct source_summary *summary = oai->record->summary;
    const char *token = text_one_line(&oai->arena, text->bytes);

    oai->token_is_long = strlen(token) >= sizeof summary->resumption;
    if (!oai->token_is_long)
        snprintf(summary->resumption, sizeof summary->resumption, "%s", token);
}

static void take_header_field(struct oai *oai, const char *name,
        const struct xml_text *text)
{
    struct record *record = oai->record;
    const char *value = record_plain(record, text->bytes, text->length);

    if (text_same(name, "identifier"))
        oai->header_id = value;
    else
        oai_fields_set(&oai->fields, value);
}

static void on_text(void *ctx, unsigned depth, const char *full_name,
        const struct xml_text *text)
{
    struct oai *oai = ctx;
    const char *name = xml_stream_local(full_name);

    if (depth == VERB)
        oai->reason = text_one_line(&oai->arena,
                text_repair(&oai->arena, text->bytes, text->length));
    else if (depth == RECORD)
        take_token(oai, text);
    else if (depth == HEADER_FIELD)
        take_header_field(oai, name, text);
    else
        oai_fields_text(&oai->fields, depth - METADATA, name, text);
}

/* --- ends --- */

static void end_record(struct oai *oai)
{
    struct record *record = oai->record;

    if (oai->deleted) {
        record->summary->deleted++;
        record_fault(record, "",
                arena_format(&record->arena, "was deleted%s%s",
                        *oai->header_id == '\0' ? "" : ": ", oai->header_id),
                "");
    }
    oai_fields_end(&oai->fields);
    if (*oai->header_id != '\0')
        record_id(record, oai->header_id);
    record_end(record);
    oai->in_record = false;
}

static void on_end(void *ctx, unsigned depth)
{
    struct oai *oai = ctx;

    if (depth == RECORD && oai->in_record)
        end_record(oai);
    else if (oai->in_record && depth > METADATA)
        oai_fields_end_element(&oai->fields, depth - METADATA);
}

/* --- the whole --- */

/* What the protocol's codes mean (section 3.6), where the server gave no words
 * of its own. */
static const char *meaning(const char *code)
{
    static const struct {
        const char *code, *meaning;
    } meanings[] = {
            {"badArgument",
                    "the request has an argument that is missing, "
                    "unknown or malformed"},
            {"badResumptionToken", "the token has expired or never was one"},
            {"badVerb", "the request asks for nothing that there is"},
            {"cannotDisseminateFormat", "the record is not there in that form"},
            {"idDoesNotExist", "there is no record with that identifier"},
            {"noRecordsMatch", "no record fits the request"},
            {"noMetadataFormats", "the record is there in no form at all"},
            {"noSetHierarchy", "the archive has no sets"},
    };

    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (text_same(code, meanings[i].code))
            return meanings[i].meaning;
    return "the archive gives no reason";
}

/* An answer without records says why; one whose next page cannot be asked for
 * must not look like the last. */
static bool judge(const struct oai *oai, struct error *err)
{
    struct source_summary *summary = oai->record->summary;

    if (*summary->refusal != '\0' && oai->records == 0) {
        summary->format = "OAI-PMH error";
        return error_set(err, ERROR_INPUT,
                "is an error of an OAI-PMH archive, %s: %s", summary->refusal,
                *oai->reason != '\0' ? oai->reason : meaning(summary->refusal));
    }
    if (oai->token_is_long)
        return error_set(err, ERROR_INPUT,
                "its resumption token is longer than %d bytes",
                SOURCE_RESUMPTION_SIZE - 1);
    if (!oai->answered)
        return error_set(err, ERROR_INPUT,
                "is OAI-PMH's %s, which holds no papers; right would be an "
                "answer to ListRecords or GetRecord",
                *oai->verb != '\0' ? oai->verb : "empty answer");
    return true;
}

static bool read(struct input *input, struct record *record, struct error *err)
{
    struct oai oai = {.record = record, .reason = "", .header_id = ""};
    struct xml_handler handler = {
            .begin = on_begin,
            .text = on_text,
            .end = on_end,
            .ctx = &oai,
    };
    record_begin(record, "answer", 0);
    bool whole = xml_stream_read(input, &handler, err) && judge(&oai, err);
    arena_finish(&oai.arena);
    return whole;
}

const struct format format_oai = {
        .name = "OAI-PMH other",
        .sniff = sniff,
        .read = read,
};
