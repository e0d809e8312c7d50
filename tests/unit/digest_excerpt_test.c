/* How much of an abstract is shown. */
#include "bot/digest_excerpt.h"

#include "bot/base/text.h"

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

static const char *repeated(const char *piece, size_t times)
{
    struct text text;

    text_init(&text, &arena, 65536);
    while (times-- > 0)
        text_add(&text, piece);
    return text_string(&text);
}

static void test_a_short_text_stays_whole(void **state)
{
    (void)state;
    assert_string_equal(digest_excerpt(&arena, ""), "");
    assert_string_equal(digest_excerpt(&arena, "One. Two."), "One. Two.");
    const char *han = repeated("字", 120);
    assert_string_equal(digest_excerpt(&arena, han), han);
    const char *words = arena_format(&arena, "w%s", repeated(" word", 59));
    assert_string_equal(digest_excerpt(&arena, words), words);
}

static void test_whole_sentences_are_kept_if_they_say_enough(void **state)
{
    (void)state;
    const char *thirty = arena_format(&arena, "W%s.", repeated(" word", 29));
    const char *text = arena_format(&arena, "%s %s %s", thirty, "A few.",
            repeated("More ", 60));
    assert_string_equal(digest_excerpt(&arena, text),
            arena_format(&arena, "%s A few.", thirty));

    const char *han = arena_format(&arena, "%s。%s。%s", repeated("甲", 50),
            repeated("乙", 40), repeated("丙", 50));
    assert_string_equal(digest_excerpt(&arena, han),
            arena_format(&arena, "%s。%s。", repeated("甲", 50),
                    repeated("乙", 40)));
}

static void test_a_long_sentence_is_cut_between_words(void **state)
{
    (void)state;
    const char *text = arena_format(&arena, "We. %s", repeated("word, ", 90));
    const char *cut = digest_excerpt(&arena, text);

    assert_string_equal(cut,
            arena_format(&arena, "We. %sword…", repeated("word, ", 58)));

    /* A Latin word among Han stays whole, or goes. */
    const char *han = arena_format(&arena, "%sTransformer%s",
            repeated("字", 115), repeated("字", 40));
    assert_string_equal(digest_excerpt(&arena, han),
            arena_format(&arena, "%s…", repeated("字", 115)));
    assert_int_equal(text_graphemes(digest_excerpt(&arena,
                             repeated("字", 500))),
            120);
}

static void test_stops_that_end_no_sentence_do_not_cut(void **state)
{
    (void)state;
    static const char *const stops[] = {"et al. Found", "J. Smith", "Fig. 3",
            "e.g. This", "0.5", "yes! and", "v1.2"};

    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        const char *text = arena_format(&arena, "%s%s%s", repeated("word ", 40),
                stops[i], repeated(" word", 60));
        const char *cut = digest_excerpt(&arena, text);

        assert_true(strlen(cut) > strlen("word ") * 50);
    }
}

static void test_words_without_spaces_are_bounded_too(void **state)
{
    (void)state;
    const char *thai = repeated("ก", 5000);

    assert_true(text_graphemes(digest_excerpt(&arena, thai)) <= 601);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_short_text_stays_whole, tidy),
            cmocka_unit_test_teardown(
                    test_whole_sentences_are_kept_if_they_say_enough, tidy),
            cmocka_unit_test_teardown(test_a_long_sentence_is_cut_between_words,
                    tidy),
            cmocka_unit_test_teardown(
                    test_stops_that_end_no_sentence_do_not_cut, tidy),
            cmocka_unit_test_teardown(test_words_without_spaces_are_bounded_too,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
