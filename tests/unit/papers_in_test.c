/* JSONL, packing and refusals; XML is in papers_in_xml_test.c. */
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include <cmocka.h>

#define LINE(id) "{\"id\": \"" id "\", \"title\": \"T\", \"abstract\": \"A\"}\n"

static void assert_complaint(const struct records *got, size_t index,
        const char *where, const char *field, const char *wrong)
{
    assert_true(index < got->complaint_count);
    const struct source_complaint *complaint = &got->complaints[index];
    assert_string_equal(complaint->where, where);
    assert_string_equal(complaint->field, field);
    if (strstr(complaint->wrong, wrong) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", complaint->wrong, wrong);
}

/* --- JSONL --- */

static void test_a_bad_line_costs_itself_only(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LINE("2601.00001") "{\"id\": \"2601.00002\", oops}\n[1]\n"
                               "\"word\"\n" LINE("2601.00003")));
    assert_int_equal(got.count, 2);
    assert_int_equal(got.summary.records, 2);
    assert_int_equal(got.summary.rejected, 3);
    assert_complaint(&got, 0, "line 2", "", "stops making sense");
    assert_complaint(&got, 1, "line 3", "", "is a list");
    assert_complaint(&got, 2, "line 4", "", "is text");
    assert_string_equal(got.complaints[0].right,
            "one JSON object in each line");
    records_finish(&got);
}

static void test_a_bad_first_line_does_not_hide_the_format(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got, "{\"id\": \n" LINE("2601.00003")));
    assert_int_equal(got.count, 1);
    assert_complaint(&got, 0, "line 1", "", "breaks off");
    records_finish(&got);
}

static void test_each_fault_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *line, *where, *field, *wrong;
    } cases[] = {
            {"{\"id\": \"2601.00002\"}", "line 2 (2601.00002)", "title",
                    "is empty"},
            {"{\"id\": \"2601.00002\", \"title\": \" \\n \"}",
                    "line 2 (2601.00002)", "title", "is empty"},
            {"{\"id\": \"2601.00002\", \"title\": 7}", "line 2 (2601.00002)",
                    "title", "is a number"},
            {"{\"title\": \"T\"}", "line 2", "id", "is missing"},
            {"{\"id\": 2601.1, \"title\": \"T\"}", "line 2", "id",
                    "is a number"},
            {"{\"id\": \"seven\", \"title\": \"T\"}", "line 2", "id",
                    "is \"seven\""},
            {"{\"id\": \"2601.00002\", \"title\": \"T\", \"authors\": \"A\"}",
                    "line 2 (2601.00002)", "authors", "is text"},
            {"{\"id\": \"2601.00002\", \"title\": \"T\", \"authors\": [{}]}",
                    "line 2 (2601.00002)", "authors", "holds an empty object"},
            {"{\"id\": \"2601.00002\", \"title\": \"T\", \"section\": \"x\"}",
                    "line 2 (2601.00002)", "section", "is \"x\""},
            {"{\"id\": \"2601.00002\", \"title\": \"T\", \"notes\": "
             "{\"zh\": 1}}",
                    "line 2 (2601.00002)", "notes", "a number under \"zh\""},
            {"{\"id\": \"2601.00002\", \"title\": \"T\", "
             "\"more_authors\": 1}",
                    "line 2 (2601.00002)", "more_authors", "is a number"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        struct records got = {0};
        snprintf(text, sizeof text, "%s%s\n%s", LINE("2601.00001"),
                cases[i].line, LINE("2601.00003"));
        assert_true(records_read_text(&got, text));
        assert_int_equal(got.count, 2);
        assert_int_equal(got.complaint_count, 1);
        assert_complaint(&got, 0, cases[i].where, cases[i].field,
                cases[i].wrong);
        assert_true(strlen(got.complaints[0].right) > 0);
        records_finish(&got);
    }
}

static void test_line_ends_and_marks_of_other_systems_are_fine(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "\xef\xbb\xbf\r\n{\"id\": \"2601.00001v2\", \"title\": \"T\", "
            "\"summary\": \"two\\nlines\"}\r\n\r\n  \r\n"
            "{\"id\": \"hep-th/9901001\", \"title\": \"U\"}"));
    assert_string_equal(got.summary.format, "daily listing");
    assert_int_equal(got.count, 2);
    assert_int_equal(got.complaint_count, 0);
    assert_int_equal(got.items[0].paper.version, 2);
    assert_string_equal(got.items[0].paper.abstract, "two lines");
    assert_string_equal(got.items[1].paper.id, "hep-th/9901001");
    records_finish(&got);
}

static void test_pieces_of_any_size_read_the_same(void **state)
{
    (void)state;
    static const char text[] =
            "\xef\xbb\xbf" LINE("2601.00001") "junk\r\n" LINE("2601.00003");

    for (size_t piece = 1; piece < 9; piece++) {
        struct records got = {0};
        assert_true(records_read(&got, text, strlen(text), piece));
        assert_int_equal(got.count, 2);
        assert_int_equal(got.complaint_count, 1);
        records_finish(&got);
    }
}

static void test_invalid_bytes_become_a_mark(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "{\"id\": \"2601.00001\", \"title\": \"a\xff z\", "
            "\"abstract\": \"\xe4\xb8\"}\n"));
    assert_string_equal(got.items[0].paper.title, "a\xef\xbf\xbd z");
    assert_string_equal(got.items[0].paper.abstract, "\xef\xbf\xbd");
    records_finish(&got);
}

static void test_a_line_over_a_mebibyte_is_skipped_to_its_end(void **state)
{
    (void)state;
    struct records got = {0};
    struct arena arena = {0};
    size_t huge = 3 << 20;
    char *filler = arena_alloc(&arena, huge + 1);

    memset(filler, '{', huge);
    assert_true(records_read_text(&got,
            arena_format(&arena, "%s%s\n%s", LINE("2601.00001"), filler,
                    LINE("2601.00003"))));
    assert_int_equal(got.count, 2);
    assert_complaint(&got, 0, "line 2", "", "longer than 1 MiB");
    assert_int_equal(got.complaint_count, 1);
    arena_finish(&arena);
    records_finish(&got);
}

static void test_a_first_line_longer_than_the_look_is_known(void **state)
{
    (void)state;
    struct records got = {0};
    struct arena arena = {0};
    char *filler = arena_alloc(&arena, 100001);

    memset(filler, 'x', 100000);
    char *text = arena_format(&arena,
            "{\"id\": \"2601.00001\", \"title\": \"T\", \"summary\": \"%s\"}",
            filler);
    assert_true(records_read_text(&got, text));
    assert_int_equal(got.count, 1);
    assert_int_equal(strlen(got.items[0].paper.abstract), 100000);
    arena_finish(&arena);
    records_finish(&got);
}

static void test_deep_nesting_is_a_complaint(void **state)
{
    (void)state;
    struct records got = {0};
    char line[400] = "{\"id\": \"2601.00002\", \"title\": ";
    size_t length = strlen(line);

    memset(line + length, '[', 100);
    memset(line + length + 100, ']', 100);
    memcpy(line + length + 200, "}\n", 3);
    struct arena arena = {0};
    assert_true(records_read_text(&got,
            arena_format(&arena, "%s%s", LINE("2601.00001"), line)));
    assert_complaint(&got, 0, "line 2", "", "nested 101 levels deep");
    arena_finish(&arena);
    records_finish(&got);
}

static void test_fields_are_cleaned(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "{\"id\": \"arXiv:2601.00001v3\", \"title\": \"On  "
            "G\\\\\\\"odel\\n "
            "and $\\\\'e$\", \"authors\": [\"Jos\\\\'e P\\u00e9rez\", \"\", "
            "\"\\u202eO. Reversed\"], \"categories\": [\"cs.LG\", \"68T05\", "
            "\"I.2.7; I.2.6\", \"cs.LG\", \"stat.ML\"], \"comment\": null, "
            "\"affiliations\": [\"X\", \"Y\", \"X\"], \"picked\": 1, "
            "\"summary\": \"S\"}\n"));
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(paper->title,
            "On G\xc3\xb6"
            "del and $\\'e$");
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[0].name,
            "Jos\xc3\xa9 P\xc3\xa9rez");
    assert_string_equal(paper->authors.items[1].name, "O. Reversed");
    assert_int_equal(paper->categories.count, 2);
    assert_string_equal(paper->categories.items[1], "stat.ML");
    assert_int_equal(paper->affiliations.count, 2);
    assert_string_equal(paper->comment, "");
    assert_false(paper->withdrawn);
    records_finish(&got);
}

static void test_a_listings_own_summary_is_a_note(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "{\"id\": \"2601.00001\", \"title\": \"T\", \"summary\": \"S\", "
            "\"AI\": {\"tldr\": \"一句话\", \"method\": \"m\"}}\n"
            "{\"id\": \"2601.00002\", \"title\": \"T\", \"summary\": \"S\", "
            "\"AI\": {\"task\": \"in brief\"}}\n"
            "{\"id\": \"2601.00003\", \"title\": \"T\", \"summary\": \"S\", "
            "\"AI\": \"skip\"}\n"));
    const struct note *note =
            note_find(&got.items[0].notes, "2601.00001", "zh");
    assert_non_null(note);
    assert_string_equal(note->digest, "一句话");
    assert_non_null(note_find(&got.items[1].notes, "2601.00002", "en"));
    assert_int_equal(got.items[2].notes.count, 0);
    records_finish(&got);
}

static void test_withdrawal_is_told_by_its_words(void **state)
{
    (void)state;
    static const struct {
        const char *comment, *abstract;
        bool withdrawn;
    } cases[] = {
            {"This paper has been withdrawn by the author", "A", true},
            {"Withdrawn due to an error in Lemma 2", "A", true},
            {"12 pages; withdrawn by arXiv admins", "A", true},
            {"", "This paper has been withdrawn.", true},
            {"", "This submission HAS BEEN WITHDRAWN.", true},
            {"9 pages", "We study money withdrawn by customers.", false},
            {"", "This drug has since been put away; it has been withdrawn",
                    false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        struct records got = {0};
        snprintf(text, sizeof text,
                "{\"id\": \"2601.00001\", \"title\": \"T\", \"comment\": "
                "\"%s\", \"abstract\": \"%s\"}\n",
                cases[i].comment, cases[i].abstract);
        assert_true(records_read_text(&got, text));
        if (got.items[0].paper.withdrawn != cases[i].withdrawn)
            fail_msg("case %zu", i);
        records_finish(&got);
    }
}

/* --- packing --- */

static size_t gzip(const char *text, size_t length, char *out, size_t size)
{
    z_stream packer = {0};

    assert_int_equal(deflateInit2(&packer, 6, Z_DEFLATED, 15 + 16, 8,
                             Z_DEFAULT_STRATEGY),
            Z_OK);
    packer.next_in = (const unsigned char *)text;
    packer.avail_in = (unsigned)length;
    packer.next_out = (unsigned char *)out;
    packer.avail_out = (unsigned)size;
    assert_int_equal(deflate(&packer, Z_FINISH), Z_STREAM_END);
    size_t packed = size - packer.avail_out;
    deflateEnd(&packer);
    return packed;
}

static void test_gzip_is_unpacked_in_pieces_of_any_size(void **state)
{
    (void)state;
    char packed[600];
    size_t length =
            gzip(LINE("2601.00001"), strlen(LINE("2601.00001")), packed, 300);
    /* A second member, as "cat a.gz b.gz" makes it, and padding. */
    length += gzip(LINE("2601.00002"), strlen(LINE("2601.00002")),
            packed + length, 200);
    memset(packed + length, 0, 64);

    for (size_t piece = 1; piece < 70; piece++) {
        struct records got = {0};
        if (!records_read(&got, packed, length + 64, piece))
            fail_msg("pieces of %zu: %s", piece, got.err.text);
        assert_int_equal(got.count, 2);
        records_finish(&got);
    }
}

/* Lines that differ enough to take more room packed than one read brings. */
static char *many_lines(struct arena *arena, size_t count)
{
    char *all = arena_alloc(arena, count * 120 + 1), *at = all;

    for (size_t i = 0; i < count; i++)
        at += snprintf(at, 120,
                "{\"id\": \"2601.%05zu\", \"title\": \"T %zx %zx\", "
                "\"summary\": \"S\"}\n",
                i + 1, i * 2654435761u, i * 40503u * 65599u);
    return all;
}

static void test_of_a_broken_packing_the_beginning_is_kept(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records cut = {0}, damaged = {0}, whole = {0};
    char *lines = many_lines(&arena, 5000);
    size_t size = 1 << 20;
    char *packed = arena_alloc(&arena, size);
    size_t length = gzip(lines, strlen(lines), packed, size);

    assert_true(records_read(&whole, packed, length, 0));
    assert_int_equal(whole.count, 5000);
    assert_false(records_read(&cut, packed, length / 2, 0));
    assert_int_equal(cut.err.kind, ERROR_INPUT);
    assert_non_null(strstr(cut.err.text, "breaks off"));
    assert_true(cut.count > 1000 && cut.count < 4000);
    assert_int_equal(cut.complaint_count, 0);
    memset(packed + length / 2, 0xff, 64);
    assert_false(records_read(&damaged, packed, length, 0));
    assert_non_null(strstr(damaged.err.text, "damaged"));
    assert_true(damaged.count > 1000);
    assert_string_equal(damaged.summary.format, "daily listing");
    records_finish(&cut);
    records_finish(&damaged);
    records_finish(&whole);
    arena_finish(&arena);
}

static void test_packed_twice_is_refused(void **state)
{
    (void)state;
    char once[300], twice[400];
    struct records got = {0};
    size_t length =
            gzip(LINE("2601.00001"), strlen(LINE("2601.00001")), once, 300);

    length = gzip(once, length, twice, sizeof twice);
    assert_false(records_read(&got, twice, length, 0));
    assert_non_null(strstr(got.err.text, "packed twice"));
    records_finish(&got);
}

static void test_a_gzip_of_nothing_but_its_name_is_refused(void **state)
{
    (void)state;
    struct records got = {0};

    assert_false(records_read(&got, "\x1f\x8b", 2, 0));
    assert_non_null(strstr(got.err.text, "breaks off"));
    records_finish(&got);
}

/* --- refusing --- */

static void test_other_things_are_refused_by_what_they_look_like(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *words;
    } cases[] = {
            {"", "is empty"},
            {" \r\n\t\n", "is empty"},
            {"\xef\xbb\xbf", "is empty"},
            {"<!DOCTYPE html>\n<html><body/></html>", "a web page"},
            {"<feed xmlns='http://www.w3.org/2005/Atom'/>", "not arXiv's"},
            {"<rss version='2.0'/>", "not arXiv's"},
            {"<rdf:RDF xmlns:rdf='x'/>", "RSS 1.0"},
            {"<note/>", "XML of another kind (<note>)"},
            {"\x89PNG\r\n\x1a\n", "PNG"},
            {"%PDF-1.7", "PDF"},
            {"\xff\xfe<\x01", "UTF-16"},
            {"Rate exceeded.", "Rate exceeded"},
            {"[{\"id\": \"2601.00001\"}]", "JSON list of another program"},
            {"[1]", "JSON list of another program"},
            {"{\"error\": 1}", "JSON of another program"},
            {"{\n  \"papers\": [\n    {\"arxivId\": 1}\n  ]\n}", "report"},
            {"Dear all,\nhere are the papers", "plain text"},
            {"\x01\x02\x03", "binary data"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct records got = {0};
        assert_false(records_read_text(&got, cases[i].bytes));
        assert_int_equal(got.err.kind, ERROR_INPUT);
        assert_int_equal(got.count + got.complaint_count, 0);
        if (strstr(got.err.text, cases[i].words) == NULL ||
                strstr(got.err.text, "right would be") == NULL)
            fail_msg("\"%s\" does not say \"%s\"", got.err.text,
                    cases[i].words);
        records_finish(&got);
    }
}

static void test_bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    struct records got = {0};

    assert_false(records_read(&got,
            "\x7f"
            "ELF\0\0\0",
            7, 0));
    assert_non_null(strstr(got.err.text, "binary data"));
    records_finish(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_bad_line_costs_itself_only),
            cmocka_unit_test(test_a_bad_first_line_does_not_hide_the_format),
            cmocka_unit_test(test_each_fault_is_named),
            cmocka_unit_test(
                    test_line_ends_and_marks_of_other_systems_are_fine),
            cmocka_unit_test(test_pieces_of_any_size_read_the_same),
            cmocka_unit_test(test_invalid_bytes_become_a_mark),
            cmocka_unit_test(test_a_line_over_a_mebibyte_is_skipped_to_its_end),
            cmocka_unit_test(test_a_first_line_longer_than_the_look_is_known),
            cmocka_unit_test(test_deep_nesting_is_a_complaint),
            cmocka_unit_test(test_fields_are_cleaned),
            cmocka_unit_test(test_a_listings_own_summary_is_a_note),
            cmocka_unit_test(test_withdrawal_is_told_by_its_words),
            cmocka_unit_test(test_gzip_is_unpacked_in_pieces_of_any_size),
            cmocka_unit_test(test_of_a_broken_packing_the_beginning_is_kept),
            cmocka_unit_test(test_packed_twice_is_refused),
            cmocka_unit_test(test_a_gzip_of_nothing_but_its_name_is_refused),
            cmocka_unit_test(
                    test_other_things_are_refused_by_what_they_look_like),
            cmocka_unit_test(test_bytes_that_are_no_text_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
