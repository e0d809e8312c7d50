#include "bot/digest.h"

#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"
#include "bot/model/category.h"
#include "bot/selection.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *codes[] = {"cs.LG", "cs.CV", "cs.CL", "eess.AS", "cs.RO"};
static const struct string_list categories = {
        .items = codes,
        .count = sizeof codes / sizeof codes[0],
};

static const char *text_of(struct arena *arena, const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_text.render(document, arena, &payloads, &err));
    assert_int_equal(payloads.count, 1);
    return payloads.items[0].bytes;
}

static struct digest_input input_of(const struct paper_file *file,
        struct arena *arena)
{
    struct digest_item *items =
            arena_array(arena, struct digest_item, file->papers.count);

    for (size_t i = 0; i < file->papers.count; i++) {
        const struct paper *paper = &file->papers.items[i];

        items[i] = (struct digest_item){
                .paper = paper,
                .tag = category_tag(paper->categories.items[0]),
                .top = !file->also[i],
        };
    }
    return (struct digest_input){
            .items = items,
            .count = file->papers.count,
            .notes = &file->notes,
            .categories = &categories,
            .languages = {{"zh", "en"}},
            .style = STYLE_FULL,
            .credit = "",
    };
}

static void test_the_model_digest_comes_out_byte_for_byte(void **state)
{
    (void)state;
    paper_file_need_shared();
    struct arena arena = {0};
    const char *path = paper_file_shared(&arena, "data/seed-papers.jsonl");
    const char *golden = paper_file_text(&arena,
            paper_file_shared(&arena, "data/seed-digest.golden.txt"));
    struct paper_file file = paper_file_read(&arena, path);
    struct digest_input input = input_of(&file, &arena);

    input.credit = "转自爱可可爱生活";
    assert_string_equal(text_of(&arena, digest_document(&input, &arena)),
            golden);
    arena_finish(&arena);
}

/* Writes what came out beside the golden file if they differ, to look at. */
static void assert_golden(struct arena *arena, const char *name,
        const struct document *document)
{
    const char *text = text_of(arena, document);
    const char *directory = getenv("PAPERBOY_GOLDEN_OUT");

    if (directory) {
        FILE *out = fopen(arena_format(arena, "%s/%s", directory, name), "w");

        assert_non_null(out);
        fputs(text, out);
        fclose(out);
        return;
    }
    assert_string_equal(text,
            paper_file_text(arena, arena_format(arena, "tests/data/%s", name)));
}

/* The sample day as a channel with the defaults would get it. */
static struct digest_input sample_input(const struct paper_file *file,
        struct arena *arena)
{
    const struct subscription wanted = {.categories = categories};
    struct candidate *candidates =
            arena_array(arena, struct candidate, file->papers.count);
    struct digest_input input = input_of(file, arena);

    for (size_t i = 0; i < file->papers.count; i++)
        candidates[i] = (struct candidate){.paper = &file->papers.items[i],
                .announce = ANNOUNCE_NEW};
    struct scored_list ranked =
            selection_rank(candidates, file->papers.count, &wanted, arena);
    struct scored_list chosen = selection_choose(&ranked, 9, MIX_FAIR, arena);
    struct digest_item *items =
            arena_array(arena, struct digest_item, chosen.count);
    for (size_t i = 0; i < chosen.count; i++)
        items[i] = (struct digest_item){.paper = chosen.items[i].paper,
                .tag = chosen.items[i].tag,
                .top = i < 5};
    input.items = items;
    input.count = chosen.count;
    return input;
}

static void golden_of_sample(const char *name, enum digest_style style,
        struct language_pair languages)
{
    struct arena arena = {0};
    struct paper_file file =
            paper_file_read(&arena, "bot/data/sample-day.jsonl");
    struct digest_input input = sample_input(&file, &arena);

    input.style = style;
    input.languages = languages;
    input.date = (struct civil_date){2026, 11, 24};
    input.foot = (struct digest_foot){.date = {2026, 11, 23},
            .new_count = 12,
            .cross_count = 2};
    assert_golden(&arena, name, digest_document(&input, &arena));
    arena_finish(&arena);
}

static void test_the_sample_day_reads_well_in_full(void **state)
{
    (void)state;
    golden_of_sample("digest-full-zh-en.txt", STYLE_FULL,
            (struct language_pair){{"zh", "en"}});
    golden_of_sample("digest-full-en-zh.txt", STYLE_FULL,
            (struct language_pair){{"en", "zh"}});
}

static void test_the_sample_day_reads_well_in_brief(void **state)
{
    (void)state;
    golden_of_sample("digest-brief-zh-en.txt", STYLE_BRIEF,
            (struct language_pair){{"zh", "en"}});
    golden_of_sample("digest-brief-en.txt", STYLE_BRIEF,
            (struct language_pair){{"en"}});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_model_digest_comes_out_byte_for_byte),
            cmocka_unit_test(test_the_sample_day_reads_well_in_full),
            cmocka_unit_test(test_the_sample_day_reads_well_in_brief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
