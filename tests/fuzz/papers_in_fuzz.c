/* A file of papers in any format: however it is broken, each record handed on
 * keeps the promises that the rest of the program builds on. */
#include "adapters/sources/papers_in.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

struct bytes {
    const uint8_t *at;
    size_t left, piece;
};

struct count {
    size_t records, complaints;
};

static long read_piece(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct bytes *bytes = ctx;
    size_t taken = bytes->left < size ? bytes->left : size;
    (void)err;

    if (taken > bytes->piece)
        taken = bytes->piece;
    memcpy(buffer, bytes->at, taken);
    bytes->at += taken;
    bytes->left -= taken;
    return (long)taken;
}

static void is_line(const char *text, const char *claim)
{
    struct arena arena = {0};

    fuzz_claim(text_is_utf8(text, strlen(text)), claim);
    fuzz_claim(text_same(text, text_one_line(&arena, text)), claim);
    arena_finish(&arena);
}

static void on_record(void *ctx, const struct source_record *record)
{
    const struct paper *paper = &record->paper;
    struct arena arena = {0};
    unsigned version = 0;

    ((struct count *)ctx)->records++;
    const char *id = paper_id_parse(&arena, paper->id, &version);
    fuzz_claim(id != NULL && text_same(id, paper->id), "an id is canonical");
    arena_finish(&arena);
    fuzz_claim(*paper->title != '\0', "a paper has a title");
    is_line(paper->title, "a title is one clean line");
    is_line(paper->abstract, "an abstract is one clean line");
    is_line(paper->comment, "a comment is one clean line");
    for (size_t i = 0; i < paper->authors.count; i++)
        is_line(paper->authors.items[i].name, "a name is one clean line");
    for (size_t i = 0; i < paper->affiliations.count; i++)
        is_line(paper->affiliations.items[i],
                "an affiliation is one clean line");
    for (size_t i = 0; i < record->notes.count; i++)
        is_line(record->notes.items[i].digest, "a note is one clean line");
}

static void on_complaint(void *ctx, const struct source_complaint *complaint)
{
    ((struct count *)ctx)->complaints++;
    is_line(complaint->where, "a place is one clean line");
    is_line(complaint->wrong, "a complaint is one clean line");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Small pieces are where two halves of a thing come apart. */
    struct bytes bytes = {data, size, 1 + size % 61};
    struct count count = {0};
    const struct byte_stream stream = {.read = read_piece, .ctx = &bytes};
    const struct source_sink sink = {
            .record = on_record,
            .complaint = on_complaint,
            .ctx = &count,
    };
    struct source_summary summary;
    struct error err = {0};

    bool read = papers_in_read(&stream, &sink, &summary, &err);
    fuzz_claim(read || err.text[0] != '\0', "a failure says why");
    fuzz_claim(count.records == summary.records &&
                    count.complaints == summary.rejected,
            "the counts are true");
    return 0;
}
