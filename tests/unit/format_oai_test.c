/* OAI-PMH: what each metadata format says, tokens, deleted records, errors. */
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OPEN                                                                   \
    "<?xml version='1.0'?><OAI-PMH "                                           \
    "xmlns='http://www.openarchives.org/OAI/2.0/'><responseDate/>"
#define HEADER(id)                                                             \
    "<record><header><identifier>oai:arXiv.org:" id                            \
    "</identifier><datestamp>2026-01-01</datestamp>"
#define LIST OPEN "<request metadataPrefix='arXiv'/><ListRecords>"
#define CLOSE "</ListRecords></OAI-PMH>"

static void test_the_arxiv_format_has_authors_in_parts(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST HEADER("2601.00001") "<setSpec>cs:cs:LG</setSpec></"
                                      "header><metadata><arXiv "
                                      "xmlns='http://arxiv.org/OAI/arXiv/"
                                      "'><id>2601.00001</id>"
                                      "<created>2026-01-01</"
                                      "created><updated>2026-01-03</updated>"
                                      "<authors><author><keyname>King</"
                                      "keyname><forenames>Martin L.\n"
                                      "</forenames><suffix>Jr.</"
                                      "suffix><affiliation>Here</affiliation>"
                                      "<affiliation>There</affiliation></"
                                      "author>"
                                      "<author><keyname>Planck "
                                      "Collaboration</keyname></author></"
                                      "authors>"
                                      "<title>A \\'etude\n  of "
                                      "tests</title><categories>cs.LG stat.ML "
                                      "68T05</categories><comments>Accepted</"
                                      "comments>"
                                      "<journal-ref>J. Tests 1</journal-ref>"
                                      "<doi>10.1/a, "
                                      "10.1/b</doi><license>http://l/</license>"
                                      "<abstract>  Of "
                                      "it.\n</abstract></arXiv></metadata></"
                                      "record>" CLOSE));
    assert_string_equal(got.summary.format, "OAI-PMH arXiv");
    assert_false(got.summary.announces);
    assert_int_equal(got.count, 1);
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(paper->id, "2601.00001");
    assert_string_equal(paper->title, "A \xc3\xa9tude of tests");
    assert_string_equal(paper->abstract, "Of it.");
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[0].name, "Martin L. King Jr.");
    assert_string_equal(paper->authors.items[0].affiliation, "Here");
    assert_string_equal(paper->authors.items[1].name, "Planck Collaboration");
    assert_int_equal(paper->affiliations.count, 2);
    assert_int_equal(paper->categories.count, 2);
    assert_string_equal(paper->categories.items[0], "cs.LG");
    assert_string_equal(paper->comment, "Accepted");
    assert_string_equal(paper->journal_ref, "J. Tests 1");
    assert_string_equal(paper->doi, "10.1/a");
    assert_string_equal(paper->license, "http://l/");
    assert_int_equal(paper->published_ms, INT64_C(1767225600000));
    assert_int_equal(paper->updated_ms, INT64_C(1767398400000));
    records_finish(&got);
}

static void test_the_raw_format_has_versions_and_authors_in_a_line(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST HEADER("hep-th/9901001") "</header><metadata><arXivRaw "
                                          "xmlns='http://arxiv.org/OAI/"
                                          "arXivRaw/'><id>hep-th/9901001</id>"
                                          "<submitter>S</submitter>"
                                          "<version version='v1'><date>Fri, 8 "
                                          "Feb 2013 21:00:01 GMT</date>"
                                          "<size>1kb</size></version>"
                                          "<version version='v2'><date>Tue, 2 "
                                          "Apr 2013 01:50:08 GMT</date>"
                                          "</version><title>T</title>"
                                          "<authors>X Collaboration: A. One, "
                                          "B. Two (Here and There), and C. "
                                          "Three and D. "
                                          "Four</authors><categories>hep-th</"
                                          "categories>"
                                          "<comments>This paper has been "
                                          "withdrawn</comments>"
                                          "</arXivRaw></metadata></"
                                          "record>" CLOSE));
    assert_string_equal(got.summary.format, "OAI-PMH arXivRaw");
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(paper->id, "hep-th/9901001");
    assert_int_equal(paper->version, 2);
    assert_int_equal(paper->published_ms, INT64_C(1360357201000));
    assert_int_equal(paper->updated_ms, INT64_C(1364867408000));
    assert_true(paper->withdrawn);
    static const char *const names[] = {"X Collaboration", "A. One", "B. Two",
            "C. Three", "D. Four"};
    assert_int_equal(paper->authors.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(paper->authors.items[i].name, names[i]);
    assert_string_equal(paper->authors.items[2].affiliation, "Here and There");
    records_finish(&got);
}

static void test_dublin_core_turns_names_and_words_round(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST HEADER("2601.00001") "</header><metadata><oai_dc:dc "
                                      "xmlns:oai_dc='http://"
                                      "www.openarchives.org/OAI/2.0/oai_dc/' "
                                      "xmlns:dc='http://purl.org/dc/elements/"
                                      "1.1/'>"
                                      "<dc:title>T</"
                                      "dc:title><dc:creator>Young, J. "
                                      "E.</dc:creator>"
                                      "<dc:creator>X Collaboration</dc:creator>"
                                      "<dc:subject>Statistics - Machine "
                                      "Learning</dc:subject>"
                                      "<dc:subject>Computer Science - Machine "
                                      "Learning</dc:subject>"
                                      "<dc:subject>Quantum "
                                      "Physics</dc:subject><dc:subject>68T05"
                                      "</dc:subject><dc:description>Of "
                                      "it.</dc:description>"
                                      "<dc:description>Comment: 13 "
                                      "pages</dc:description>"
                                      "<dc:date>2026-01-01</"
                                      "dc:date><dc:date>2026-01-03</dc:date>"
                                      "<dc:identifier>http://arxiv.org/abs/"
                                      "2601.00001</dc:identifier>"
                                      "<dc:identifier>J. Tests "
                                      "1</dc:identifier>"
                                      "<dc:identifier>doi:10.1/a</"
                                      "dc:identifier></oai_dc:dc></metadata>"
                                      "</record>" CLOSE));
    assert_string_equal(got.summary.format, "OAI-PMH oai_dc");
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(paper->authors.items[0].name, "J. E. Young");
    assert_string_equal(paper->authors.items[1].name, "X Collaboration");
    assert_int_equal(paper->categories.count, 3);
    assert_string_equal(paper->categories.items[0], "stat.ML");
    assert_string_equal(paper->categories.items[1], "cs.LG");
    assert_string_equal(paper->categories.items[2], "quant-ph");
    assert_string_equal(paper->abstract, "Of it.");
    assert_string_equal(paper->comment, "13 pages");
    assert_string_equal(paper->journal_ref, "J. Tests 1");
    assert_string_equal(paper->doi, "10.1/a");
    assert_int_equal(paper->published_ms, INT64_C(1767225600000));
    assert_int_equal(paper->updated_ms, INT64_C(1767398400000));
    records_finish(&got);
}

static void test_sets_name_a_category_where_nothing_else_does(void **state)
{
    (void)state;
    static const struct {
        const char *set, *category;
    } cases[] = {{"cs:cs:AI", "cs.AI"}, {"physics:hep-th", "hep-th"},
            {"physics:astro-ph:GA", "astro-ph.GA"}, {"cs", NULL}, {"::", NULL}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct records got = {0};
        char text[600];
        snprintf(text, sizeof text,
                LIST HEADER("2601.00001") "<setSpec>%s</setSpec></header>"
                                          "<metadata><arXiv><title>T</title>"
                                          "</arXiv></metadata></record>" CLOSE,
                cases[i].set);
        assert_true(records_read_text(&got, text));
        const struct string_list *own = &got.items[0].paper.categories;
        assert_int_equal(own->count, cases[i].category != NULL);
        if (cases[i].category != NULL)
            assert_string_equal(own->items[0], cases[i].category);
        records_finish(&got);
    }
}

static void test_a_resumption_token_is_handed_on(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST HEADER("2601.00001") "</header><metadata><arXiv><title>T</"
                                      "title></arXiv></metadata>"
                                      "</record><resumptionToken cursor='0' "
                                      "completeListSize='9'>\n"
                                      " 7269|1001&amp;x "
                                      "\n</resumptionToken>" CLOSE));
    assert_int_equal(got.count, 1);
    assert_string_equal(got.summary.resumption, "7269|1001&x");
    records_finish(&got);
    assert_true(records_read_text(&got, LIST "<resumptionToken/>" CLOSE));
    assert_string_equal(got.summary.resumption, "");
    assert_int_equal(got.count, 0);
    records_finish(&got);
}

static void test_a_token_too_long_to_keep_is_no_last_page(void **state)
{
    (void)state;
    struct records got = {0};
    char token[SOURCE_RESUMPTION_SIZE + 1], text[2000];

    memset(token, 'x', sizeof token);
    token[SOURCE_RESUMPTION_SIZE] = '\0';
    snprintf(text, sizeof text,
            LIST "<resumptionToken>%s</resumptionToken>" CLOSE, token);
    assert_false(records_read_text(&got, text));
    assert_non_null(strstr(got.err.text, "resumption token"));
    records_finish(&got);
    snprintf(text, sizeof text,
            LIST "<resumptionToken>%s</resumptionToken>" CLOSE, token + 1);
    assert_true(records_read_text(&got, text));
    assert_int_equal(strlen(got.summary.resumption),
            SOURCE_RESUMPTION_SIZE - 1);
    records_finish(&got);
}

static void test_deleted_records_are_named_and_counted(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST "<record><header status='deleted'><identifier>"
                 "oai:arXiv.org:2601.00001</identifier></header></record>"
                 "<record><header status='deleted'/></record>" CLOSE));
    assert_int_equal(got.count, 0);
    assert_int_equal(got.summary.rejected, 2);
    assert_int_equal(got.summary.deleted, 2);
    assert_string_equal(got.complaints[0].where, "record 1 (2601.00001)");
    assert_string_equal(got.complaints[0].wrong,
            "was deleted: oai:arXiv.org:2601.00001");
    assert_string_equal(got.complaints[1].wrong, "was deleted");
    records_finish(&got);
}

static void test_another_archives_record_costs_only_itself(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            LIST
            "<record><header><identifier>oai:other:1</identifier></header>"
            "<metadata><arXiv><title>T</title></arXiv></metadata></"
            "record>" HEADER("2601.00001") "</header><metadata><arXiv><title>T"
                                           "</title></arXiv></metadata></"
                                           "record>" CLOSE));
    assert_int_equal(got.count, 1);
    assert_int_equal(got.summary.rejected, 1);
    assert_int_equal(got.summary.deleted, 0);
    assert_non_null(strstr(got.complaints[0].wrong, "oai:other:1"));
    records_finish(&got);
}

static void test_an_error_is_a_message_with_its_code(void **state)
{
    (void)state;
    static const struct {
        const char *error, *code, *words;
    } cases[] = {
            {"<error code='badVerb'>Bad verb &lt;x></error>", "badVerb",
                    "badVerb: Bad verb <x>"},
            {"<error code='noRecordsMatch'/>", "noRecordsMatch", "fits the"},
            {"<error code='badResumptionToken'> </error>", "badResumptionToken",
                    "expired"},
            {"<error code='new'/>", "new", "no reason"},
            {"<error/>", "error", "no reason"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct records got = {0};
        char text[600];
        snprintf(text, sizeof text, OPEN "%s</OAI-PMH>", cases[i].error);
        assert_false(records_read_text(&got, text));
        assert_string_equal(got.summary.format, "OAI-PMH error");
        assert_string_equal(got.summary.refusal, cases[i].code);
        assert_int_equal(got.err.kind, ERROR_INPUT);
        if (strstr(got.err.text, cases[i].words) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", got.err.text,
                    cases[i].words);
        records_finish(&got);
    }
}

static void test_answers_without_papers_say_what_would_be_right(void **state)
{
    (void)state;
    static const char *const verbs[] =
            {"<ListIdentifiers><header/></ListIdentifiers>",
                    "<Identify><baseURL>x</baseURL></Identify>", "<ListSets/>",
                    ""};
    static const char *const words[] = {"ListIdentifiers", "Identify",
            "ListSets", "empty answer"};

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct records got = {0};
        char text[600];
        snprintf(text, sizeof text, OPEN "%s</OAI-PMH>", verbs[i]);
        assert_false(records_read_text(&got, text));
        assert_int_equal(got.count + got.complaint_count, 0);
        assert_non_null(strstr(got.err.text, words[i]));
        assert_non_null(strstr(got.err.text, "ListRecords or GetRecord"));
        records_finish(&got);
    }
}

static void test_an_answer_cut_off_keeps_what_came_before(void **state)
{
    (void)state;
    struct records got = {0};

    assert_false(records_read_text(&got,
            LIST HEADER("2601.00001") "</header><metadata><arXiv><title>T"
                                      "</title></arXiv></metadata></"
                                      "record>" HEADER("2601.00002")));
    assert_int_equal(got.count, 1);
    assert_non_null(strstr(got.err.text, "breaks off"));
    records_finish(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_arxiv_format_has_authors_in_parts),
            cmocka_unit_test(
                    test_the_raw_format_has_versions_and_authors_in_a_line),
            cmocka_unit_test(test_dublin_core_turns_names_and_words_round),
            cmocka_unit_test(test_sets_name_a_category_where_nothing_else_does),
            cmocka_unit_test(test_a_resumption_token_is_handed_on),
            cmocka_unit_test(test_a_token_too_long_to_keep_is_no_last_page),
            cmocka_unit_test(test_deleted_records_are_named_and_counted),
            cmocka_unit_test(test_another_archives_record_costs_only_itself),
            cmocka_unit_test(test_an_error_is_a_message_with_its_code),
            cmocka_unit_test(
                    test_answers_without_papers_say_what_would_be_right),
            cmocka_unit_test(test_an_answer_cut_off_keeps_what_came_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
