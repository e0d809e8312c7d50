/* The real files of data/expected.tsv: each gives what the table states, or is
 * refused with a reason. */
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *shared(void)
{
    const char *folder = getenv("PAPERBOY_SHARED");
    if (folder == NULL && getenv("CI") != NULL)
        fail_msg("PAPERBOY_SHARED is not set");
    if (folder == NULL) {
        printf("SKIP the real files (PAPERBOY_SHARED is not set)\n");
        skip();
    }
    return folder;
}

struct expectation {
    char file[256], format[128];
    size_t records, ids, not_papers;
    size_t deleted; /* "2 not arXiv, 1 deleted" */
};

static bool parse_row(const char *line, struct expectation *row)
{
    *row = (struct expectation){0};
    return sscanf(line, "%255[^\t]\t%127[^\t]\t%zu\t%zu\t%zu not arXiv, %zu",
                   row->file, row->format, &row->records, &row->ids,
                   &row->not_papers, &row->deleted) >= 5;
}

static bool says(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

/* What the table counts in a file that is refused whole: the entries of another
 * program's report are papers to nobody. */
static bool is_foreign(const struct expectation *row)
{
    return says(row->format, "to be refused with a reason");
}

/* Files without a paper in them: they end in a reason. */
static bool holds_nothing(const struct expectation *row)
{
    return is_foreign(row) || says(row->format, "OAI-PMH error") ||
            says(row->file, "ListIdentifiers") ||
            says(row->file, "ListRecordsBroken");
}

struct totals {
    size_t files, records, ids, not_papers, refused, differences;
};

/* The format as the table has it; a recording is what it is a recording of. */
static bool is_named(const struct records *got, const struct expectation *row)
{
    return holds_nothing(row) || says(row->format, got->summary.format);
}

static bool is_as_expected(const struct expectation *row,
        const struct records *got)
{
    size_t entries = got->summary.records + got->summary.rejected;
    bool reasoned = got->err.kind == ERROR_INPUT && got->err.text[0] != '\0' &&
            got->count == 0;

    if (holds_nothing(row) && (got->whole || !reasoned))
        return false;
    if (is_foreign(row))
        return true;
    return got->whole == !holds_nothing(row) && entries == row->records &&
            records_unique_ids(got) == row->ids &&
            got->summary.rejected == row->not_papers &&
            got->complaint_count == row->not_papers &&
            got->summary.deleted == row->deleted && is_named(got, row);
}

static void print_row(const struct expectation *row, const struct records *got,
        bool same)
{
    printf("# PRINT %-8s %-66s %-40s %4zu %4zu %3zu  expected %4zu %4zu "
           "%3zu%s\n",
            same ? "same" : "DIFFERS", row->file, got->summary.format,
            got->summary.records + got->summary.rejected,
            records_unique_ids(got), got->summary.rejected, row->records,
            row->ids, row->not_papers, row->deleted > 0 ? ", 1 deleted" : "");
    if (!got->whole)
        printf("# PRINT          refused: %.150s\n", got->err.text);
}

static void check_row(struct totals *totals, const char *folder,
        struct expectation *row)
{
    char path[700];
    struct records got = {0};

    snprintf(path, sizeof path, "%s/data/public/%s", folder, row->file);
    records_read_file(&got, path);
    bool same = is_as_expected(row, &got);
    print_row(row, &got, same);
    totals->files++;
    totals->records += got.summary.records + got.summary.rejected;
    totals->ids += records_unique_ids(&got);
    totals->not_papers += got.summary.rejected;
    totals->refused += !got.whole;
    totals->differences += !same;
    records_finish(&got);
}

static void test_every_file_gives_what_the_table_states(void **state)
{
    (void)state;
    const char *folder = shared();
    char path[600], line[600];
    struct totals totals = {0};
    struct expectation row;

    snprintf(path, sizeof path, "%s/data/expected.tsv", folder);
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    printf("# PRINT file, format; then entries, unique ids and what are no "
           "papers, as read and as expected\n");
    while (fgets(line, sizeof line, table) != NULL)
        if (parse_row(line, &row))
            check_row(&totals, folder, &row);
    fclose(table);
    printf("# PRINT %zu files: %zu entries, %zu unique ids, %zu no papers; of "
           "these files %zu refused whole; %zu differences\n",
            totals.files, totals.records, totals.ids, totals.not_papers,
            totals.refused, totals.differences);
    assert_int_equal(totals.files, 90);
    assert_int_equal(totals.differences, 0);
}

/* --- files that the table does not list --- */

static void assert_refused_saying(const char *folder, const char *file,
        const char *words)
{
    char path[700];
    struct records got = {0};

    snprintf(path, sizeof path, "%s/data/%s", folder, file);
    assert_false(records_read_file(&got, path));
    assert_int_equal(got.count, 0);
    if (strstr(got.err.text, words) == NULL)
        fail_msg("%s: \"%s\" does not say \"%s\"", file, got.err.text, words);
    records_finish(&got);
}

static void test_a_refusal_says_what_the_file_looks_like(void **state)
{
    (void)state;
    const char *folder = shared();
    static const struct {
        const char *file, *words;
    } cases[] = {
            {"public/listings/hiroki-takeda/2026-07-13-hep-th.json", "report"},
            {"public/arxiv-abs/ftp__cs__papers__0006__0006008.abs", ".abs"},
            {"public/arxiv-listings-raw/q-fin__listings__new", "plain text"},
            {"public/dair/2024.md", "plain text"},
            {"seed-digest.golden.txt", "plain text"},
            {"public/bilingual/cn-chat-arxiv-sample.jsonl.gz", "JSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused_saying(folder, cases[i].file, cases[i].words);
}

static void read_shared(struct records *got, const char *folder,
        const char *file, const char *format)
{
    char path[700];

    snprintf(path, sizeof path, "%s/data/%s", folder, file);
    if (!records_read_file(got, path))
        fail_msg("%s: %s", file, got->err.text);
    assert_string_equal(got->summary.format, format);
}

static void test_the_seed_papers_come_with_notes_and_sections(void **state)
{
    (void)state;
    const char *folder = shared();
    struct records got = {0};

    read_shared(&got, folder, "seed-papers.jsonl", "papers JSONL");
    assert_int_equal(got.count, 9);
    assert_int_equal(got.complaint_count, 0);
    const struct source_record *first = &got.items[0];
    assert_string_equal(first->paper.id, "2210.11693");
    assert_string_equal(first->section, "top");
    assert_int_equal(first->paper.authors.count, 2);
    assert_string_equal(first->paper.authors.items[1].name, "A P. Parikh");
    assert_string_equal(first->paper.categories.items[0], "cs.LG");
    const struct note *note = note_find(&first->notes, first->paper.id, "zh");
    assert_non_null(note);
    assert_true(strlen(note->title) > 0 && strlen(note->digest) > 0);
    assert_true(strlen(note->heading) > 0);
    const struct source_record *third = records_find(&got, "2210.13695");
    assert_true(third->paper.authors.more && third->paper.more_affiliations);
    records_finish(&got);
}

static void test_evaluation_rows_are_read_like_listings(void **state)
{
    (void)state;
    const char *folder = shared();
    struct records got = {0};

    read_shared(&got, folder, "public/eval/candidates-2025-W16.jsonl.gz",
            "papers JSONL");
    assert_int_equal(got.count, 1080);
    assert_int_equal(got.complaint_count, 0);
    /* Its MSC and ACM classes are no categories. */
    const struct source_record *one = records_find(&got, "2504.07981");
    assert_int_equal(one->paper.categories.count, 3);
    assert_true(strlen(one->paper.abstract) > 100);
    records_finish(&got);
}

static void test_a_foreign_feed_gives_the_papers_own_titles(void **state)
{
    (void)state;
    const char *folder = shared();
    struct records got = {0};

    read_shared(&got, folder, "public/arxiv-rss/cn-chat-arxiv/cs.RO.xml",
            "RSS 2.0");
    const struct source_record *one = records_find(&got, "2305.17175");
    assert_memory_equal(one->paper.title, "Multi-Stage Monte Carlo", 23);
    assert_int_equal(one->paper.version, 3);
    assert_int_equal(one->announce, ANNOUNCE_REPLACE);
    assert_memory_equal(one->paper.abstract, "Non-monotone object", 19);
    assert_string_equal(one->paper.categories.items[0], "cs.RO");
    records_finish(&got);
}

static void test_the_announcement_feed_gives_all_its_fields(void **state)
{
    (void)state;
    const char *folder = shared();
    struct records got = {0};

    read_shared(&got, folder, "public/arxiv-rss/laya-reader/arxiv_rss.xml",
            "RSS 2.0");
    assert_true(got.summary.announces);
    const struct source_record *one = records_find(&got, "2205.06398");
    assert_int_equal(one->paper.version, 2);
    assert_int_equal(one->announce, ANNOUNCE_CROSS);
    assert_string_equal(one->paper.doi, "10.1093/bioinformatics/btac431");
    assert_int_equal(one->paper.authors.count, 3);
    assert_string_equal(one->paper.categories.items[0], "stat.ME");
    assert_memory_equal(one->paper.abstract, "It has become routine", 21);
    assert_string_equal(one->paper.license,
            "http://creativecommons.org/licenses/by-sa/4.0/");
    records_finish(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_every_file_gives_what_the_table_states),
            cmocka_unit_test(test_a_refusal_says_what_the_file_looks_like),
            cmocka_unit_test(test_the_seed_papers_come_with_notes_and_sections),
            cmocka_unit_test(test_evaluation_rows_are_read_like_listings),
            cmocka_unit_test(test_a_foreign_feed_gives_the_papers_own_titles),
            cmocka_unit_test(test_the_announcement_feed_gives_all_its_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
