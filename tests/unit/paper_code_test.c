/* Where a paper's code is, found in what its authors write. */
#include "bot/model/paper_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_links_to_places_of_code_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
    } cases[] = {
            {"Code: https://github.com/rope/knots.",
                    "https://github.com/rope/knots"},
            {"(http://www.github.com/rope/knots)",
                    "https://github.com/rope/knots"},
            {"\\url{https://github.com/rope/knots\\_v2}, 12 pages",
                    "https://github.com/rope/knots_v2"},
            {"\\href{https://gitlab.com/a/b}{here}", "https://gitlab.com/a/b"},
            {"see github.com/rope/knots/tree/main;",
                    "https://github.com/rope/knots/tree/main"},
            {"GitHub.com/Rope/Knots", "https://GitHub.com/Rope/Knots"},
            {"models: https://huggingface.co/rope/knot-7B",
                    "https://huggingface.co/rope/knot-7B"},
            {"https://github.com/rope/knots\xE3\x80\x82",
                    "https://github.com/rope/knots"},
            {"https://rope.github.io then https://github.com/rope/x",
                    "https://github.com/rope/x"},
            {"https://huggingface.co/papers/2605.1 https://github.com/a/b",
                    "https://github.com/a/b"},
            {"https://github.com/ and https://codeberg.org/a/b",
                    "https://codeberg.org/a/b"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(paper_code_in(cases[i].text, &arena),
                cases[i].code);
    arena_finish(&arena);
}

static void test_what_is_no_place_of_code_is_not_one(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "github", "We use GitHub.",
            "https://github.com", "https://github.com/", "github.com/.",
            "https://mygithub.com/a/b", "https://gist.github.com/a",
            "https://example.org/github.com", "ada@github.com/",
            "https://huggingface.co/papers/2605.00001",
            "https://github.com/topics/ropes", "this https URL"};
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*paper_code_in(texts[i], &arena) != '\0')
            fail_msg("%s: %s", texts[i], paper_code_in(texts[i], &arena));
    arena_finish(&arena);
}

static void test_an_endless_address_is_none(void **state)
{
    (void)state;
    char text[1000] = "https://github.com/";
    struct arena arena = {0};

    memset(text + strlen(text), 'a', sizeof text - strlen(text) - 1);
    assert_string_equal(paper_code_in(text, &arena), "");
    arena_finish(&arena);
}

static void test_the_paper_itself_is_heard_first(void **state)
{
    (void)state;
    struct paper paper = paper_empty();
    struct arena arena = {0};

    assert_string_equal(paper_code_of(&paper, &arena), "");
    paper.code = "https://github.com/page/link";
    assert_string_equal(paper_code_of(&paper, &arena), paper.code);
    paper.comment = "github.com/the/comment";
    assert_string_equal(paper_code_of(&paper, &arena),
            "https://github.com/the/comment");
    paper.abstract = "github.com/the/abstract";
    assert_string_equal(paper_code_of(&paper, &arena),
            "https://github.com/the/abstract");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_links_to_places_of_code_are_found),
            cmocka_unit_test(test_what_is_no_place_of_code_is_not_one),
            cmocka_unit_test(test_an_endless_address_is_none),
            cmocka_unit_test(test_the_paper_itself_is_heard_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
