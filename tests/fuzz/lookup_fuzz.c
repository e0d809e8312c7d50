/* What OpenAlex and Semantic Scholar answer: papers whose texts are lines. */
#include "adapters/sources/lookup.h"
#include "adapters/sources/openalex.h"
#include "adapters/sources/semantic_scholar.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static void check_line(const char *line)
{
    fuzz_claim(text_is_utf8(line, strlen(line)), "a paper's texts are UTF-8");
    fuzz_claim(strpbrk(line, "\n\r") == NULL, "a paper's texts are lines");
}

static void check_record(void *ctx, const struct source_record *record)
{
    const struct paper *paper = &record->paper;

    (void)ctx;
    fuzz_claim(record->secondhand, "it is another site's copy");
    fuzz_claim(paper->id[0] != '\0', "a paper has an id");
    check_line(paper->title);
    for (size_t i = 0; i < paper->authors.count; i++) {
        check_line(paper->authors.items[i].name);
        check_line(paper->authors.items[i].affiliation);
    }
    for (size_t i = 0; i < record->signals.count; i++)
        fuzz_claim(record->signals.items[i].value > 0, "a signal is a count");
}

static void ignore(void *ctx, const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

static void read_as(const uint8_t *data, size_t size, const char *list,
        lookup_read_fn *read)
{
    const struct source_sink sink = {check_record, ignore, NULL};
    struct source_summary summary = {0};
    struct error err = {0};
    char *bytes = fuzz_string(data, size);

    if (!lookup_works(bytes, size, list, read, &sink, &summary, &err))
        fuzz_claim(err.text[0] != '\0', "a failure says why");
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as(data, size, "results", openalex_read_work);
    read_as(data, size, "", semantic_scholar_read_paper);
    return 0;
}
