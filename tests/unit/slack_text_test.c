#include "adapters/channels/slack_place.h"
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

static void test_a_place_is_written_and_read(void **state)
{
    static const struct slack_place places[] = {
            {.url = "", .thread = ""},
            {.url = "https://hooks.slack.com/commands/T0/1/a", .thread = ""},
            {.url = "", .thread = "1700000000.000100"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *text = slack_place_write(&arena, &places[i]);
        const struct slack_place read = slack_place_read(&arena, text);
        assert_string_equal(read.url, places[i].url);
        assert_string_equal(read.thread, places[i].thread);
    }
    assert_string_equal(slack_place_write(&arena, &places[2]),
            "thread 1700000000.000100");
}

static void test_what_is_no_place_is_the_room(void **state)
{
    static const char *const others[] = {"url", "url ", "url ftp://a.example",
            "url http://example.org/", "url https://a.example/ b", "thread",
            "thread 17", "thread 1.", "thread 1.2.3", "thread .1",
            "$event:example.org"};

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct slack_place read = slack_place_read(&arena, others[i]);
        assert_string_equal(read.url, "");
        assert_string_equal(read.thread, "");
    }
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
            cmocka_unit_test_teardown(test_a_place_is_written_and_read,
                    tear_down),
            cmocka_unit_test_teardown(test_what_is_no_place_is_the_room,
                    tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
