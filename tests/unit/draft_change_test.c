/* A draft is changed, and its numbers stay with their papers. */
#include "bot/draft_change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena the_arena;

static int close_arena(void **state)
{
    (void)state;
    arena_finish(&the_arena);
    return 0;
}

/* "1 2 | 3 | 4 5" */
static const char *text_of(const struct draft *draft)
{
    const char *text = "";
    enum draft_place place = DRAFT_TOP;

    for (size_t i = 0; i < draft->count; i++) {
        for (; place < draft->papers[i].place; place++)
            text = arena_format(&the_arena, "%s| ", text);
        text = arena_format(&the_arena, "%s%u ", text, draft->papers[i].number);
    }
    return text;
}

/* Two in full, two further ones, two that are out. */
static struct draft six(void)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    struct draft draft = {.papers = arena_array(&the_arena, struct draft_paper,
                                  6),
            .count = 6};

    for (unsigned i = 0; i < 6; i++)
        draft.papers[i] = (struct draft_paper){.paper_id = ids[i],
                .tag = "LG",
                .number = i + 1,
                .place = (enum draft_place)(i / 2),
                .text = ""};
    return draft;
}

static void test_what_is_put_comes_to_the_end_of_its_tier(void **state)
{
    struct draft draft = six();

    (void)state;
    draft_change_put(&draft, 5, DRAFT_TOP);
    assert_string_equal(text_of(&draft), "1 2 5 | 3 4 | 6 ");
    draft_change_put(&draft, 1, DRAFT_ALSO);
    assert_string_equal(text_of(&draft), "2 5 | 3 4 1 | 6 ");
    draft_change_put(&draft, 2, DRAFT_OUT);
    assert_string_equal(text_of(&draft), "5 | 3 4 1 | 6 2 ");
    draft_change_put(&draft, 5, DRAFT_TOP);
    assert_string_equal(text_of(&draft), "5 | 3 4 1 | 6 2 ");
    draft_change_put(&draft, 77, DRAFT_TOP);
    assert_string_equal(text_of(&draft), "5 | 3 4 1 | 6 2 ");
}

static void test_who_takes_a_place_joins_the_tier_there(void **state)
{
    struct draft draft = six();

    (void)state;
    draft_change_move(&draft, 4, 1);
    assert_string_equal(text_of(&draft), "4 1 2 | 3 | 5 6 ");
    draft_change_move(&draft, 4, 4);
    assert_string_equal(text_of(&draft), "1 2 | 3 4 | 5 6 ");
    draft_change_move(&draft, 1, 2);
    assert_string_equal(text_of(&draft), "2 1 | 3 4 | 5 6 ");
    draft_change_move(&draft, 2, 99);
    assert_string_equal(text_of(&draft), "1 | 3 4 2 | 5 6 ");
    draft_change_move(&draft, 6, 2);
    assert_string_equal(text_of(&draft), "1 | 6 3 4 2 | 5 ");
    draft_change_move(&draft, 5, 99);
    assert_string_equal(text_of(&draft), "1 | 6 3 4 2 5 ");
    draft_change_move(&draft, 1, 0);
    assert_string_equal(text_of(&draft), "1 | 6 3 4 2 5 ");
}

static void test_places_are_counted_through_what_is_in(void **state)
{
    struct draft draft = six();

    (void)state;
    assert_int_equal(draft_change_in(&draft), 4);
    assert_int_equal(draft_change_place(&draft, draft_change_number(&draft, 3)),
            3);
    assert_int_equal(draft_change_place(&draft, draft_change_number(&draft, 5)),
            0);
}

static void test_a_new_paper_gets_the_next_number(void **state)
{
    struct draft draft = six();

    (void)state;
    draft_change_put(&draft, 6, DRAFT_TOP);
    struct draft_paper *added = draft_change_add(&draft, "g", "CV", &the_arena);
    assert_int_equal(added->number, 7);
    assert_int_equal(added->place, DRAFT_OUT);
    assert_string_equal(text_of(&draft), "1 2 6 | 3 4 | 5 7 ");
    assert_int_equal(draft_change_id(&draft, "g")->number, 7);
    assert_null(draft_change_id(&draft, "h"));
}

static void test_an_empty_draft_takes_papers_again(void **state)
{
    struct draft draft = six();

    (void)state;
    for (unsigned i = 1; i <= 6; i++)
        draft_change_put(&draft, i, DRAFT_OUT);
    assert_int_equal(draft_change_in(&draft), 0);
    draft_change_move(&draft, 3, 5);
    assert_int_equal(draft_change_number(&draft, 3)->place, DRAFT_TOP);
    assert_int_equal(draft_change_in(&draft), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_what_is_put_comes_to_the_end_of_its_tier),
            cmocka_unit_test(test_who_takes_a_place_joins_the_tier_there),
            cmocka_unit_test(test_places_are_counted_through_what_is_in),
            cmocka_unit_test(test_a_new_paper_gets_the_next_number),
            cmocka_unit_test(test_an_empty_draft_takes_papers_again),
    };
    return cmocka_run_group_tests(tests, NULL, close_arena);
}
