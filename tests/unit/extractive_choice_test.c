/* Which sentences of an abstract stand for the whole.  The abstracts are made up. */
#include "adapters/writers/extractive_choice.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char title[] = "Patient Gradients: Averaging for Slow Learners";
static const char abstract[] =
        "Recent years have seen optimisers grow ever faster. However, speed is "
        "not everything, e.g. for small data. We propose patient gradients, an "
        "averaging rule with one parameter. It is simple. On three tasks it "
        "lowers the error from 7.4 % to 5.1 %. Code is available at "
        "https://example.org/code.";

static void test_it_says_what_was_done_and_found(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(extractive_choice(&arena, title, abstract, 30),
            "We propose patient gradients, an averaging rule with one "
            "parameter. On three tasks it lowers the error from 7.4 % to "
            "5.1 %.");
    arena_finish(&arena);
}

static size_t words_of(const char *text)
{
    size_t words = *text != '\0';

    for (; *text != '\0'; text++)
        words += *text == ' ';
    return words;
}

static void test_an_opening_that_points_back_goes(void **state)
{
    static const struct {
        const char *abstract, *choice;
    } cases[] = {
            {"All is bad. To bridge this gap, we show a bridge.",
                    "We show a bridge."},
            {"Here, we show a bridge.", "We show a bridge."},
            {"In old Rome, we show a bridge.",
                    "In old Rome, we show a bridge."},
            {"All is bad.Hence, to cross, we show a bridge.",
                    "To cross, we show a bridge."},
            {"We show parts: 1) a road. We find that stone bridges last.",
                    "We find that stone bridges last."},
            {"We show a way (F-1) over. Stones may last.",
                    "We show a way (F-1) over."},
            {"Its arch is our method. Long bridges improve and last.",
                    "Long bridges improve and last."},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(extractive_choice(&arena, "Bridges",
                                    cases[i].abstract, 7),
                cases[i].choice);
    arena_finish(&arena);
}

static void test_what_it_points_to_is_there_or_the_opening_goes(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(extractive_choice(&arena, "Bridges",
                                "We propose two. Rivers are wide everywhere, "
                                "however. On "
                                "this ground, we propose a third.",
                                12),
            "We propose two. We propose a third.");
    assert_string_equal(extractive_choice(&arena, "Bridges",
                                "We propose two. On this ground, we propose a "
                                "third.",
                                12),
            "We propose two. On this ground, we propose a third.");
    arena_finish(&arena);
}

static void test_an_item_of_a_list_does_not_stand_alone(void **state)
{
    static const char listed[] =
            "We propose two bridges. They are built as follows. (1) Fast "
            "bridges of state-of-the-art steel outperform bridges of stone. "
            "(ii) We show that stone bridges last.";
    struct arena arena = {0};

    (void)state;
    assert_string_equal(extractive_choice(&arena, "Bridges", listed, 30),
            "We propose two bridges. We show that stone bridges last.");
    arena_finish(&arena);
}

static void test_it_keeps_within_its_words(void **state)
{
    struct arena arena = {0};

    (void)state;
    for (size_t words = 12; words < 70; words++) {
        const char *choice = extractive_choice(&arena, title, abstract, words);
        assert_true(words_of(choice) <= words);
        assert_true(*choice != '\0');
    }
    arena_finish(&arena);
}

static void test_one_endless_sentence_is_taken_whole(void **state)
{
    struct arena arena = {0};
    const char *endless = "We show that a sentence without an end goes on";

    (void)state;
    assert_string_equal(extractive_choice(&arena, title, endless, 5), endless);
    assert_string_equal(extractive_choice(&arena, title, "", 60), "");
    arena_finish(&arena);
}

static void test_what_stands_side_by_side_is_taken_as_it_stands(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_non_null(strstr(abstract,
            extractive_choice(&arena, title, abstract, 12)));
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_it_says_what_was_done_and_found),
            cmocka_unit_test(test_an_opening_that_points_back_goes),
            cmocka_unit_test(
                    test_what_it_points_to_is_there_or_the_opening_goes),
            cmocka_unit_test(test_an_item_of_a_list_does_not_stand_alone),
            cmocka_unit_test(test_it_keeps_within_its_words),
            cmocka_unit_test(test_one_endless_sentence_is_taken_whole),
            cmocka_unit_test(
                    test_what_stands_side_by_side_is_taken_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
