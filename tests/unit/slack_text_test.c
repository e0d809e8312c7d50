#include "adapters/channels/slack_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void test_escapes_become_what_was_typed(void **state)
{
    static const struct {
        const char *escaped, *plain;
    } cases[] = {
            {"today LG", "today LG"},
            {"a &lt;b&gt; &amp;amp; &quot;", "a <b> &amp; &quot;"},
            {"<https://arxiv.org/abs/2210.11693>",
                    "https://arxiv.org/abs/2210.11693"},
            {"<http://arxiv.org/abs/2210.11693|arxiv.org/abs/2210.11693> !",
                    "http://arxiv.org/abs/2210.11693 !"},
            {"<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"},
            {"<mailto:ann@example.org|ann@example.org>", "ann@example.org"},
            {"<@U01|ann> <@U02> <#C01|ml> <#C02> <#C03|>",
                    "@ann @U02 #ml #C02 #C03"},
            {"<!here> <!subteam^S01|@readers>", "@here @readers"},
            {"a < b <> <", "a < b <> <"},
            {"搜索 &lt;图&gt;", "搜索 <图>"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(slack_text_plain(&arena, cases[i].escaped),
                cases[i].plain);
}

static void test_what_is_said_to_the_bot_stands_behind_its_name(void **state)
{
    static const struct {
        const char *text, *asked;
    } cases[] = {
            {"<@UBOT> today LG", "today LG"},
            {"<@UBOT|paperboy>: 今天", "今天"},
            {"<@UBOT>，搜索 图", "搜索 图"},
            {"thanks! <@UBOT> today", "today"},
            {"today <@UBOT>", "today "},
            {"<@U01> asks <@UBOT> top week &amp; more", "top week & more"},
            {"<@UBOT> by:<@U01|ann>", "by:@ann"},
            {"<@UBOT>", ""},
            {"today", "today"},
            {"<@UBOT2> today", "@UBOT2 today"},
            {"<@UBOT", "<@UBOT"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(slack_text_asked(&arena, cases[i].text, "UBOT"),
                cases[i].asked);
}

static void
test_the_first_mention_is_the_bot_whose_id_is_not_known(void **state)
{
    (void)state;
    assert_string_equal(slack_text_asked(&arena, "<@U9> by:<@U01>", ""),
            "by:@U01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_escapes_become_what_was_typed,
                    tear_down),
            cmocka_unit_test_teardown(
                    test_what_is_said_to_the_bot_stands_behind_its_name,
                    tear_down),
            cmocka_unit_test_teardown(
                    test_the_first_mention_is_the_bot_whose_id_is_not_known,
                    tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
