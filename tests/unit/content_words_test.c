/* The reasons of a content score, as a reader is told them. */
#include "bot/content/content.h"
#include "bot/content/content_words.h"
#include "bot/selection.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct paper the_paper(void)
{
    struct paper paper = paper_empty();

    paper.id = "2611.00001";
    paper.title = "Lanterns: Agents that Light Their Own Way";
    paper.abstract =
            "Large language models plan with tools, and lose their way where "
            "rewards are sparse. We let an agent place lanterns as it goes, "
            "and "
            "train it by reinforcement learning to put fewer of them each "
            "time. "
            "On three benchmarks it needs 40% of the steps of the best known "
            "agent. We release code and data.";
    return paper;
}

/* Of " +3, ..." and " -2". */
static int sum_of(const char *words)
{
    int sum = 0;

    for (const char *at = words; *at != '\0'; at++)
        if (*at == ' ' && (at[1] == '+' || at[1] == '-') &&
                isdigit((unsigned char)at[2]))
            sum += (int)strtol(at + 1, NULL, 10);
    return sum;
}

static void test_the_reasons_add_up_to_the_score(void **state)
{
    const struct paper paper = the_paper();
    struct arena arena = {0};
    const struct match_paper match = selection_match_paper(&paper, &arena);
    int score = content_score(&content_model_shipped, &match, &arena).content;

    (void)state;
    for (size_t most = 1; most <= 8; most++) {
        const char *english = content_words_of(&paper, "en", most, &arena);
        const char *chinese = content_words_of(&paper, "zh", most, &arena);
        assert_int_equal(sum_of(english), score);
        assert_int_equal(sum_of(chinese), score);
    }
    assert_non_null(strstr(content_words_of(&paper, "en", 2, &arena),
            "all else in it "));
    assert_non_null(strstr(content_words_of(&paper, "zh", 2, &arena),
            "其余合计 "));
    arena_finish(&arena);
}

static void test_what_is_not_judged_has_no_reasons(void **state)
{
    struct paper paper = the_paper();
    struct arena arena = {0};

    (void)state;
    paper.abstract = "Too short to be judged.";
    assert_string_equal(content_words_of(&paper, "en", 5, &arena), "");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_reasons_add_up_to_the_score),
            cmocka_unit_test(test_what_is_not_judged_has_no_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
