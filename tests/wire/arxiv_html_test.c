/* Papers' HTML pages over HTTP: their fronts, and what comes instead. */
#include "adapters/sources/arxiv_html.h"
#include "tests/support/author_text.h"
#include "tests/support/lookup_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    LONG_BYTES = 3 * 1024 * 1024,
    DEEP = 5000,
};

#define FRONT                                                                  \
    "<!DOCTYPE html><html><body><header><a href=\"https://github.com/arXiv/"   \
    "feedback\">Report</a></header><article class=\"ltx_document\"><h1 "       \
    "class=\"ltx_title ltx_title_document\">Knots That Hold</h1><div class="   \
    "\"ltx_authors\"><span class=\"ltx_creator ltx_role_author\"><span "       \
    "class=\"ltx_personname\">Ada Loop</span><span class=\""                   \
    "ltx_author_notes\"><a href=\"https://github.com/ada\">home</a><span "     \
    "class=\"ltx_contact ltx_role_affiliation\">Rope University</span>"        \
    "</span></span></div><div class=\"ltx_abstract\"><p>Ropes. Code: <a "      \
    "href=\"https://github.com/rope/knots\" class=\"ltx_ref\">here</a>.</p>"   \
    "</div>"
#define PAGE                                                                   \
    FRONT "<section class=\"ltx_section\"><a href=\"https://github.com/a/b\">" \
          "x</a></section></article></body></html>"

static const struct paper *only_paper(struct lookup_world *world)
{
    if (world->failed)
        fail_msg("%s", world->err.text);
    assert_true(world->page.complete);
    assert_int_equal(world->records.count, 1);
    return &world->records.items[0].paper;
}

static void test_a_page_tells_authors_affiliations_and_code(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);
    struct arena arena = {0};

    lookup_world_ask(world, 200, "Content-Type: text/html; charset=utf-8\r\n",
            PAGE);
    const struct paper *paper = only_paper(world);
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/api/2605.00001");
    assert_string_equal(http_server_header(world->server, 0, "Accept"),
            "text/html");
    assert_true(world->records.items[0].secondhand);
    assert_string_equal(paper->id, "2605.00001");
    assert_string_equal(paper->title, "Knots That Hold");
    assert_string_equal(author_text_names(paper, &arena),
            "Ada Loop[Rope University]");
    assert_string_equal(paper->code, "https://github.com/rope/knots");
    assert_string_equal(paper->abstract, "");
    arena_finish(&arena);
    lookup_world_close(world);
}

static void test_a_long_page_is_read_to_its_front_alone(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);
    char *page = malloc(LONG_BYTES + 1);

    assert_non_null(page);
    memset(page, 'x', LONG_BYTES);
    memcpy(page, FRONT, strlen(FRONT));
    page[LONG_BYTES] = '\0';
    lookup_world_ask(world, 200, NULL, page);
    assert_int_equal(only_paper(world)->affiliations.count, 1);
    free(page);
    lookup_world_close(world);
}

static void test_a_page_that_breaks_off_tells_what_it_has(void **state)
{
    (void)state;
    for (size_t length = 0; length < strlen(PAGE); length += 7) {
        struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);
        char page[sizeof PAGE] = "";
        memcpy(page, PAGE, length);
        lookup_world_ask(world, 200, NULL, page);
        assert_false(world->failed);
        assert_true(world->records.count <= 1);
        lookup_world_close(world);
    }
}

static void test_a_paper_without_a_page_is_not_known_there(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);

    lookup_world_ask(world, 404, NULL, "<html>No HTML for this paper</html>");
    assert_false(world->failed);
    assert_true(world->page.complete);
    assert_int_equal(world->records.count, 0);
    lookup_world_close(world);
}

static void test_a_page_that_has_moved_is_found(void **state)
{
    (void)state;
    struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);

    http_server_script(world->server,
            &(struct http_script){.path = "/moved", .body = PAGE});
    lookup_world_ask(world, 301, "Location: /moved/2605.00001v2\r\n", "");
    assert_string_equal(only_paper(world)->id, "2605.00001");
    lookup_world_close(world);
}

/* Deep, and of no use. */
static char *deep_page(void)
{
    static const char open[] = "<div>";
    char *page = calloc(DEEP, sizeof open);

    assert_non_null(page);
    for (size_t i = 0; i < DEEP; i++)
        memcpy(page + i * (sizeof open - 1), open, sizeof open - 1);
    return page;
}

static void test_what_is_no_such_page_says_nothing_of_the_next(void **state)
{
    (void)state;
    char *deep = deep_page();
    const char *const pages[] = {"", "<html><p>Some site</p></html>",
            "\xFF\xFE\x00", "{\"a\":1}", deep};

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);
        lookup_world_ask(world, 200, NULL, pages[i]);
        assert_false(world->failed);
        assert_int_equal(world->records.count, 0);
        assert_int_equal(world->page.summary.rejected, 1);
        lookup_world_close(world);
    }
    free(deep);
}

static void test_who_asks_too_often_waits(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *headers, *body;
        enum error_kind kind;
        int64_t wait_ms;
    } cases[] = {
            {429, "Retry-After: 60\r\n", "", ERROR_RETRY, 60000},
            {200, NULL, "Rate exceeded.", ERROR_RETRY, 0},
            {503, NULL, "", ERROR_RETRY, 0},
            {403, NULL, "Forbidden", ERROR_STOP, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lookup_world *world = lookup_world_open(&arxiv_html_kind, NULL);
        lookup_world_ask(world, cases[i].status, cases[i].headers,
                cases[i].body);
        assert_true(world->failed);
        assert_int_equal(world->err.kind, cases[i].kind);
        assert_int_equal(world->err.retry_after_ms, cases[i].wait_ms);
        lookup_world_close(world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_page_tells_authors_affiliations_and_code),
            cmocka_unit_test(test_a_long_page_is_read_to_its_front_alone),
            cmocka_unit_test(test_a_page_that_breaks_off_tells_what_it_has),
            cmocka_unit_test(test_a_paper_without_a_page_is_not_known_there),
            cmocka_unit_test(test_a_page_that_has_moved_is_found),
            cmocka_unit_test(
                    test_what_is_no_such_page_says_nothing_of_the_next),
            cmocka_unit_test(test_who_asks_too_often_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
