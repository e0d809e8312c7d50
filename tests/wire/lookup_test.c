/* OpenAlex and Semantic Scholar over HTTP: what is asked of them, and what is
 * read out of answers in the shape that they have. */
#include "adapters/sources/openalex.h"
#include "adapters/sources/semantic_scholar.h"
#include "tests/support/lookup_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WORK(place)                                                            \
    "{\"doi\":\"https://doi.org/10.1234/rope.7\",\"display_name\":\"Knots "    \
    "That Hold\",\"cited_by_count\":12,\"locations\":[{\"landing_page_url\":"  \
    "null,\"pdf_url\":null},{\"landing_page_url\":\"" place                    \
    "\",\"pdf_url\":null}],\"authorships\":[{\"author_position\":\"first\","   \
    "\"author\":{\"id\":\"https://openalex.org/A1\",\"display_name\":"         \
    "\"Ada Loop\",\"orcid\":null},\"institutions\":[{\"id\":\"https://"        \
    "openalex.org/I1\",\"display_name\":\"Rope University\",\"ror\":null},"    \
    "{\"display_name\":\"Cord Lab\"}],\"raw_affiliation_strings\":[\"Dept. "   \
    "X, Rope University\"]},{\"author\":{\"display_name\":\"Ben Bow\"},"       \
    "\"institutions\":[],\"raw_affiliation_strings\":[\"Hemp Inc.\"]}]}"

static void test_openalex_is_asked_by_doi_with_the_key(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&openalex_kind, "K-1");

    lookup_world_ask(world, 200, NULL,
            "{\"meta\":{\"count\":0},\"results\":[]}");
    assert_false(world->failed);
    assert_true(world->page.complete);
    assert_int_equal(world->records.count, 0);
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/api/works?filter=doi:10.48550/arxiv.2605.00001%7C10.48550/"
            "arxiv.hep-th/9901001&select=doi,display_name,authorships,"
            "cited_by_count,locations&per-page=100&api_key=K-1");
    lookup_world_close(world);
}

static void test_openalex_tells_institutions_and_citations(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&openalex_kind, NULL);

    lookup_world_ask(world, 200, NULL,
            "{\"results\":[" WORK("https://arxiv.org/abs/2605.00001") "]}");
    assert_int_equal(world->records.count, 1);
    const struct source_record *record = &world->records.items[0];
    const struct paper *paper = &record->paper;
    assert_true(record->secondhand);
    assert_string_equal(paper->id, "2605.00001");
    assert_string_equal(paper->title, "Knots That Hold");
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[0].name, "Ada Loop");
    assert_string_equal(paper->authors.items[0].affiliation, "Rope University");
    assert_string_equal(paper->authors.items[1].affiliation, "Hemp Inc.");
    assert_int_equal(paper->affiliations.count, 3);
    assert_string_equal(paper->affiliations.items[1], "Cord Lab");
    assert_int_equal(signal_value(&record->signals, SIGNAL_CITATIONS), 12);
    lookup_world_close(world);
}

static void test_a_work_that_lies_nowhere_at_arxiv_is_passed_over(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&openalex_kind, NULL);

    lookup_world_ask(world, 200, NULL,
            "{\"results\":[null,7," WORK("https://example.org/1") "]}");
    assert_false(world->failed);
    assert_int_equal(world->records.count, 0);
    lookup_world_close(world);
}

#define SCHOLAR                                                                \
    "[null,{\"paperId\":\"c31c\",\"externalIds\":{\"MAG\":\"2096\","           \
    "\"CorpusId\":470667},\"title\":\"Another\",\"citationCount\":5,"          \
    "\"authors\":[]},{\"paperId\":\"2d56\",\"externalIds\":{\"ArXiv\":"        \
    "\"2605.00001\",\"DOI\":\"10.1234/rope.7\"},\"title\":\"Knots That "       \
    "Hold\",\"citationCount\":3,\"authors\":[{\"authorId\":\"8\",\"name\":"    \
    "\"A. Loop\",\"affiliations\":[\"Rope University\"]},{\"authorId\":null,"  \
    "\"name\":\"B. Bow\",\"affiliations\":[]}]},{\"paperId\":\"99\","          \
    "\"externalIds\":{\"ArXiv\":\"hep-th/9901001\"},\"title\":\"Old "          \
    "Rope\",\"citationCount\":null,\"authors\":null}]"

static void test_semantic_scholar_is_asked_by_arxiv_ids(void **state)
{
    (void)state;
    struct lookup_world *world =
            lookup_world_open(&semantic_scholar_kind, "K-2");

    lookup_world_ask(world, 200, NULL, SCHOLAR);
    assert_false(world->failed);
    const struct http_record *asked = http_server_record(world->server, 0);
    assert_string_equal(asked->method, "POST");
    assert_string_equal(asked->target,
            "/api/paper/batch?fields=title,externalIds,citationCount,"
            "authors.name,authors.affiliations");
    assert_string_equal(asked->body,
            "{\"ids\":[\"ARXIV:2605.00001\",\"ARXIV:hep-th/9901001\"]}");
    assert_string_equal(http_server_header(world->server, 0, "x-api-key"),
            "K-2");
    lookup_world_close(world);
}

static void test_semantic_scholar_may_know_much_little_or_nothing(void **state)
{
    (void)state;
    struct lookup_world *world =
            lookup_world_open(&semantic_scholar_kind, NULL);

    lookup_world_ask(world, 200, NULL, SCHOLAR);
    assert_string_equal(http_server_header(world->server, 0, "x-api-key"), "");
    assert_int_equal(world->records.count, 2);
    const struct source_record *first = &world->records.items[0];
    assert_string_equal(first->paper.id, "2605.00001");
    assert_int_equal(first->paper.affiliations.count, 1);
    assert_string_equal(first->paper.authors.items[1].name, "B. Bow");
    assert_string_equal(first->paper.authors.items[1].affiliation, "");
    assert_int_equal(signal_value(&first->signals, SIGNAL_CITATIONS), 3);
    const struct source_record *second = &world->records.items[1];
    assert_string_equal(second->paper.title, "Old Rope");
    assert_int_equal(second->paper.authors.count, 0);
    assert_int_equal(second->signals.count, 0);
    lookup_world_close(world);
}

static void
test_what_goes_wrong_is_said_and_tried_again_if_it_may_pass(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *headers, *body;
        enum error_kind kind;
        int64_t wait_ms;
    } cases[] = {
            {429, "Retry-After: 60\r\n", "{\"message\":\"slow\"}", ERROR_RETRY,
                    60000},
            {503, NULL, "", ERROR_RETRY, 0},
            {400, NULL, "{\"error\":\"No valid paper ids given\"}",
                    ERROR_REJECTED, 0},
            {403, NULL, "{\"message\":\"Forbidden\"}", ERROR_STOP, 0},
            {200, NULL, "[{\"title\":", ERROR_RETRY, 0},
            {200, NULL, "<html>", ERROR_RETRY, 0},
            {200, NULL, "{\"data\":[]}", ERROR_INPUT, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lookup_world *world =
                lookup_world_open(&semantic_scholar_kind, NULL);
        lookup_world_ask(world, cases[i].status, cases[i].headers,
                cases[i].body);
        assert_true(world->failed);
        assert_int_equal(world->err.kind, cases[i].kind);
        assert_int_equal(world->err.retry_after_ms, cases[i].wait_ms);
        assert_non_null(strstr(world->err.text, "Semantic Scholar, 2 papers"));
        lookup_world_close(world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_openalex_is_asked_by_doi_with_the_key),
            cmocka_unit_test(test_openalex_tells_institutions_and_citations),
            cmocka_unit_test(
                    test_a_work_that_lies_nowhere_at_arxiv_is_passed_over),
            cmocka_unit_test(test_semantic_scholar_is_asked_by_arxiv_ids),
            cmocka_unit_test(
                    test_semantic_scholar_may_know_much_little_or_nothing),
            cmocka_unit_test(
                    test_what_goes_wrong_is_said_and_tried_again_if_it_may_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
