/* What readers liked best, a paper by chance, and anything else. */
#include "bot/base/text.h"
#include "tests/unit/command_days.h"

/* --- top --- */

static void test_top_goes_by_votes_then_by_score(void **state)
{
    static const struct asking_exchange exchanges[] = {
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

    ASKING_EXPECT_ALL(*state, exchanges);
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
            ASKING_BOTH(test_top_goes_by_votes_then_by_score),
            ASKING_BOTH(test_votes_here_count_as_well),
            ASKING_BOTH(test_a_paper_is_drawn_with_its_card),
            cmocka_unit_test_setup_teardown(
                    test_whatever_is_asked_has_an_answer, asking_both_memory,
                    asking_both_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
