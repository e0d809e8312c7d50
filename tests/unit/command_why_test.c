/* "/paper why", asked in a channel, in both stores. */
#include "bot/base/text.h"
#include "tests/contract/every_store.h"
#include "tests/support/asking_both.h"

#include <stdio.h>
#include <string.h>

static const struct asking_exchange parts_told[] = {
        {"why 1",
                "Numbers are those of the newest digest here, of Mon "
                "2026-11-23.\n"
                "Slow Tides: Diffusion Models for River Forecasting "
                "2611.10001 (https://arxiv.org/abs/2611.10001)\n"
                "It was posted here on Mon 2026-11-23.\n"
                "Its score for this channel is 41:\n"
                "- +16: filed under cs.LG, which this channel follows\n"
                "- +5: says where its code is\n"
                "- +20: votes by readers elsewhere: 31 on Hugging Face\n"
                "Announced as new in cs.LG on Mon 2026-11-23.\n"},
        {"为什么 2",
                "序号以这里最新的一期日报为准：2026-11-23（周一）。\n"
                "Seeing Through Fog with Event Cameras 2611.10002 "
                "(https://arxiv.org/abs/2611.10002)\n"
                "已于 2026-11-23（周一）发布到本频道。\n"
                "它在本频道的得分是 32：\n"
                "- +16：属于本频道订阅的分类 cs.CV\n"
                "- +16：其他读者的投票：Hugging Face 上 12 票\n"
                "2026-11-23（周一）在 cs.CV 公告为新论文。\n"},
        {"why 2611.10004",
                "Bells and Graphs 2611.10004 "
                "(https://arxiv.org/abs/2611.10004)\n"
                "It was not posted here: it had place 6 of 6, and a digest "
                "here takes 4.\n"
                "Its score for this channel is 4:\n"
                "- +4: filed under cs.LG, which this channel follows\n"
                "Announced in cs.LG on Mon 2026-11-23 as a cross-list from "
                "another category.\n"
                "Announced as new in eess.AS on Mon 2026-11-23.\n"},
        {"为什么 2611.10004",
                "Bells and Graphs 2611.10004 "
                "(https://arxiv.org/abs/2611.10004)\n"
                "没有发布到本频道：它在 6 篇候选中排第 6，而本频道每期只取 "
                "4 篇。\n"
                "它在本频道的得分是 4：\n"
                "- +4：属于本频道订阅的分类 cs.LG\n"
                "2026-11-23（周一）在 cs.LG 公告为交叉论文。\n"
                "2026-11-23（周一）在 eess.AS 公告为新论文。\n"},
        {"为什么 hep-th/9901001",
                "Strings Before Breakfast hep-th/9901001 "
                "(https://arxiv.org/abs/hep-th/9901001)\n"
                "不会发布到本频道：它不属于本频道订阅的任何分类。\n"
                "它在本频道的得分是 0。\n"},
        {"why 2611.10007",
                "Old Maps, New Roads 2611.10007 "
                "(https://arxiv.org/abs/2611.10007)\n"
                "It was not posted here: it was announced only as a new "
                "version, which is no news.\n"
                "Its score for this channel is 16:\n"
                "- +16: filed under cs.CV, which this channel follows\n"
                "Announced in cs.CV on Mon 2026-11-23 as a new version.\n"},
        {"为什么 2611.08001",
                "Clocks That Disagree 2611.08001 "
                "(https://arxiv.org/abs/2611.08001)\n"
                "没有发布到本频道，尽管它现在在 1 篇候选中排第 "
                "1：本频道没有用那期公告做过日报，或者得分后来有了变化。\n"
                "它在本频道的得分是 16：\n"
                "- +16：属于本频道订阅的分类 cs.LG\n"
                "2026-11-19（周四）在 cs.LG 公告为新论文。\n"},
        {"why 2611.08001",
                "Clocks That Disagree 2611.08001 "
                "(https://arxiv.org/abs/2611.08001)\n"
                "It was not posted here, though it has place 1 of 1 now: "
                "no digest here was made of its announcement, or its score "
                "has changed since.\n"
                "Its score for this channel is 16:\n"
                "- +16: filed under cs.LG, which this channel follows\n"
                "Announced as new in cs.LG on Thu 2026-11-19.\n"},
        {"why 3 2611.10006",
                "Numbers are those of the newest digest here, of Mon "
                "2026-11-23.\n"
                "A Quiet Optimizer 2611.10003 "
                "(https://arxiv.org/abs/2611.10003)\n"
                "It was posted here on Mon 2026-11-23.\n"
                "Its score for this channel is 30:\n"
                "- +16: filed under cs.LG, which this channel follows\n"
                "- +2: says where it was accepted: Accepted at ICML 2026\n"
                "- +12: votes by readers elsewhere: 3 on Hugging Face\n"
                "Announced as new in cs.LG on Mon 2026-11-23.\n"
                "Announced in cs.CV on Mon 2026-11-23 as a cross-list from "
                "another category.\n"
                "Ladders of Attention 2611.10006 "
                "(https://arxiv.org/abs/2611.10006)\n"
                "It was not posted here: it had place 5 of 6, and a digest "
                "here takes 4.\n"
                "Its score for this channel is 16:\n"
                "- +16: filed under cs.LG, which this channel follows\n"
                "Announced as new in cs.LG on Mon 2026-11-23.\n"
                "Announced in cs.CL on Mon 2026-11-23 as a cross-list from "
                "another category.\n"},
        {"why",
                "Why which paper? Write its number in the digest, an arXiv "
                "id, or a link: /paper why 3\n"},
        {"为何",
                "要问哪篇论文？请写它在日报中的序号、arXiv "
                "编号或链接，例如 /paper 为什么 3\n"},
        {"why 5",
                "There is no number 5: the digest of Mon 2026-11-23 goes "
                "up to 4.\n"},
        {"解释 2404", "没有第 2404 篇：2026-11-23（周一）的日报共 4 篇。\n"},
        {"why 2404.99999", "(wants 2404.99999)\n"},
};

static void test_the_parts_of_a_score_are_told_in_words(void **state)
{
    ASKING_EXPECT_ALL(*state, parts_told);
}

static void test_what_the_channel_asked_for_is_named(void **state)
{
    static const char *words[] = {"diffusion", "river", "robot"};
    static const char *authors[] = {"A. Ruiz"};
    static const char *unwanted[] = {"forecasting"};
    struct asking *asking = *state;
    struct subscription *subscription = &asking->configured.subscription;

    subscription->words = (struct string_list){words, 3};
    subscription->authors = (struct string_list){authors, 1};
    subscription->unwanted = (struct string_list){unwanted, 1};
    const char *said = asking_say(asking, "why 2611.10001");
    static const char *const lines[] = {
            "has words that this channel wants: diffusion, river\n",
            "is by somebody whom this channel follows: Ana Ruiz\n",
            "has words that this channel does not want: forecasting\n",
    };
    for (size_t i = 0; i < 3; i++)
        if (strstr(said, lines[i]) == NULL)
            fail_msg("%s does not say %s", said, lines[i]);
    said = asking_say(asking, "为什么 2611.10001");
    if (strstr(said, "含有本频道关注的词：diffusion、river\n") == NULL)
        fail_msg("%s", said);
}

static void test_citations_are_told_where_there_are_any(void **state)
{
    struct asking *asking = *state;
    const struct signal cited = {"2611.10004", SIGNAL_CITATIONS, 12, 1};
    struct error err = {0};
    bool rose;

    assert_true(store_signal_put(asking->fixture.store, &cited, &rose, &err));
    const char *said = asking_say(asking, "why 2611.10004");
    if (strstr(said, "- +8: citations by other papers: 12\n") == NULL)
        fail_msg("%s", said);
    said = asking_say(asking, "为什么 2611.10004");
    if (strstr(said, "- +8：被其他论文引用：12 次\n") == NULL)
        fail_msg("%s", said);
    said = asking_say(asking, "why 2611.10003");
    assert_null(strstr(said, "citations"));
}

static void test_what_comes_next_is_told_with_its_place(void **state)
{
    struct asking *asking = *state;

    asking_announce(asking, "cs.LG", (struct civil_date){2026, 11, 24},
            "2210.11693");
    const char *said = asking_say(asking, "why 2210.11693");
    if (strstr(said,
                "It is not posted yet; as things stand it is in the next "
                "digest, at place 1 of ") == NULL)
        fail_msg("%s", said);
    asking_batch_state(asking, "cs.LG", (struct civil_date){2026, 11, 24},
            BATCH_STALE);
    said = asking_say(asking, "why 2210.11693");
    if (strstr(said, "I have not read its announcement to the end.") == NULL)
        fail_msg("%s", said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_the_parts_of_a_score_are_told_in_words),
            ASKING_BOTH(test_what_the_channel_asked_for_is_named),
            ASKING_BOTH(test_citations_are_told_where_there_are_any),
            ASKING_BOTH(test_what_comes_next_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
