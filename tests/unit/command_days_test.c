/* The papers of a day or several, asked for in whatever form. */
#include "bot/base/text.h"
#include "tests/unit/command_days.h"

/* --- today --- */

static void test_today_is_the_newest_announcement_best_first(void **state)
{
    static const struct asking_exchange exchanges[] = {
            {"today",
                    "Announcement of Mon 2026-11-23 · 5 new + 1 cross-listed"
                    "\n" TIDES FOG QUIET SHEEP LADDERS BELLS},
            {"today LG",
                    "Announcement of Mon 2026-11-23 · LG · 3 new + 1 "
                    "cross-listed\n" TIDES QUIET LADDERS BELLS},
            {"今天 计算机视觉 2",
                    "arXiv 2026-11-23（周一）公告 · CV · 2 篇新论文 + 1 "
                    "篇交叉 · 前 2 篇，共 3 篇\n" FOG "\n[CV] A Quiet "
                    "Optimizer\nJ L. Kim\nhttps://arxiv.org/abs/2611.10003\n\n"
                    "还有 1 篇，发送 /paper 更多 继续看\n"},
            {"！paper今天ＣＶ　１",
                    "arXiv 2026-11-23（周一）公告 · CV · 2 篇新论文 + 1 "
                    "篇交叉 · 前 1 篇，共 3 篇\n" FOG
                    "\n还有 2 篇，发送 /paper 更多 继续看\n"},
            {"today in:cs.* 1",
                    "Announcement of Mon 2026-11-23 · cs.* · 5 new + 1 "
                    "cross-listed · top 1 of 6\n" TIDES
                    "\n5 left; go on with /paper more\n"},
    };

    ASKING_EXPECT_ALL(*state, exchanges);
}

static void test_what_is_missing_today_is_told(void **state)
{
    struct asking *asking = *state;

    asking->today = tuesday;
    asking_expect(asking, "today LG 1",
            "I have no announcement of Tue 2026-11-24.\n"
            "Announcement of Mon 2026-11-23 · LG · 3 new + 1 cross-listed · "
            "top 1 of 4\n" TIDES "\n3 left; go on with /paper more\n");
    asking_batch_state(asking, "cs.LG", tuesday, BATCH_NOT_YET);
    asking_expect(asking, "今天 LG 1",
            "arXiv 2026-11-24（周二）的公告还没有发布。\n"
            "arXiv 2026-11-23（周一）公告 · LG · 3 篇新论文 + 1 篇交叉 · 前 1 "
            "篇，共 4 篇\n" TIDES "\n还有 3 篇，发送 /paper 更多 继续看\n");
    asking_batch_state(asking, "cs.LG", tuesday, BATCH_FAILED);
    assert_true(text_starts(asking_say(asking, "today LG 1"),
            "arXiv's announcement of Tue 2026-11-24 could not be read so far; "
            "I keep trying.\nAnnouncement of Mon"));
    asking_batch_state(asking, "cs.LG", tuesday, BATCH_NONE);
    assert_string_equal(asking_say(asking, "今天LG1"),
            asking_say(asking, "今天 LG 1"));
    assert_string_equal(asking_say(asking, "today LG1"),
            asking_say(asking, "today LG 1"));
    assert_true(text_starts(asking_say(asking, "今天 LG 1"),
            "arXiv 2026-11-24（周二）没有公告。\narXiv 2026-11-23（周一）"));
    asking_batch_state(asking, "cs.LG", tuesday, BATCH_STALE);
    asking_announce(asking, "cs.CV", tuesday, "2611.10005");
    asking_expect(asking, "today",
            "Not out yet: LG\n"
            "Announcement of Tue 2026-11-24 · 1 new + 0 cross-listed\n" SHEEP);
    asking_batch_state(asking, "cs.LG", tuesday, BATCH_FAILED);
    assert_true(text_starts(asking_say(asking, "今天"),
            "暂时读不到：LG\narXiv 2026-11-24（周二）公告 · 1 篇新论文"));
}

static void test_at_a_weekend_fridays_is_todays(void **state)
{
    struct asking *asking = *state;

    asking->today = (struct civil_date){2026, 11, 22};
    asking_batch_state(asking, "cs.LG", monday, BATCH_NOT_YET);
    asking_batch_state(asking, "cs.CV", monday, BATCH_NOT_YET);
    asking_expect(asking, "today",
            "Announcement of Fri 2026-11-20 · 2 new + 0 cross-listed\n" WINTER
                    CHAIRS);
}

static void test_a_place_without_categories_sees_all(void **state)
{
    struct asking *asking = *state;

    asking->configured.subscription.categories.count = 0;
    asking_expect(asking, "yesterday 1",
            "arXiv announces nothing on Saturdays and Sundays, so there is "
            "nothing of Sun 2026-11-22.\n"
            "Announcement of Fri 2026-11-20 · 2 new + 0 cross-listed · top 1 "
            "of "
            "2\n" WINTER "\n1 left; go on with /paper more\n");
    assert_true(text_starts(asking_say(asking, "today 1"),
            "Announcement of Mon 2026-11-23 · 6 new + 0 cross-listed · top 1 "
            "of 6\n"));
}

/* --- other days --- */

static void test_a_day_is_had_in_whatever_form(void **state)
{
    static const char *const english[] = {"day fri", "day 2026-11-20",
            "day 11/20", "day 2026/11/20", "day 3d"};
    static const char *const chinese[] = {"2026-11-20", "11月20日",
            "2026年11月20号", "周五", "星期五", "礼拜五", "3天", "日期 周五",
            "11/20"};
    struct asking *asking = *state;

    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        asking_expect(asking, english[i],
                "Announcement of Fri 2026-11-20 · 2 new + 0 "
                "cross-listed\n" WINTER CHAIRS);
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        asking_expect(asking, chinese[i],
                "arXiv 2026-11-20（周五）公告 · 2 篇新论文 + 0 篇交叉\n" WINTER
                        CHAIRS);
}

static void test_yesterday_is_the_day_before_or_the_last(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "昨天 CV",
            "arXiv 周六、周日不发公告，所以 2026-11-22（周日）没有论文。\n"
            "arXiv 2026-11-20（周五）公告 · CV · 1 篇新论文 + 0 "
            "篇交叉\n" CHAIRS);
    asking->today = tuesday;
    asking_expect(asking, "yesterday CV 1",
            "Announcement of Mon 2026-11-23 · CV · 2 new + 1 cross-listed · "
            "top 1 of 3\n" FOG "\n2 left; go on with /paper more\n");
    asking->today = (struct civil_date){2026, 11, 19};
    asking_expect(asking, "yesterday",
            "I have no announcement of Wed 2026-11-18.\n"
            "The nearest is of Thu 2026-11-19: /paper 2026-11-19\n");
}

static void test_a_day_without_says_why_and_the_nearest(void **state)
{
    static const struct asking_exchange exchanges[] = {
            {"2026-11-22",
                    "arXiv 周六、周日不发公告，所以 "
                    "2026-11-22（周日）没有论文。"
                    "\n最近的公告是 2026-11-20（周五）：/paper 2026-11-20\n"},
            {"day 2026-11-18 LG",
                    "I have no announcement of Wed 2026-11-18.\nThe nearest is "
                    "of Thu 2026-11-19: /paper 2026-11-19 cs.LG\n"},
            {"day 2026-12-01",
                    "Tue 2026-12-01 is still to come.\nThe nearest is of Mon "
                    "2026-11-23: /paper 2026-11-23\n"},
            {"2026年12月1日 CV",
                    "2026-12-01（周二）还没有到。\n最近的公告是 "
                    "2026-11-23（周一）：/paper 2026-11-23 cs.CV\n"},
            {"day 2026-06-19",
                    "I have no announcement of Fri 2026-06-19.\nThe nearest is "
                    "of Thu 2026-11-19: /paper 2026-11-19\n"},
            {"day 2025-12-26",
                    "I have no announcement of Fri 2025-12-26.\nThe nearest is "
                    "of Thu 2026-11-19: /paper 2026-11-19\n"},
            {"day 2026-01-20",
                    "arXiv made no announcement on Tue 2026-01-20.\nThe "
                    "nearest is of Thu 2026-11-19: /paper 2026-11-19\n"},
            {"today hep-th", "I have no announcement in hep-th yet.\n"},
            {"今天 econ.*", "我这里还没有任何公告（econ.*）。\n"},
            {"day", "Which day? Write it behind: /paper 2026-11-23\n"},
            {"日期", "哪一天？请在后面写上日期：/paper 2026-11-23\n"},
            {"day mon fri",
                    "One day is enough: I have 2026-11-23 already and "
                    "do not know what to do with “fri”.\n"},
            {"周一 周五",
                    "只能写一个日期：已经有 2026-11-23，“周五”是多出来的。"
                    "\n"},
    };

    ASKING_EXPECT_ALL(*state, exchanges);
}

static void test_what_was_missing_on_a_past_day_is_told(void **state)
{
    struct asking *asking = *state;
    static const struct civil_date wednesday = {2026, 11, 18};

    asking_batch_state(asking, "cs.LG", wednesday, BATCH_NOT_YET);
    asking_expect(asking, "day 2026-11-18 LG",
            "arXiv's announcement of Wed 2026-11-18 had not come when I last "
            "looked.\nThe nearest is of Thu 2026-11-19: /paper 2026-11-19 "
            "cs.LG\n");
    asking_batch_state(asking, "cs.LG", wednesday, BATCH_FAILED);
    asking_expect(asking, "11月18日",
            "arXiv 2026-11-18（周三）的公告当时没能读到。\n"
            "最近的公告是 2026-11-19（周四）：/paper 2026-11-19\n");
}

static void test_since_joins_the_days(void **state)
{
    static const struct asking_exchange exchanges[] = {
            {"since fri 3",
                    "2 announcements, Fri 2026-11-20 to Mon 2026-11-23 · 7 new "
                    "+ 1 cross-listed · top 3 of 8\n" TIDES WINTER FOG
                    "\n5 left; go on with /paper more\n"},
            {"自 周四 至:周五 LG",
                    "2026-11-19（周四）至 2026-11-20（周五），共 2 次公告 · LG "
                    "· 2 篇新论文 + 0 篇交叉\n" WINTER
                    "\n[LG] Clocks That Disagree\nU Macher\n"
                    "https://arxiv.org/abs/2611.08001\n"},
            {"从周一 CV 1",
                    "arXiv 2026-11-23（周一）公告 · CV · 2 篇新论文 + "
                    "1 篇交叉 · 前 1 篇，共 3 篇\n" FOG
                    "\n还有 2 篇，发送 /paper 更多 继续看\n"},
            {"since 2026-01-01 CV 1",
                    "I look back 31 days at most, to Fri 2026-10-23.\n"
                    "3 announcements, Fri 2026-10-23 to Mon 2026-11-23 · CV · "
                    "3 new + 1 cross-listed · top 1 of 4\n" FOG
                    "\n3 left; go on with /paper more\n"},
            {"since",
                    "Since when? Write a day behind it: /paper since mon, "
                    "/paper since 2026-11-20\n"},
            {"自",
                    "从哪天开始？请在后面写上日期：/paper 自 周一，/paper 自 "
                    "11月20日\n"},
            {"since mon until:fri",
                    "Fri 2026-11-20 comes before Mon 2026-11-23: write the "
                    "earlier day first.\n"},
            {"since 2026-11-25",
                    "Wed 2026-11-25 is still to come.\nThe nearest is of Mon "
                    "2026-11-23: /paper 2026-11-23\n"},
    };

    ASKING_EXPECT_ALL(*state, exchanges);
}

/* --- what is no category --- */

static void test_a_wrong_word_is_named_with_the_nearest(void **state)
{
    static const struct asking_exchange exchanges[] = {
            {"today XX",
                    "“XX” is no category I know. LG, cs.LG, cs.* or a "
                    "name such as “Robotics” is.\n"},
            {"今天 你好",
                    "没有“你好”这个分类。可以写 LG、cs.LG、cs.* 或“机器学"
                    "习”这样的名称。\n"},
            {"today cs.LH",
                    "I know no category “cs.LH”. Did you mean cs.LG (Machine "
                    "Learning)?\n"},
            {"今天 cs.LH",
                    "没有“cs.LH”这个分类。你是不是想写 cs.LG（机器学习）？\n"},
            {"today Machine Learning",
                    "“Machine Learning” can be each of cs.LG, stat.ML. Which "
                    "do you mean?\n"},
            {"today Machine Lerning",
                    "I know no category “Machine Lerning”. "
                    "Did you mean cs.LG (Machine Learning)?\n"},
            {"today -LG",
                    "“-LG” is no category I know. LG, cs.LG, cs.* or a "
                    "name such as “Robotics” is.\n"},
            {"today by:Kim",
                    "“Kim” is no category I know. LG, cs.LG, cs.* or "
                    "a name such as “Robotics” is.\n"},
            {"today mon",
                    "“mon” is a day. For that day's papers write /paper day "
                    "mon\n"},
            {"随机 11月20日",
                    "“11月20日”是日期。看那天的论文请发送 /paper 日期 "
                    "11月20日\n"},
    };

    ASKING_EXPECT_ALL(*state, exchanges);
}

static void test_names_of_several_words_are_categories(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking,
            "today Computer Vision and Pattern Recognition Robotics 1",
            "Announcement of Mon 2026-11-23 · CV RO · 2 new + 1 cross-listed · "
            "top 1 of 3\n" FOG "\n2 left; go on with /paper more\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_today_is_the_newest_announcement_best_first),
            ASKING_BOTH(test_what_is_missing_today_is_told),
            ASKING_BOTH(test_at_a_weekend_fridays_is_todays),
            ASKING_BOTH(test_a_place_without_categories_sees_all),
            ASKING_BOTH(test_a_day_is_had_in_whatever_form),
            ASKING_BOTH(test_yesterday_is_the_day_before_or_the_last),
            ASKING_BOTH(test_a_day_without_says_why_and_the_nearest),
            ASKING_BOTH(test_what_was_missing_on_a_past_day_is_told),
            ASKING_BOTH(test_since_joins_the_days),
            ASKING_BOTH(test_a_wrong_word_is_named_with_the_nearest),
            ASKING_BOTH(test_names_of_several_words_are_categories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
