/* A paper's HTML page, whatever it is: authors and institutes that are lines. */
#include "adapters/sources/latexml_authors.h"
#include "adapters/sources/latexml_front.h"
#include "bot/base/text.h"
#include "bot/model/paper_code.h"
#include "tests/fuzz/fuzz.h"

static void check_line(const char *line)
{
    fuzz_claim(text_is_utf8(line, strlen(line)), "a text is UTF-8");
    for (; *line != '\0'; line++)
        fuzz_claim((unsigned char)*line >= ' ', "a text is a line");
}

static void check_paper(const struct paper *paper)
{
    for (size_t i = 0; i < paper->authors.count; i++) {
        fuzz_claim(*paper->authors.items[i].name != '\0', "nobody is nameless");
        check_line(paper->authors.items[i].name);
        check_line(paper->authors.items[i].affiliation);
    }
    for (size_t i = 0; i < paper->affiliations.count; i++) {
        fuzz_claim(strlen(paper->affiliations.items[i]) <= 240,
                "an institute is short");
        check_line(paper->affiliations.items[i]);
    }
}

static void check_code(const struct latexml_front *front, struct arena *arena)
{
    const char *code = paper_code_in(front->links, arena);

    fuzz_claim(*code == '\0' || text_starts(code, "https://"),
            "code lies at an https:// address");
    check_line(code);
    check_line(paper_code_in(front->abstract, arena));
}

static void pass_record(void *ctx, const struct source_record *record)
{
    (void)ctx;
    (void)record;
}

static void pass_complaint(void *ctx, const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct source_sink sink = {pass_record, pass_complaint, NULL};
    struct source_summary summary = {0};
    struct record record;
    struct latexml_front front;
    struct error err = {0};
    char *bytes = fuzz_string(data, size);

    record_open(&record, &sink, &summary);
    record_begin(&record, "page", 0);
    if (latexml_front_read(bytes, size, &record.arena, &front, &err)) {
        latexml_authors_read(&record, &front);
        check_paper(&record.out.paper);
        check_code(&front, &record.arena);
    } else {
        fuzz_claim(err.text[0] != '\0', "a failure says why");
    }
    record_close(&record);
    free(bytes);
    return 0;
}
