/* People and places as a digest names them. */
#include "bot/digest_names.h"

#include "bot/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void test_names_become_short(void **state)
{
    (void)state;
    static const struct {
        const char *name, *expected;
    } cases[] = {
            {"Ankur P. Parikh", "A P. Parikh"},
            {"Patrick von Platen", "P v Platen"},
            {"Mohammad Emtiyaz Khan", "M E Khan"},
            {"Duen Horng Chau", "D H Chau"},
            /* Already short. */
            {"A P. Parikh", "A P. Parikh"},
            {"P v Platen", "P v Platen"},
            {"M E Khan", "M E Khan"},
            {"T M\u00f6llenhoff", "T M\u00f6llenhoff"},
            {"J. Preskill", "J Preskill"},
            {"\u00c9va Tardos", "\u00c9 Tardos"},
            {"E\u0301va Tardos", "E\u0301 Tardos"},
            {"Jean-Luc Picard", "J Picard"},
            {"J.-L. Picard", "J Picard"},
            {"J.R.R. Tolkien", "J Tolkien"},
            {"Gerard 't Hooft", "G t Hooft"},
            {"Sammy Davis Jr.", "S Davis Jr."},
            {"Sammy Davis, Jr.", "S Davis Jr."},
            {"John Smith III", "J Smith III"},
            {"  Ada   Lovelace ", "A Lovelace"},
            {"Plato", "Plato"},
            {"", ""},
            /* Family first: an initial would name nobody. */
            {"李飞飞", "李飞飞"},
            {"李 飞飞", "李 飞飞"},
            /* Not people. */
            {"ATLAS Collaboration", "ATLAS Collaboration"},
            {"The Event Horizon Telescope Collaboration",
                    "The Event Horizon Telescope Collaboration"},
            {"Gemini Team", "Gemini Team"},
            {"Mistral AI", "Mistral AI"},
            {"Qingyao Ai", "Q Ai"},
            {"a b c d e f g h i j k l m", "a b c d e f g h i j k l m"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(digest_short_name(&arena, cases[i].name),
                cases[i].expected);
}

static struct author_list people(size_t count, bool more)
{
    struct author_list list = {
            .items = arena_array(&arena, struct author, count + 1),
            .count = count,
            .more = more,
    };

    for (size_t i = 0; i < count; i++)
        list.items[i] =
                (struct author){arena_format(&arena, "Ada N%zu", i + 1), ""};
    return list;
}

static void test_long_lists_of_authors_show_four(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        bool more;
        const char *expected;
    } cases[] = {
            {0, false, ""},
            {0, true, ""},
            {1, false, "A N1"},
            {2, true, "A N1, A N2..."},
            {4, true, "A N1, A N2, A N3, A N4..."},
            {5, true, "A N1, A N2, A N3, A N4..."},
            {11, false, "A N1, A N2, A N3, A N4..."},
            {300, true, "A N1, A N2, A N3, A N4..."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct author_list list = people(cases[i].count, cases[i].more);

        assert_string_equal(digest_names_authors(&arena, &list),
                cases[i].expected);
    }
    struct author_list ten = people(10, false);
    assert_non_null(strstr(digest_names_authors(&arena, &ten), "A N10"));
}

static void test_a_lone_mark_is_nobody(void **state)
{
    (void)state;
    struct author items[] = {{"NVIDIA", ""}, {":", ""}, {"Ada Lovelace", ""}};
    struct author_list list = {items, 3, false};

    assert_string_equal(digest_names_authors(&arena, &list),
            "NVIDIA, A Lovelace");
}

static void test_affiliations_beyond_five_are_said(void **state)
{
    (void)state;
    const char *places[] = {"A", "B", "C", "D", "E", "F"};
    struct paper paper = paper_empty();

    assert_string_equal(digest_names_affiliations(&arena, &paper), "");
    paper.more_affiliations = true; /* of none known nothing can be said */
    assert_string_equal(digest_names_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 1};
    assert_string_equal(digest_names_affiliations(&arena, &paper), "[A & ...]");
    paper.more_affiliations = false;
    paper.affiliations.count = 5;
    assert_string_equal(digest_names_affiliations(&arena, &paper),
            "[A & B & C & D & E]");
    paper.affiliations.count = 6;
    assert_string_equal(digest_names_affiliations(&arena, &paper),
            "[A & B & C & D & E & ...]");
}

static void test_a_brief_entry_names_two_short_affiliations(void **state)
{
    (void)state;
    const char *places[] =
            {"The Interdisciplinary Centre for Very Long Names of Institutions",
                    "A", "清华大学", "C"};
    struct paper paper = paper_empty();

    assert_string_equal(digest_names_brief_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 1};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper), "");
    paper.affiliations = (struct string_list){places, 2};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & ...]");
    paper.affiliations = (struct string_list){places + 1, 2};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & 清华大学]");
    paper.affiliations = (struct string_list){places + 1, 3};
    assert_string_equal(digest_names_brief_affiliations(&arena, &paper),
            "[A & 清华大学 & ...]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_names_become_short, tidy),
            cmocka_unit_test_teardown(test_long_lists_of_authors_show_four,
                    tidy),
            cmocka_unit_test_teardown(test_a_lone_mark_is_nobody, tidy),
            cmocka_unit_test_teardown(test_affiliations_beyond_five_are_said,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_brief_entry_names_two_short_affiliations, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
