#include "bot/commands/command.h"

#include "bot/base/text.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct civil_date tuesday = {2026, 11, 24};
static const struct civil_date monday = {2026, 11, 23};

#define TIDES                                                                  \
    "\n[LG] Slow Tides: Diffusion Models for River Forecasting\n"              \
    "慢潮:用扩散模型预报河流水位\nA Ruiz, B Chen\n"               \
    "https://arxiv.org/abs/2611.10001\n"
#define FOG                                                                       \
    "\n[CV] Seeing Through Fog with Event Cameras\n用事件相机看穿浓雾\n" \
    "C Finnegan, W Zhang, O Petrova\nhttps://arxiv.org/abs/2611.10002\n"
#define QUIET                                                                  \
    "\n[LG] A Quiet Optimizer\nJ L. Kim\nhttps://arxiv.org/abs/2611.10003\n"
#define LADDERS                                                                \
    "\n[LG] Ladders of Attention\n注意力之梯\nY Li, H Wang, A Ruiz\n"     \
    "https://arxiv.org/abs/2611.10006\n"
#define SHEEP                                                                  \
    "\n[CV] Counting Sheep at Night\nN Fold\n"                                 \
    "https://arxiv.org/abs/2611.10005\n"
#define BELLS                                                                  \
    "\n[LG] Bells and Graphs\nM Holm, T Oak\n"                                 \
    "https://arxiv.org/abs/2611.10004\n"
#define WINTER                                                                 \
    "\n[LG] Winter Grammar for Small Models\n小模型的冬日语法\n"       \
    "L Frost, X Ming\nhttps://arxiv.org/abs/2611.09001\n"
#define CHAIRS                                                                 \
    "\n[CV] Folding Chairs with Two Arms\nR Klapp\n"                           \
    "https://arxiv.org/abs/2611.09002\n"

struct exchange {
    const char *text, *answer;
};

static void expect_all(struct asking *asking, const struct exchange *exchanges,
        size_t count)
{
    for (size_t i = 0; i < count; i++)
        asking_expect(asking, exchanges[i].text, exchanges[i].answer);
}

#define EXPECT_ALL(asking, exchanges)                                          \
    expect_all(asking, exchanges, sizeof(exchanges) / sizeof *(exchanges))

/* --- today --- */

static void test_today_is_the_newest_announcement_best_first(void **state)
{
    static const struct exchange exchanges[] = {
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

    EXPECT_ALL(*state, exchanges);
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
    static const struct exchange exchanges[] = {
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

    EXPECT_ALL(*state, exchanges);
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
    static const struct exchange exchanges[] = {
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

    EXPECT_ALL(*state, exchanges);
}

/* --- what is no category --- */

static void test_a_wrong_word_is_named_with_the_nearest(void **state)
{
    static const struct exchange exchanges[] = {
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

    EXPECT_ALL(*state, exchanges);
}

static void test_names_of_several_words_are_categories(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking,
            "today Computer Vision and Pattern Recognition Robotics 1",
            "Announcement of Mon 2026-11-23 · CV RO · 2 new + 1 cross-listed · "
            "top 1 of 3\n" FOG "\n2 left; go on with /paper more\n");
}

/* --- more --- */

static void test_more_goes_on_to_the_end(void **state)
{
    static const struct exchange exchanges[] = {
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

    EXPECT_ALL(*state, exchanges);
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

/* --- top --- */

static void test_top_goes_by_votes_then_by_score(void **state)
{
    static const struct exchange exchanges[] = {
            {"top week 2",
                    "Best of the week to Mon 2026-11-23 · 3 announcements · "
                    "top 2 of 9\n\n[LG] Winter Grammar for Small Models [120 "
                    "votes]\n小模型的冬日语法\nL Frost, X Ming\n"
                    "https://arxiv.org/abs/2611.09001\n\n[LG] Slow Tides: "
                    "Diffusion Models for River Forecasting [31 votes]\n慢潮:用"
                    "扩散模型预报河流水位\nA Ruiz, B "
                    "Chen\nhttps://arxiv.org/abs/2611.10001\n"
                    "\n7 left; go on with /paper more\n"},
            {"热门 今天 CV 1",
                    "2026-11-23（周一）热门论文 · CV · 前 1 篇，共 3 篇\n\n"
                    "[CV] Seeing Through Fog with Event Cameras 〔12 票〕\n用事"
                    "件相机看穿浓雾\nC Finnegan, W Zhang, O Petrova\n"
                    "https://arxiv.org/abs/2611.10002\n"
                    "\n还有 2 篇，发送 /paper 更多 继续看\n"},
            {"top day 2026-11-20 CV",
                    "Nobody has voted for one of these yet; they are in the "
                    "order in which this channel's digest would take them.\n"
                    "Best of Fri 2026-11-20 · CV\n" CHAIRS},
            {"top month RO",
                    "Nobody has voted for one of these yet; they are "
                    "in the order in which this channel's digest "
                    "would take them.\nBest of the month to Mon "
                    "2026-11-23 · RO · 3 announcements\n"
                    "\n[RO] Folding Chairs with Two Arms\nR Klapp\n"
                    "https://arxiv.org/abs/2611.09002\n"},
            {"top day RO",
                    "Best of Mon 2026-11-23 · RO\nThere is no paper in "
                    "it.\n"},
            {"top year",
                    "I know the best of a day, a week or a month, not of "
                    "“year”: /paper top day, /paper top week, /paper top "
                    "month\n"},
            {"热门 今年",
                    "热门论文可以看一天、一周或一个月的，不能看“今年”的。"
                    "请发送 /paper 热门 今天、/paper 热门 本周 或 /paper 热门 "
                    "本月\n"},
            {"top day 2026-01-07",
                    "I have no announcement of Wed "
                    "2026-01-07.\n"},
            {"top hep-th", "I have no announcement in hep-th yet.\n"},
    };

    EXPECT_ALL(*state, exchanges);
}

static void test_votes_here_count_as_well(void **state)
{
    struct asking *asking = *state;
    static const char *const people[] = {"ana", "bo", "cy"};
    int before;

    for (size_t i = 0; i < 3; i++) {
        const struct vote up = {.person = people[i],
                .paper_id = "2611.10005",
                .value = VOTE_UP};
        const struct vote down = {.person = people[i],
                .paper_id = "2611.10002",
                .value = VOTE_DOWN};
        assert_true(store_vote_put(asking->fixture.store, asking->configured.id,
                &up, &before, NULL));
        assert_true(store_vote_put(asking->fixture.store, asking->configured.id,
                &down, &before, NULL));
    }
    const char *said = asking_say(asking, "top day CV");
    const char *fog = strstr(said, "Event Cameras [9 votes]\n");
    const char *sheep = strstr(said, "Counting Sheep at Night [3 votes]\n");
    assert_non_null(fog);
    assert_non_null(sheep);
    assert_true(fog < sheep);
}

/* --- random --- */

static void test_a_paper_is_drawn_with_its_card(void **state)
{
    struct asking *asking = *state;
    static const char head[] = "One of 9 papers announced from Thu 2026-11-19 "
                               "to Mon 2026-11-23:\n\n[";
    unsigned seen = 0;

    for (int i = 0; i < 60; i++) {
        const char *said = asking_say(asking, i == 0 ? "random" : "more");
        const char *id = strstr(said, "https://arxiv.org/abs/26");
        assert_true(text_starts(said, head));
        assert_non_null(id);
        int last = id[31] - '0';
        seen |= 1U << (id[27] == '1'            ? last
                                : id[28] == '9' ? 6 + last
                                                : 8 + last);
    }
    /* 2611.10001 to 10006, 09001, 09002 and 08001, but not the replaced one. */
    assert_int_equal(__builtin_popcount(seen), 9);
    asking_expect(asking, "随机 RO",
            "2026-11-19（周四）至 2026-11-23（周一）公布的 1 篇论文之一 · RO："
            "\n\n[CV] Folding Chairs with Two Arms\nR Klapp\n〔原文〕A robot "
            "folds chairs; it pinches nobody.\n"
            "https://arxiv.org/abs/2611.09002\n");
    asking_expect(asking, "random AS 3",
            "The only paper announced from Thu 2026-11-19 to Mon 2026-11-23 · "
            "AS:\n\n[LG] Bells and Graphs\nM Holm, T Oak\n〔原文〕Graph "
            "networks learn the overtones of bells.\n"
            "https://arxiv.org/abs/2611.10004\n");
    asking_expect(asking, "random stat.ML",
            "I have no announcement in ML yet.\n");
}

/* --- anything at all --- */

static void test_whatever_is_asked_has_an_answer(void **state)
{
    static const char *const words[] = {"today", "今天", "yesterday", "since",
            "自", "until:", "top", "热门", "week", "本月", "random", "more",
            "更多", "day", "mon", "周五", "2026-11-20", "11月20日",
            "0000-00-00", "LG", "cs.*", "cs.", ".*", "Machine", "Learning",
            "机器学习", "in:", "3", "20", "99999", "0", "-1", "第", "第0篇",
            "#", "2210.11693", "2210.11693v", "arXiv:", "https://",
            "https://arxiv.org/abs/", "show", "查看", "\xff\xfe", "%1", "%",
            "\"", "·", "、", "-"};
    struct asking *asking = *state;

    asking->can_fetch = false;
    for (int i = 0; i < 2000; i++) {
        char line[256] = "";
        uint64_t count = 1 + asking->chance.below(asking->chance.state, 5);
        for (uint64_t n = 0; n < count; n++) {
            uint64_t at = asking->chance.below(asking->chance.state,
                    sizeof words / sizeof *words);
            size_t used = strlen(line);
            snprintf(line + used, sizeof line - used, "%s%s", words[at],
                    asking->chance.below(asking->chance.state, 4) == 0 ? ""
                                                                       : " ");
        }
        if (*asking_say(asking, line) == '\0')
            fail_msg("\"%s\" was answered with nothing", line);
    }
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
            ASKING_BOTH(test_more_goes_on_to_the_end),
            ASKING_BOTH(test_more_is_of_that_day_also_tomorrow),
            ASKING_BOTH(test_everybody_has_a_place_of_their_own),
            ASKING_BOTH(test_a_bookmark_that_nobody_understands_is_no_harm),
            ASKING_BOTH(test_a_page_has_twenty_at_most),
            ASKING_BOTH(test_top_goes_by_votes_then_by_score),
            ASKING_BOTH(test_votes_here_count_as_well),
            ASKING_BOTH(test_a_paper_is_drawn_with_its_card),
            cmocka_unit_test_setup_teardown(
                    test_whatever_is_asked_has_an_answer, asking_both_memory,
                    asking_both_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
