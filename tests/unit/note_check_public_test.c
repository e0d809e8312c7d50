/*
 * Notes that other people's models wrote of real papers, through the checks.
 *
 * 30 of those that are refused were read; refusing a good one is what is bounded
 * here.  NOTE_CHECK_SHOW=1 prints each refusal.
 */
#include "bot/base/text.h"
#include "bot/write/glossary.h"
#include "bot/write/note_check.h"
#include "tests/support/note_sample.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct kind {
    const char *part; /* of the flaw */
    const char *name;
} kinds[] = {
        {"are wanted", "length"},
        {"names \"", "name"},
        {"says ", "number or loop"},
        {"writes \"", "term"},
        {"leaves out", "name left out of the title"},
        {"markup", "markup"},
        {"", "language and other"},
};

enum {
    KINDS = sizeof kinds / sizeof kinds[0]
};

struct tally {
    size_t all, kept, by_kind[KINDS];
    struct glossary glossary;
    struct arena arena;
};

static size_t kind_of(const char *flaw)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strstr(flaw, kinds[i].part) != NULL)
            return i;
    return KINDS - 1;
}

static void check(void *ctx, const struct note_sample *sample)
{
    struct tally *tally = ctx;
    struct arena arena = {0};
    const char *flaw = "";

    tally->all++;
    if (note_check(&sample->note, &sample->paper, &tally->glossary, &arena,
                &flaw)) {
        tally->kept++;
    } else {
        tally->by_kind[kind_of(flaw)]++;
        if (getenv("NOTE_CHECK_SHOW") != NULL)
            printf("%s: %s\n    %s\n    %s\n", sample->paper.id, flaw,
                    sample->note.title, sample->note.digest);
    }
    arena_finish(&arena);
}

static void test_few_notes_of_real_papers_are_refused(void **state)
{
    struct tally tally = {.all = 0};

    (void)state;
    paper_file_need_shared();
    tally.glossary = glossary_own(&tally.arena);
    note_sample_each(check, &tally);
    printf("# PRINT notes of real papers: %zu, kept %zu; refused for ",
            tally.all, tally.kept);
    for (size_t i = 0; i < KINDS; i++)
        printf("%s%s %zu", i == 0 ? "" : ", ", kinds[i].name, tally.by_kind[i]);
    printf("\n");
    assert_true(tally.all > 3000);
    assert_true((tally.all - tally.kept) * 20 < tally.all);
    arena_finish(&tally.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_few_notes_of_real_papers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
