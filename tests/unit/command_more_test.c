/* Going on where an answer ended. */
#include "bot/base/text.h"
#include "tests/unit/command_days.h"

static void test_more_goes_on_to_the_end(void **state)
{
    static const struct asking_exchange exchanges[] = {
            {"more",
                    "There is no list to go on with yet. /paper today gives "
                    "the newest papers, and then I go on from there.\n"},
            {"更多",
                    "还没有可以继续的列表。先发送 /paper 今天 看最新论文，之后"
                    "就能翻页。\n"},
            {"today 2",
                    "Announcement of Mon 2026-11-23 · 5 new + 1 cross-listed · "
                    "top 2 of 6\n" TIDES FOG
                    "\n4 left; go on with /paper more\n"},
            {"更多",
                    "arXiv 2026-11-23（周一）公告 · 5 篇新论文 + 1 篇交叉 · "
                    "第 3–4 篇，共 6 篇\n" QUIET SHEEP
                    "\n还有 2 篇，发送 /paper 更多 继续看\n"},
            {"more 1",
                    "Announcement of Mon 2026-11-23 · 5 new + 1 cross-listed · "
                    "number 5 of 6\n" LADDERS
                    "\n1 left; go on with /paper more\n"},
            {"more",
                    "Announcement of Mon 2026-11-23 · 5 new + 1 cross-listed "
                    "· number 6 of 6\n" BELLS "\nThat was the last of them.\n"},
            {"more",
                    "The last list was read to its end. /paper today gives "
                    "the newest papers.\n"},
            {"继续", "上一份列表已经看完。看最新论文请发送 /paper 今天\n"},
            {"more please",
                    "“please” is no number of papers. Write /paper "
                    "more, or /paper more 5 for so many.\n"},
            {"更多 0",
                    "“0”不是篇数。请发送 /paper 更多，或发送 /paper 更多 5 "
                    "指定篇数。\n"},
    };

    ASKING_EXPECT_ALL(*state, exchanges);
}

static void test_more_is_of_that_day_also_tomorrow(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "today cs.* 1");
    asking_announce(asking, "cs.LG", tuesday, "2611.10006");
    asking->today = tuesday;
    asking_expect(asking, "more",
            "Announcement of Mon 2026-11-23 · cs.* · 5 new + 1 cross-listed · "
            "number 2 of 6\n" FOG "\n4 left; go on with /paper more\n");
    asking_say(asking, "since fri until:mon LG 1");
    assert_true(text_starts(asking_say(asking, "more"),
            "2 announcements, Fri 2026-11-20 to Mon 2026-11-23 · LG · 4 new + "
            "1 cross-listed · number 2 of 5\n"));
}

static void test_everybody_has_a_place_of_their_own(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "today 2");
    asking->person = "bo";
    assert_true(text_starts(asking_say(asking, "more"), "There is no list"));
    asking->person = "ana";
    assert_non_null(strstr(asking_say(asking, "more"), "3 to 4 of 6"));
    /* A list of one page takes the place of the one left in the middle. */
    asking_say(asking, "today CV");
    assert_true(text_starts(asking_say(asking, "more"), "The last list"));
}

static void test_a_bookmark_that_nobody_understands_is_no_harm(void **state)
{
    static const char *const texts[] = {"", "x", "5", "5 ", "5 more",
            "99999999999999999999999 today", "7 \x01\xff", "-3 today",
            "3 schedule 08:00"};
    struct asking *asking = *state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(store_bookmark_put(asking->fixture.store,
                asking->configured.id, "ana", texts[i], 1, NULL));
        assert_true(text_starts(asking_say(asking, "more"), "The last list"));
    }
    /* It lies behind the end meanwhile. */
    assert_true(store_bookmark_put(asking->fixture.store, asking->configured.id,
            "ana", "400 day 2026-11-23", 1, NULL));
    asking_expect(asking, "more",
            "Announcement of Mon 2026-11-23 · 5 new + 1 cross-listed\n"
            "The last list was read to its end. /paper today gives the newest "
            "papers.\n");
}

static void test_a_page_has_twenty_at_most(void **state)
{
    struct asking *asking = *state;

    for (unsigned i = 1; i <= 25; i++) {
        const char *id = arena_format(&asking->fixture.arena, "2611.2%04u", i);
        const char *categories[] = {"cs.CL"};
        struct paper paper = paper_empty();
        enum store_change change;

        paper.id = id;
        paper.title = arena_format(&asking->fixture.arena, "Paper %u", i);
        paper.categories =
                (struct string_list){.items = categories, .count = 1};
        assert_true(store_paper_put(asking->fixture.store, &paper, 1, &change,
                NULL));
        asking_announce(asking, "cs.CL", tuesday, id);
    }
    asking->today = tuesday;
    const char *said = asking_say(asking, "today CL 99");
    assert_true(text_starts(said,
            "Announcement of Tue 2026-11-24 · CL · 25 new "
            "+ 0 cross-listed · top 20 of 25\n"));
    assert_non_null(strstr(said,
            "\nI show at most 20 at once.\n"
            "5 left; go on with /paper more\n"));
    said = asking_say(asking, "今天 CL");
    assert_non_null(strstr(said, " · 前 10 篇，共 25 篇\n"));
    said = asking_say(asking, "更多 1000");
    assert_non_null(strstr(said, " · 第 11–25 篇，共 25 篇\n"));
    assert_non_null(strstr(said, "\n已到末尾。\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_more_goes_on_to_the_end),
            ASKING_BOTH(test_more_is_of_that_day_also_tomorrow),
            ASKING_BOTH(test_everybody_has_a_place_of_their_own),
            ASKING_BOTH(test_a_bookmark_that_nobody_understands_is_no_harm),
            ASKING_BOTH(test_a_page_has_twenty_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
