/* The marks of a note, mended; its words stay. */
#include "bot/write/note_tidy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct pair {
    const char *language, *given, *tidy;
};

static void test_a_digest_is_punctuated_as_its_language_is(void **state)
{
    static const struct pair cases[] = {
            {"zh", "方法很好,而且快; 结论:可用",
                    "方法很好，而且快；结论：可用。"},
            {"zh", "方法很 好. ", "方法很好。"},
            {"zh", "误差为 1,000 与 2:3。", "误差为 1,000 与 2:3。"},
            {"zh", "我们用 BERT, T5 和模型。", "我们用 BERT, T5 和模型。"},
            {"zh", "在 KiteBench 上达到 95%", "在 KiteBench 上达到 95%"},
            {"zh", "", ""},
            {"en", "It works, and fast", "It works, and fast"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(note_tidy_digest(&arena, cases[i].given,
                                    cases[i].language),
                cases[i].tidy);
    arena_finish(&arena);
}

static void test_a_title_has_no_stop_of_its_own(void **state)
{
    static const struct pair cases[] = {
            {"zh", "风筝的习惯。", "风筝的习惯"},
            {"zh", "风筝的习惯.", "风筝的习惯"},
            {"zh", "Kestrel: 操纵风筝", "Kestrel: 操纵风筝"},
            {"zh", "风筝能学会飞吗?", "风筝能学会飞吗?"},
            {"en", "Of kites et al.", "Of kites et al."},
            {"zh", "。", ""},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(note_tidy_phrase(&arena, cases[i].given,
                                    cases[i].language),
                cases[i].tidy);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_digest_is_punctuated_as_its_language_is),
            cmocka_unit_test(test_a_title_has_no_stop_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
