#include "adapters/sources/papers_in.h"

#include "adapters/sources/format.h"
#include "adapters/sources/input.h"
#include "adapters/sources/record.h"
#include "adapters/sources/sniff.h"

static const struct format *const formats[] = {
        &format_atom,
        &format_rss,
        &format_rss_atom,
        &format_oai,
        &format_snapshot,
        &format_recording,
        &format_hf,
        &format_jsonl_listing,
        &format_jsonl,
        NULL,
};

static const struct format *find_format(const struct input_look *look)
{
    size_t at = 0;
    while (formats[at] != NULL && !formats[at]->sniff(look))
        at++;
    return formats[at];
}

static bool read_as(const struct format *format, struct input *input,
        const struct source_place *from, const struct source_sink *sink,
        struct source_summary *summary, struct error *err)
{
    struct record record;

    summary->format = format->name;
    summary->announces = format->announces;
    record_open(&record, sink, summary);
    if (format->resumes && from->offset > 0)
        input_skip(input, from);
    bool read = format->read(input, &record, err);
    record_close(&record);
    return read;
}

static bool read_stream(const struct byte_stream *stream,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err)
{
    struct input *input = input_open(stream);
    struct input_look look = input_look(input);
    const struct format *format = find_format(&look);
    bool read;

    if (format != NULL)
        read = read_as(format, input, &stream->from, sink, summary, err);
    else
        read = input_sound(input, err) && sniff_refuse(&look, err);
    input_close(input);
    return read;
}

bool papers_in_read(const struct byte_stream *stream,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err)
{
    *summary = (struct source_summary){.format = "unknown"};
    return read_stream(stream, sink, summary, err);
}

bool papers_in_read_inside(const struct byte_stream *stream,
        const struct record *outer, struct error *err)
{
    return read_stream(stream, outer->sink, outer->summary, err);
}
