/* What is said of what a channel follows, in both languages. */

#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_what_is_followed_is_told_with_how_much_of_the_newest_announcement_fits(void
                **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "subscriptions",
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
    asking_expect(asking, "订阅列表",
            "分类：LG（机器学习）、CV（计算机视觉）\n"
            "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
            "篇属于这些分类。\n");
    asking_expect(asking, "subscribe RO by:\"Ana Ruiz\" diffusion -sheep",
            "Added: RO \"diffusion\" by:\"Ana Ruiz\" -sheep\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition), RO (Robotics)\n"
            "Words: diffusion\n"
            "Authors: Ana Ruiz\n"
            "Kept away: sheep\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "2 of them have one of these words or authors, and come first.\n"
            "1 of them has a word that is to be kept away.\n");
    asking_expect(asking, "退订 作者:\"ana ruiz\" diffusion -sheep RO",
            "已退订：RO \"diffusion\" 作者:\"ana ruiz\" -sheep\n"
            "分类：LG（机器学习）、CV（计算机视觉）\n"
            "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
            "篇属于这些分类。\n");
}

static const struct asking_exchange categories_named[] = {
        {"subscribe RO",
                "Added: RO\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"subscribe cs.cl",
                "Added: CL\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"subscribe Robotics",
                "Followed already: RO\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"subscribe Computer Vision and Pattern Recognition",
                "Followed already: CV\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"subscribe \"audio and speech processing\"",
                "Added: AS\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language), AS (Audio and Speech Processing)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"subscribe Computational Engineering, Finance, and Science",
                "Added: CE\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language), AS (Audio and Speech Processing), CE "
                "(Computational "
                "Engineering, Finance, and Science)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "Not fetched before, from the next announcement on: CE.\n"},
        {"订阅 人工智能 信息检索",
                "已订阅：AI IR\n"
                "分类：LG（机器学习）、CV（计算机视觉）、RO（机器人）、CL（计算"
                "与语"
                "言）、AS（音频与语音）、CE（计算工程、金融与科学）、AI（人工智"
                "能）"
                "、IR（信息检索）\n"
                "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
                "篇属于这些分类。\n"
                "以前没有收取、从下一次公告开始有的：CE、AI、IR。\n"},
        {"订阅机器人",
                "本来就订阅了：RO\n"
                "分类：LG（机器学习）、CV（计算机视觉）、RO（机器人）、CL（计算"
                "与语"
                "言）、AS（音频与语音）、CE（计算工程、金融与科学）、AI（人工智"
                "能）"
                "、IR（信息检索）\n"
                "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
                "篇属于这些分类。\n"
                "以前没有收取、从下一次公告开始有的：CE、AI、IR。\n"},
        {"subscribe in:IR",
                "Followed already: IR\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics), CL (Computation and "
                "Language), AS (Audio and Speech Processing), CE "
                "(Computational "
                "Engineering, Finance, and Science), AI (Artificial "
                "Intelligence), "
                "IR (Information Retrieval)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "Not fetched before, from the next announcement on: CE, AI, "
                "IR.\n"},
        {"unsubscribe 人工智能 cs.IR \"Robotics\"",
                "Removed: AI IR RO\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), CL (Computation and Language), AS "
                "(Audio "
                "and Speech Processing), CE (Computational Engineering, "
                "Finance, "
                "and Science)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "Not fetched before, from the next announcement on: CE.\n"},
};

static void
test_categories_are_named_by_tag_code_and_both_languages_names(void **state)
{
    ASKING_EXPECT_ALL(*state, categories_named);
}

static void test_what_is_kept_away_is_wanted_no_more(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "subscribe sheep goats");
    const char *said = asking_say(asking, "subscribe -Sheep");
    if (strstr(said, "Words: goats\nKept away: Sheep\n") == NULL)
        fail_msg("%s", said);
    said = asking_say(asking, "subscribe \"sheep\"");
    if (strstr(said, "Words: goats, sheep\n") == NULL ||
            strstr(said, "Kept away") != NULL)
        fail_msg("%s", said);
}

static void test_what_may_be_several_categories_is_asked_back(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "subscribe machine learning",
            "“machine learning” may mean several categories: cs.LG (Machine "
            "Learning), stat.ML (Machine Learning). Write the one you mean: "
            "/paper subscribe cs.LG\n"
            "Nothing was changed.\n");
    asking_expect(asking, "订阅 GR",
            "“GR”可能指几个分类：cs.GR（图形学）、math."
            "GR（群论）。请写明其中一个，例如 /paper 订阅 cs.GR\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "订阅 GT LO",
            "“GT”可能指几个分类：cs.GT（计算机科学与博弈论）、math."
            "GT（几何拓扑）。请写明其中一个，例如 /paper 订阅 cs.GT\n"
            "“LO”可能指几个分类：cs.LO（计算机科学中的逻辑）、math."
            "LO（逻辑）。请写明其中一个，例如 /paper 订阅 cs.LO\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "unsubscribe machine learning",
            "Removed: LG\n"
            "Categories: CV (Computer Vision and Pattern Recognition)\n"
            "3 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
}

static void test_what_is_no_category_gets_the_nearest(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "subscribe cs.LQ",
            "“cs.LQ” is no category I know; did you mean cs.LG (Machine "
            "Learning)? To follow it as a word: /paper subscribe \"cs.LQ\"\n"
            "Nothing was changed.\n");
    asking_expect(asking, "订阅 cs.ZZZ",
            "没有“cs.ZZZ”这个分类。全部分类见 "
            "https://arxiv.org/category_taxonomy，例如 /paper 订阅 LG\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "subscribe machine lerning",
            "“machine lerning” is no category I know; did you mean cs.LG "
            "(Machine Learning)? To follow it as a word: /paper subscribe "
            "\"machine lerning\"\n"
            "Nothing was changed.\n");
    asking_expect(asking, "订阅 机器学系",
            "没有“机器学系”这个分类；你是不是想写 "
            "cs.LG（机器学习）？要把它当作关键词，请发送 /paper 订阅 "
            "\"机器学系\"\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "subscribe RL",
            "“RL” is no category I know; did you mean cs.CL (Computation and "
            "Language)? To follow it as a word: /paper subscribe \"RL\"\n"
            "Nothing was changed.\n");
    asking_expect(asking, "subscribe \"RL\"",
            "Added: \"RL\"\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition)\n"
            "Words: RL\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "None of them has one of these words or authors.\n");
    asking_expect(asking, "subscribe in:robots",
            "“robots” is no category I know; did you mean cs.RO (Robotics)? To "
            "follow it as a word: /paper subscribe \"robots\"\n"
            "Nothing was changed.\n");
    asking_expect(asking, "subscribe math.foo CV",
            "“math.foo” is no category I know; did you mean math.CO "
            "(Combinatorics)? To follow it as a word: /paper subscribe "
            "\"math.foo\"\n"
            "Nothing was changed.\n");
}

static void test_an_archive_stands_for_all_of_its_categories(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "subscribe q-fin.*",
            "Added: q-fin.*\n"
            "Categories: LG CV q-fin.*\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "9 of the categories were not fetched before; they come from the "
            "next announcement on.\n");
    asking_expect(asking, "subscribe q-fin.*",
            "Followed already: q-fin.*\n"
            "Categories: LG CV q-fin.*\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "9 of the categories were not fetched before; they come from the "
            "next announcement on.\n");
    asking_expect(asking, "unsubscribe TR",
            "Removed: TR\n"
            "Categories: LG CV CP EC q-fin.GN MF PM q-fin.PR RM q-fin.ST\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "Not fetched before, from the next announcement on: CP, EC, "
            "q-fin.GN, MF, PM, q-fin.PR, RM, q-fin.ST.\n");
    asking_expect(asking, "unsubscribe q-fin.*",
            "Removed: CP EC q-fin.GN MF PM q-fin.PR RM q-fin.ST\n"
            "Not followed here: TR\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
    asking_expect(asking, "订阅 计算机科学",
            "已订阅：AI AR CC CE cs.CG CL CR CY DB DC DL DM cs.DS ET FL GL "
            "cs.GR cs.GT HC IR cs.IT cs.LO MA MM MS cs.NA NE NI OH OS PF PL RO "
            "cs.SC SD SE cs.SI cs.SY\n"
            "本来就订阅了：CV LG\n"
            "分类：cs.*\n"
            "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 篇属于这些分类。\n"
            "其中 36 个分类以前没有收取，从下一次公告开始有。\n");
    asking_expect(asking, "subscribe math.* physics.*",
            "That would be too much for one channel: at most 80 categories and "
            "50 each of words, authors and words to be kept away.\n"
            "Nothing was changed.\n");
    asking_expect(asking, "subscribe math.*",
            "Added: AC AG math.AP AT CA math.CO CT math.CV DG math.DS FA GM "
            "math.GN math.GR math.GT HO KT math.LO MG MP NT OA OC math.PR QA "
            "RA RT SG math.SP math.ST\n"
            "Followed already: math.IT math.NA\n"
            "Categories: cs.* math.*\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "66 of the categories were not fetched before; they come from the "
            "next announcement on.\n");
}

static const struct asking_exchange words_kept_apart[] = {
        {"subscribe state space models",
                "Added: \"state\" \"space\" \"models\"\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: state, space, models\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "1 of them has one of these words or authors, and comes "
                "first.\n"
                "Each word counts by itself; for a phrase, put quotes around "
                "it: "
                "/paper subscribe \"optimal transport\"\n"},
        {"subscribe \"state space models\" word:\"machine learning\" "
         "词:机器学习",
                "Added: \"state space models\" word:\"machine learning\" "
                "word:\"机器学习\"\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: state, space, models, state space models, machine "
                "learning, 机器学习\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "1 of them has one of these words or authors, and comes "
                "first.\n"},
        {"subscribe by:Finnegan by:\"Wei Zhang\" -综述 -\"systematic "
         "review\"",
                "Added: by:\"Finnegan\" by:\"Wei Zhang\" -综述 -\"systematic "
                "review\"\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: state, space, models, state space models, machine "
                "learning, 机器学习\n"
                "Authors: Finnegan, Wei Zhang\n"
                "Kept away: 综述, systematic review\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "2 of them have one of these words or authors, and come "
                "first.\n"},
        {"subscribe by:Chelsea Finn",
                "Did you mean the author Chelsea Finn? Then write it in "
                "quotes: "
                "/paper subscribe by:\"Chelsea Finn\"\n"
                "Nothing was changed.\n"},
        {"subscribe -LG",
                "Only words can be kept away, as in /paper subscribe -survey. "
                "To "
                "drop a category or an author: /paper unsubscribe LG\n"
                "Nothing was changed.\n"},
        {"subscribe -by:\"Ana Ruiz\"",
                "Only words can be kept away, as in /paper subscribe -survey. "
                "To "
                "drop a category or an author: /paper unsubscribe by:\"Ana "
                "Ruiz\"\n"
                "Nothing was changed.\n"},
        {"subscribe since:mon",
                "“since:” means nothing here. Authors are written by:\"Chelsea "
                "Finn\".\n"
                "Nothing was changed.\n"},
        {"subscribe "
         "012345678901234567890123456789012345678901234567890123456789012345"
         "6789",
                "“012345678901234567890123456789012345678…” is too long: at "
                "most "
                "60 characters each.\n"
                "Nothing was changed.\n"},
        {"unsubscribe state word:\"machine learning\" 机器学习",
                "Removed: \"state\" word:\"machine learning\" "
                "word:\"机器学习\"\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: space, models, state space models\n"
                "Authors: Finnegan, Wei Zhang\n"
                "Kept away: 综述, systematic review\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "2 of them have one of these words or authors, and come "
                "first.\n"},
        {"unsubscribe -综述 finnegan",
                "Removed: by:\"finnegan\" -综述\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: space, models, state space models\n"
                "Authors: Wei Zhang\n"
                "Kept away: systematic review\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "2 of them have one of these words or authors, and come "
                "first.\n"},
        {"subscriptions",
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition)\n"
                "Words: space, models, state space models\n"
                "Authors: Wei Zhang\n"
                "Kept away: systematic review\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"
                "2 of them have one of these words or authors, and come "
                "first.\n"},
};

static void
test_words_phrases_authors_and_negatives_are_kept_apart(void **state)
{
    ASKING_EXPECT_ALL(*state, words_kept_apart);
}

static void
test_what_is_not_there_cannot_go_and_the_last_category_stays(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "unsubscribe RO diffusion",
            "Not followed here: RO \"diffusion\"\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
    asking_expect(asking, "退订 扩散模型 作者:张伟",
            "本来就没有订阅：\"扩散模型\" 作者:\"张伟\"\n"
            "分类：LG（机器学习）、CV（计算机视觉）\n"
            "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
            "篇属于这些分类。\n");
    asking_expect(asking, "unsubscribe LG CV",
            "Without any category this channel would get nothing. To stop it: "
            "/paper pause. To follow others instead, add them first: /paper "
            "subscribe CL\n"
            "Nothing was changed.\n");
    asking_expect(asking, "退订 LG CV",
            "没有任何分类，本频道就收不到论文了。要停止发送，请发送 /paper "
            "暂停；要换成别的分类，请先添加，例如 /paper 订阅 CL\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "unsubscribe",
            "What is to go? This channel follows: LG CV\n");
    asking_expect(asking, "退订", "要退订什么？本频道订阅了：LG CV\n");
    asking_expect(asking, "subscribe",
            "What? Categories, words or authors. For example: /paper subscribe "
            "LG \"diffusion\" by:\"Chelsea Finn\" -survey\n");
    asking_expect(asking, "订阅",
            "订阅什么？可以写分类、关键词或作者。例如 /paper 订阅 机器学习 "
            "\"扩散模型\" 作者:\"Chelsea Finn\" -综述\n");
    asking_expect(asking, "subscribe LG",
            "Followed already: LG\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
    asking_expect(asking, "订阅 CV RO",
            "已订阅：RO\n"
            "本来就订阅了：CV\n"
            "分类：LG（机器学习）、CV（计算机视觉）、RO（机器人）\n"
            "最新一次公告（2026-11-23）收到 6 篇论文，其中 6 "
            "篇属于这些分类。\n");
}

/* "C Finn" is how a digest has the name. */
static void test_an_author_goes_by_the_short_name_if_only_one_fits(void **state)
{
    struct asking *asking = *state;

    asking_say(asking,
            "subscribe by:\"Chelsea Finn\" by:\"Wei Zhang\" "
            "by:\"Cora Finn\"");
    assert_non_null(strstr(asking_say(asking, "unsubscribe by:\"C Finn\""),
            "Not followed here: by:\"C Finn\""));
    assert_non_null(strstr(asking_say(asking, "unsubscribe by:\"W Zhang\""),
            "Removed: by:\"Wei Zhang\""));
    asking_say(asking, "unsubscribe by:\"Cora Finn\"");
    const char *answer = asking_say(asking, "unsubscribe by:\"C Finn\"");
    assert_non_null(strstr(answer, "Removed: by:\"Chelsea Finn\""));
    assert_null(strstr(answer, "Authors:"));
}

static void test_a_channel_without_categories_is_told_how_to_begin(void **state)
{
    struct asking *asking = *state;

    asking->configured.subscription = (struct subscription){0};
    asking_expect(asking, "subscriptions",
            "This channel follows no category yet, so it gets no digest. For "
            "example: /paper subscribe LG CV\n");
    asking_expect(asking, "订阅列表",
            "本频道还没有订阅任何分类，所以不会收到论文。例如发送 /paper 订阅 "
            "机器学习 计算机视觉\n");
    asking_expect(asking, "unsubscribe",
            "This channel follows nothing that could go.\n");
    asking_expect(asking, "subscribe hep-th",
            "Added: hep-th\n"
            "Categories: hep-th (High Energy Physics - Theory)\n"
            "No announcement of these categories has been fetched yet.\n");
}

static void test_what_was_never_fetched_is_said(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "subscribe math.AG",
            "Added: AG\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition), AG (Algebraic Geometry)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "Not fetched before, from the next announcement on: AG.\n");
    asking_expect(asking, "subscribe econ.*",
            "Added: econ.*\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition), AG (Algebraic Geometry), EM (Econometrics), "
            "econ.GN (General Economics), econ.TH (Theoretical Economics)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n"
            "Not fetched before, from the next announcement on: AG, EM, "
            "econ.GN, econ.TH.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(
                    test_what_is_followed_is_told_with_how_much_of_the_newest_announcement_fits),
            ASKING_BOTH(
                    test_categories_are_named_by_tag_code_and_both_languages_names),
            ASKING_BOTH(test_what_is_kept_away_is_wanted_no_more),
            ASKING_BOTH(test_what_may_be_several_categories_is_asked_back),
            ASKING_BOTH(test_what_is_no_category_gets_the_nearest),
            ASKING_BOTH(test_an_archive_stands_for_all_of_its_categories),
            ASKING_BOTH(
                    test_words_phrases_authors_and_negatives_are_kept_apart),
            ASKING_BOTH(
                    test_what_is_not_there_cannot_go_and_the_last_category_stays),
            ASKING_BOTH(test_an_author_goes_by_the_short_name_if_only_one_fits),
            ASKING_BOTH(test_a_channel_without_categories_is_told_how_to_begin),
            ASKING_BOTH(test_what_was_never_fetched_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
