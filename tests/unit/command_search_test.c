/* "/paper search", asked in a channel, in both stores. */
#include "bot/commands/command_search.h"

#include "bot/base/text.h"
#include "tests/contract/every_store.h"
#include "tests/support/asking_both.h"

#include <stdio.h>
#include <string.h>

static const struct asking_exchange found[] = {
        {"search clocks",
                "1 paper fits “clocks”:\n"
                "\n"
                "[LG] Clocks That Disagree\n"
                "U Macher\n"
                "https://arxiv.org/abs/2611.08001\n"},
        {"/paper search attention ladder",
                "1 paper fits “attention ladder”:\n"
                "\n"
                "[LG] Ladders of Attention\n"
                "注意力之梯\n"
                "Y Li, H Wang, A Ruiz\n"
                "https://arxiv.org/abs/2611.10006\n"},
        {"搜索 扩散模型",
                "符合“扩散模型”的论文有 1 篇：\n"
                "\n"
                "[LG] Slow Tides: Diffusion Models for River Forecasting\n"
                "慢潮:用扩散模型预报河流水位\n"
                "A Ruiz, B Chen\n"
                "https://arxiv.org/abs/2611.10001\n"},
        {"搜扩散模型",
                "符合“扩散模型”的论文有 1 篇：\n"
                "\n"
                "[LG] Slow Tides: Diffusion Models for River Forecasting\n"
                "慢潮:用扩散模型预报河流水位\n"
                "A Ruiz, B Chen\n"
                "https://arxiv.org/abs/2611.10001\n"},
        {"find \"event cameras\" fog since:2026-11-01",
                "1 paper fits “\"event cameras\" fog since:2026-11-01”:\n"
                "\n"
                "[CV] Seeing Through Fog with Event Cameras\n"
                "用事件相机看穿浓雾\n"
                "C Finnegan, W Zhang, O Petrova\n"
                "https://arxiv.org/abs/2611.10002\n"},
        {"search model*",
                "2 papers fit “model*”, the best first:\n"
                "\n"
                "[LG] Winter Grammar for Small Models\n"
                "小模型的冬日语法\n"
                "L Frost, X Ming\n"
                "https://arxiv.org/abs/2611.09001\n"
                "\n"
                "[LG] Slow Tides: Diffusion Models for River Forecasting\n"
                "慢潮:用扩散模型预报河流水位\n"
                "A Ruiz, B Chen\n"
                "https://arxiv.org/abs/2611.10001\n"},
        {"search by:\"A Ruiz\"",
                "2 papers fit “by:\"A Ruiz\"”, the newest first:\n"
                "\n"
                "[LG] Ladders of Attention\n"
                "注意力之梯\n"
                "Y Li, H Wang, A Ruiz\n"
                "https://arxiv.org/abs/2611.10006\n"
                "\n"
                "[LG] Slow Tides: Diffusion Models for River Forecasting\n"
                "慢潮:用扩散模型预报河流水位\n"
                "A Ruiz, B Chen\n"
                "https://arxiv.org/abs/2611.10001\n"},
        {"搜索 作者:Ruiz -注意力",
                "符合“作者:Ruiz -注意力”的论文有 1 篇：\n"
                "\n"
                "[LG] Slow Tides: Diffusion Models for River Forecasting\n"
                "慢潮:用扩散模型预报河流水位\n"
                "A Ruiz, B Chen\n"
                "https://arxiv.org/abs/2611.10001\n"},
};

static void test_papers_are_found_with_their_count(void **state)
{
    ASKING_EXPECT_ALL(*state, found);
}

static const struct asking_exchange nearest_steps[] = {
        {"search difusion river",
                "None of my 12 papers fits “difusion river”.\n"
                "Did you mean /paper search diffusion river (1 paper)?\n"},
        {"搜索 difusion 河流",
                "我这里的 12 篇论文中没有符合“difusion 河流”的。\n"
                "是不是想找 /paper 搜索 diffusion 河流（共 1 篇）？\n"},
        {"search fog until:2026-10",
                "None of my 12 papers fits “fog until:2026-10”.\n"
                "Of any day 1 paper fits: /paper search fog\n"},
        {"搜索 浓雾 至:2026-10",
                "我这里的 12 篇论文中没有符合“浓雾 至:2026-10”的。\n"
                "不限日期的话，有 1 篇：/paper 搜索 浓雾\n"},
        {"search model* in:hep-th",
                "None of my 12 papers fits “model* in:hep-th”.\n"
                "In all categories 2 papers fit: /paper search model*\n"},
        {"搜索 浓雾 分类:hep-th",
                "我这里的 12 篇论文中没有符合“浓雾 分类:hep-th”的。\n"
                "不限分类的话，有 1 篇：/paper 搜索 浓雾\n"},
        {"search fog by:Kim",
                "None of my 12 papers fits “fog by:Kim”.\n"
                "By anybody, 1 paper fits: /paper search fog\n"},
        {"搜索 浓雾 作者:Kim",
                "我这里的 12 篇论文中没有符合“浓雾 作者:Kim”的。\n"
                "不限作者的话，有 1 篇：/paper 搜索 浓雾\n"},
        {"search fog -event",
                "None of my 12 papers fits “fog -event”.\n"
                "With nothing ruled out 1 paper fits: /paper search fog\n"},
        {"搜索 浓雾 -事件",
                "我这里的 12 篇论文中没有符合“浓雾 -事件”的。\n"
                "什么都不排除的话，有 1 篇：/paper 搜索 浓雾\n"},
        {"search \"fog event\"",
                "None of my 12 papers fits “\"fog event\"”.\n"
                "Without the quotes 1 paper fits: /paper search fog "
                "event\n"},
        {"search \"fog -event\"",
                "None of my 12 papers fits “\"fog -event\"”.\n"
                "Without the quotes 1 paper fits: /paper search fog "
                "event\n"},
        {"搜索 “雾 事件”",
                "我这里的 12 篇论文中没有符合“\"雾 事件\"”的。\n"
                "去掉引号，有 1 篇：/paper 搜索 雾 事件\n"},
        {"search fog clocks",
                "None of my 12 papers fits “fog clocks”.\n"
                "Without “fog” 1 paper fits: /paper search clocks\n"},
        {"搜索 扩散 香蕉",
                "我这里的 12 篇论文中没有符合“扩散 香蕉”的。\n"
                "去掉“香蕉”，有 1 篇：/paper 搜索 扩散\n"},
        {"search bananas", "None of my 12 papers fits “bananas”.\n"},
        {"/paper search 乳腺癌", "None of my 12 papers fits “乳腺癌”.\n"},
        {"搜索 扩散模型语法学习",
                "我这里的 12 篇论文中没有符合“扩散模型语法学习”的。\n"},
        {"搜索 水位河流扩散",
                "我这里的 12 篇论文中没有符合“水位河流扩散”的。\n"
                "词与词之间加空格，有 1 篇：/paper 搜索 水位 河流 扩散\n"},
        {"搜索 difusion 分类:LG 作者:Ruiz",
                "我这里的 12 篇论文中没有符合“difusion 分类:LG "
                "作者:Ruiz”的。\n"
                "是不是想找 /paper 搜索 diffusion 分类:cs.LG "
                "作者:Ruiz（共 1 篇）？\n"},
};

static void test_where_nothing_fits_the_nearest_step_is_named(void **state)
{
    ASKING_EXPECT_ALL(*state, nearest_steps);
}

static void test_what_cannot_be_looked_for_is_told_in_the_language(void **state)
{
    static const struct asking_exchange lines[] = {
            {"search",
                    "Say what to look for: words, a \"phrase\", in:CV, by:\"C "
                    "Finn\", since:7d.\n"},
            {"搜索",
                    "请写要找什么：关键词、“短语”、分类:CV、作者:\"C "
                    "Finn\"、自:7天。\n"},
            {"search in:XQ",
                    "in:XQ is no category I know. Write such as LG, cs.LG, cs "
                    "or \"Machine Learning\".\n"},
            {"搜索 分类:cs.LQ",
                    "没有“cs.LQ”这个分类。你是不是想写 分类:cs.LG？\n"},
            {"搜索 自:很久",
                    "“很久”不是日期。可以写 2026-11-23、2026-11、周一或 "
                    "7天。\n"},
            {"search ?\?\?",
                    "Say what to look for: words, a \"phrase\", in:CV, by:\"C "
                    "Finn\", since:7d.\n"},
    };

    ASKING_EXPECT_ALL(*state, lines);
}

static void test_a_long_list_goes_on_with_days_spelled_out(void **state)
{
    struct asking *asking = *state;
    char *kept = NULL;
    const char *said = asking_say(asking, "search since:5y");

    if (strstr(said,
                "10 of 11 papers that fit “since:5y”, the newest first:") !=
            said)
        fail_msg("%s", said);
    if (strstr(said, "1 left; go on with /paper more\n") == NULL)
        fail_msg("%s", said);
    assert_true(store_bookmark_get(asking->fixture.store, asking->configured.id,
            "ana", &asking->fixture.arena, &kept, NULL));
    assert_string_equal(kept, "10 search since:2021-11-23");
    asking_expect(asking, "more",
            "[LG] Lanterns: Guiding Lights for Sparse Rewards\n"
            "A Sato, B Moor\n"
            "https://arxiv.org/abs/2210.11693\n\n"
            "That was the last of them.\n");
}

static void test_without_papers_that_is_said(void **state)
{
    struct asking *asking = *state;
    struct store_fixture full = asking->fixture;

    store_fixture_open(&asking->fixture, full.store->ops->kind);
    assert_true(store_channel_put(asking->fixture.store, "home", "room", "team",
            1, &asking->configured.id, NULL));
    asking_expect(asking, "search fog",
            "I have no papers yet; the first come with the next announcement "
            "of arXiv.\n");
    asking_expect(asking, "搜索 雾",
            "我这里还没有论文，等 arXiv 下一次公告就会有了。\n");
    store_fixture_close(&asking->fixture);
    asking->fixture = full;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_papers_are_found_with_their_count),
            ASKING_BOTH(test_where_nothing_fits_the_nearest_step_is_named),
            ASKING_BOTH(test_what_cannot_be_looked_for_is_told_in_the_language),
            ASKING_BOTH(test_a_long_list_goes_on_with_days_spelled_out),
            ASKING_BOTH(test_without_papers_that_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
