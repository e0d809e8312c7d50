/* What curators ask of a draft, and are answered, in both languages. */

#include "tests/support/asking_both.h"
#include "tests/support/drafted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ANA "@ana:example.org"
#define BO "@bo:example.org"

struct turn {
    const char *person, *says, *answer;
};

/* Each in a transaction of its own, after the other. */
static void converse(struct asking *asking, const struct turn *turns,
        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        asking->person = turns[i].person;
        asking_expect(asking, turns[i].says, turns[i].answer);
        assert_true(asking->answer.personal);
    }
}

#define CONVERSE(asking, turns)                                                \
    converse(asking, turns, sizeof(turns) / sizeof *(turns))

static const struct turn looking[] = {
        {ANA, "draft",
                "Draft for team: 4 papers, due Tue 2026-11-24 13:30 "
                "(Asia/Shanghai)\n"
                "\n"
                "1. [LG] Kites on a String of Gradients\n"
                "用梯度放风筝\n"
                "https://arxiv.org/abs/2611.20001\n"
                "\n"
                "2. [LG] The Baker's Regularizer\n"
                "过夜发酵的正则化\n"
                "https://arxiv.org/abs/2611.20002\n"
                "\n"
                "Also worth a look:\n"
                "\n"
                "3. [LG] Moths and Attention\n"
                "https://arxiv.org/abs/2611.20003\n"
                "\n"
                "4. [LG] A Ferry Between Domains\n"
                "渡船式领域适应\n"
                "https://arxiv.org/abs/2611.20004\n"
                "\n"
                "Not in:\n"
                "\n"
                "5. [LG] Salt, Sugar, Softmax\n"
                "https://arxiv.org/abs/2611.20005\n"
                "\n"
                "6. [LG] Umbrellas for Bandits\n"
                "https://arxiv.org/abs/2611.20006\n"
                "\n"
                "To change it, write in the channel: /paper drop 4 · "
                "/paper pick 5 top · /paper move 4 1 · /paper edit 1 your "
                "words\n"
                "If nobody changes it, it goes out as it is.\n"},
        {ANA, "草稿",
                "team 日报草稿：4 篇，将于 "
                "2026-11-24（周二）13:30（Asia/Shanghai）发出\n"
                "\n"
                "1. [LG] Kites on a String of Gradients\n"
                "用梯度放风筝\n"
                "https://arxiv.org/abs/2611.20001\n"
                "\n"
                "2. [LG] The Baker's Regularizer\n"
                "过夜发酵的正则化\n"
                "https://arxiv.org/abs/2611.20002\n"
                "\n"
                "另外几篇值得关注的论文:\n"
                "\n"
                "3. [LG] Moths and Attention\n"
                "https://arxiv.org/abs/2611.20003\n"
                "\n"
                "4. [LG] A Ferry Between Domains\n"
                "渡船式领域适应\n"
                "https://arxiv.org/abs/2611.20004\n"
                "\n"
                "未收录：\n"
                "\n"
                "5. [LG] Salt, Sugar, Softmax\n"
                "https://arxiv.org/abs/2611.20005\n"
                "\n"
                "6. [LG] Umbrellas for Bandits\n"
                "https://arxiv.org/abs/2611.20006\n"
                "\n"
                "如需修改，请在频道里发送：/paper 删 4 · /paper 选 5 重点 "
                "· /paper 移 4 1 · /paper 改 1 新的介绍\n"
                "无人修改则照此发出。\n"},
};

static const char shown_draft[] =
        "team 日报草稿：4 篇，将于 "
        "2026-11-24（周二）13:30（Asia/Shanghai）发出\n"
        "\n"
        "1. [LG] Kites on a String of Gradients\n"
        "用梯度放风筝\n"
        "https://arxiv.org/abs/2611.20001\n"
        "\n"
        "2. [LG] The Baker's Regularizer\n"
        "过夜发酵的正则化\n"
        "https://arxiv.org/abs/2611.20002\n"
        "\n"
        "另外几篇值得关注的论文:\n"
        "\n"
        "3. [LG] Moths and Attention\n"
        "https://arxiv.org/abs/2611.20003\n"
        "\n"
        "4. [LG] A Ferry Between Domains\n"
        "渡船式领域适应\n"
        "https://arxiv.org/abs/2611.20004\n"
        "\n"
        "未收录：\n"
        "\n"
        "5. [LG] Salt, Sugar, Softmax\n"
        "https://arxiv.org/abs/2611.20005\n"
        "\n"
        "6. [LG] Umbrellas for Bandits\n"
        "https://arxiv.org/abs/2611.20006\n"
        "\n"
        "如需修改，请在频道里发送：/paper 删 4 · /paper 选 5 重点 · /paper "
        "移 4 1 · /paper 改 1 新的介绍\n"
        "无人修改则照此发出。\n";

static void
test_a_draft_is_shown_with_its_numbers_and_how_to_change_it(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    assert_string_equal(drafted_text(asking, "draft/2026-11-24/1"),
            shown_draft);
    CONVERSE(asking, looking);
}

static void test_two_curators_take_turns_and_lose_nothing(void **state)
{
    static const struct turn turns[] = {
            {ANA, "drop 3",
                    "3 is out: Moths and Attention\n"
                    "Now: 1, 2; further ones: 4.\n"},
            {BO, "删 1、第2篇",
                    "已删去 1：Kites on a String of Gradients\n"
                    "已删去 2：The Baker's Regularizer\n"
                    "现在的顺序：4。\n"},
            {ANA, "pick 5 also",
                    "5 is among the further papers: Salt, Sugar, Softmax\n"
                    "Now: 4, 5.\n"},
            {BO, "选 2210.11693 重点",
                    "7 列入重点介绍：Lanterns: Guiding Lights for Sparse "
                    "Rewards\n"
                    "现在的顺序：7；另外：4、5。\n"},
            {ANA, "pick https://arxiv.org/abs/2210.11693 also",
                    "7 is among the further papers: Lanterns: Guiding Lights "
                    "for Sparse Rewards\n"
                    "Now: 4, 5, 7.\n"},
            {BO, "选 ５",
                    "5 列入重点介绍：Salt, Sugar, Softmax\n"
                    "现在的顺序：5；另外：4、7。\n"},
            {ANA, "move 5 1", "5 is now in place 1: Salt, Sugar, Softmax\n"},
            {BO, "移 6 到 2",
                    "6 现在排在第 2 位：Umbrellas for Bandits\n"
                    "现在的顺序：5；另外：6、4、7。\n"},
            {ANA, "move 4 99",
                    "4 is now in place 4: A Ferry Between Domains\n"
                    "Now: 5; further ones: 6, 7, 4.\n"},
            {ANA, "drop 4 5 6 7",
                    "4 is out: A Ferry Between Domains\n"
                    "5 is out: Salt, Sugar, Softmax\n"
                    "6 is out: Umbrellas for Bandits\n"
                    "7 is out: Lanterns: Guiding Lights for Sparse Rewards\n"
                    "Nothing is left in the draft: no digest goes out then.\n"},
    };
    struct asking *asking = *state;

    drafted_make(asking);
    CONVERSE(asking, turns);
}

static void test_a_curators_words_are_kept_as_they_were_written(void **state)
{
    static const struct turn turns[] = {
            {ANA,
                    "edit 2 Bread that learns overnight: the nicest idea of "
                    "the week.",
                    "2 will say: Bread that learns overnight: the nicest idea "
                    "of the week.\n"
                    "Now: 1, 2; further ones: 3, 4.\n"},
            {BO, "／paper 改４，“领域适应”的渡船，值得一读（真的）。",
                    "4 的介绍改为：“领域适应”的渡船，值得一读（真的）。\n"
                    "现在的顺序：1、2；另外：3、4。\n"},
            {ANA, "edit 3",
                    "3 has its own text, and no curator's. To change it: "
                    "/paper edit 3 your words\n"},
            {ANA, "edit 5 \"Two grains.\"",
                    "5 will say: Two grains.\n"
                    "It is not in the draft, though. To take it in: /paper "
                    "pick 5\n"
                    "Now: 1, 2; further ones: 3, 4.\n"},
            {BO, "改 5",
                    "5 已恢复原来的介绍：Salt, Sugar, Softmax\n"
                    "现在的顺序：1、2；另外：3、4。\n"},
            {BO, "改 2",
                    "2 已恢复原来的介绍：The Baker's Regularizer\n"
                    "现在的顺序：1、2；另外：3、4。\n"},
            {ANA, "edit 2611.20001 $5 of string, and a gradient.",
                    "1 will say: $5 of string, and a gradient.\n"
                    "Now: 1, 2; further ones: 3, 4.\n"},
    };
    struct asking *asking = *state;

    drafted_make(asking);
    CONVERSE(asking, turns);
}

static const struct turn wrong_turns[] = {
        {ANA, "drop 77",
                "There is no number 77 in the draft; it goes up to 6.\n"},
        {BO, "删 第99篇", "草稿里没有第 99 篇，序号到 6 为止。\n"},
        {ANA, "drop",
                "Which paper? Write its number in the draft: /paper drop "
                "3\n"},
        {BO, "删", "要删哪一篇？请写它在草稿中的序号，例如 /paper 删 3\n"},
        {ANA, "drop abc",
                "“abc” does not name a paper. Its number in the draft, an "
                "arXiv id or a link does.\n"},
        {BO, "删 三",
                "“三”不能指明是哪篇论文。请写它在草稿中的序号、arXiv "
                "编号或链接。\n"},
        {ANA, "drop 2611.10001",
                "2611.10001 is not in the draft. To take it in: /paper "
                "pick 2611.10001\n"},
        {BO, "删 2611.10001",
                "草稿里没有 2611.10001。要收录请发送 /paper 选 "
                "2611.10001\n"},
        {ANA, "drop 5", "5 is not in: Salt, Sugar, Softmax\n"},
        {BO, "删 6", "6 本来就没有收录：Umbrellas for Bandits\n"},
        {ANA, "pick",
                "Which paper? Write its number in the draft, an arXiv id "
                "or a link, and “top” or “also”: /paper pick 12 top\n"},
        {BO, "选",
                "要选哪一篇？请写它在草稿中的序号、arXiv "
                "编号或链接，以及“重点”或“另外”，例如 /paper 选 12 重点\n"},
        {ANA, "pick 1 top",
                "1 is among the papers in full already: Kites on a String "
                "of Gradients\n"},
        {BO, "选 3 另外", "3 已在另外几篇中：Moths and Attention\n"},
        {ANA, "pick 2611.10001",
                "2611.10001 was posted here already, on Mon 2026-11-23.\n"},
        {BO, "选 2611.10001",
                "2611.10001 已于 2026-11-23（周一）在本频道发布过。\n"},
        {ANA, "pick 2611.1000",
                "“2611.1000” is no arXiv id. New ones look like "
                "2210.11693, old ones like hep-th/9901001.\n"},
        {ANA, "move 3",
                "Write the paper's number in the draft and the place it is "
                "to have, counted from the top: /paper move 3 1\n"},
        {BO, "移 3",
                "请写论文在草稿中的序号和要移到的位置（从上往下数），例如 "
                "/paper 移 3 1\n"},
        {ANA, "move 3 0",
                "Write the paper's number in the draft and the place it is "
                "to have, counted from the top: /paper move 3 1\n"},
        {ANA, "move 77 1",
                "There is no number 77 in the draft; it goes up to 6.\n"},
        {ANA, "move 1 1",
                "1 is now in place 1: Kites on a String of Gradients\n"},
        {ANA, "edit",
                "Write the paper's number in the draft and what is to be "
                "said of it: /paper edit 3 your words\n"},
        {BO, "改",
                "请写论文在草稿中的序号和新的介绍，例如 /paper 改 3 "
                "新的介绍\n"},
        {ANA, "edit the first one is great",
                "“the” does not name a paper. Its number in the draft, an "
                "arXiv id or a link does.\n"},
};

static void test_what_is_wrong_is_said_with_what_is_right(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    CONVERSE(asking, wrong_turns);
}

static const struct turn curating[] = {
        {ANA, "drop 3",
                "3 is out: Moths and Attention\n"
                "Now: 1, 2; further ones: 4.\n"},
        {BO, "pick 6 top",
                "6 is among the papers in full: Umbrellas for Bandits\n"
                "Now: 1, 2, 6; further ones: 4.\n"},
        {ANA, "move 6 1",
                "6 is now in place 1: Umbrellas for Bandits\n"
                "Now: 6, 1, 2; further ones: 4.\n"},
        {BO, "改 6 下雨天的老虎机，全文最好读的一篇。",
                "6 的介绍改为：下雨天的老虎机，全文最好读的一篇。\n"
                "现在的顺序：6、1、2；另外：4。\n"},
        {ANA, "edit 4 A ferry worth taking, twice.",
                "4 will say: A ferry worth taking, twice.\n"
                "Now: 6, 1, 2; further ones: 4.\n"},
};

static const struct turn curated_too_late[] = {
        {ANA, "drop 1",
                "There is no draft now. The next one comes 2026-11-25 "
                "11:30, or after that as soon as there are papers.\n"
                "Next digest: Wed 2026-11-25 13:30 (Asia/Shanghai).\n"},
        {BO, "草稿",
                "现在没有草稿。下一份将在 2026-11-25 11:30 "
                "发出；届时还没有新论文的话，一有就发。\n"
                "下一期：2026-11-25（周三）13:30（Asia/Shanghai）。\n"},
};

static void
test_what_goes_out_is_what_curators_left_and_names_them(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    CONVERSE(asking, curating);
    assert_string_equal(drafted_post(asking),
            "LG - 机器学习 CV - 计算机视觉\n"
            "由 ana、bo 选编\n"
            "摘要:用梯度放风筝、过夜发酵的正则化、渡船式领域适应\n"
            "\n"
            "1. [LG] Umbrellas for Bandits\n"
            "编者按：下雨天的老虎机，全文最好读的一篇。\n"
            "I Wind\n"
            "https://arxiv.org/abs/2611.20006\n"
            "\n"
            "2. [LG] Kites on a String of Gradients\n"
            "梯度线上的风筝\n"
            "用梯度控制风筝的飞行。\n"
            "I Wind\n"
            "https://arxiv.org/abs/2611.20001\n"
            "\n"
            "3. [LG] The Baker's Regularizer\n"
            "面包师的正则化\n"
            "一种隔夜才起作用的正则化方法。\n"
            "I Wind\n"
            "https://arxiv.org/abs/2611.20002\n"
            "\n"
            "另外几篇值得关注的论文:\n"
            "\n"
            "4. [LG] A Ferry Between Domains\n"
            "领域之间的渡船\n"
            "编者按：A ferry worth taking, twice.\n"
            "I Wind\n"
            "https://arxiv.org/abs/2611.20004\n"
            "\n"
            "arXiv 11-24 公告 · 6 篇新论文 + 0 篇交叉,选 4 篇\n");
    CONVERSE(asking, curated_too_late);
}

static void test_one_sign_is_a_command_only_before_a_number(void **state)
{
    struct asking *asking = *state;
    static const char *const words[] = {"移动机器人", "改革开放", "选题"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        asking_say(asking, words[i]);
        assert_null(asking->request.command);
    }
    asking_say(asking, "移3到1");
    assert_string_equal(asking->request.command->english[0], "move");
    asking_say(asking, "删第3篇");
    assert_string_equal(asking->request.command->english[0], "drop");
}

static void test_without_a_draft_it_is_said_when_the_next_comes(void **state)
{
    struct asking *asking = *state;
    static const struct turn yet[] = {
            {ANA, "pick 3",
                    "There is no draft yet: no new papers have been announced. "
                    "It comes as soon as they are, if that is before the "
                    "digest.\n"
                    "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
            {BO, "改 3 好",
                    "还没有草稿，因为没有新论文公布。日报发出前一有新论文就会发"
                    "草稿。\n"
                    "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n"},
    };
    static const struct turn off[] = {
            {ANA, "draft",
                    "No drafts are made here: each digest goes out as it was "
                    "chosen. To have them: /paper curate 2h\n"
                    "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
            {BO, "草稿",
                    "本频道不发草稿，日报按自动选择发出。要有草稿请发送 /paper "
                    "审稿 2小时\n"
                    "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n"},
    };
    static const struct turn paused[] = {
            {ANA, "draft",
                    "It is paused: no digest comes by itself until /paper "
                    "resume.\n"},
    };

    CONVERSE(asking, yet);
    asking->configured.curate_ms = 0;
    CONVERSE(asking, off);
    asking->configured.curate_ms = 7200000;
    asking->configured.paused = true;
    CONVERSE(asking, paused);
}

static void test_papers_that_nobody_knows_are_asked_for_first(void **state)
{
    struct asking *asking = *state;
    static const char *ids[] = {"2210.99999"};

    drafted_make(asking);
    asking_expect(asking, "drop 1 2",
            "1 is out: Kites on a String of Gradients\n"
            "2 is out: The Baker's Regularizer\n"
            "Now: 3, 4.\n");
    asking_expect(asking, "pick 1 2210.99999", "(wants 2210.99999)\n");
    asking->unheard_of = (struct string_list){ids, 1};
    asking_expect(asking, "pick 1 2210.99999",
            "1 is among the papers in full: Kites on a String of Gradients\n"
            "arXiv does not know 2210.99999, or did not answer in time. Check "
            "the id, or ask again in a few minutes: "
            "https://arxiv.org/abs/2210.99999\n"
            "Now: 1; further ones: 3, 4.\n");
}

static void test_who_is_no_curator_is_told_who_is(void **state)
{
    struct asking *asking = *state;
    struct draft *draft;

    drafted_make(asking);
    asking->person = "@zoe:example.org";
    asking->allowed = false;
    asking_expect(asking, "drop 1",
            "Sorry, only this channel's moderators and curators may do that: "
            "@ana:example.org, @bo:example.org.\n");
    asking_expect(asking, "草稿",
            "抱歉，只有本频道的管理者和编辑（@ana:example.org、@bo:example."
            "org）"
            "可以这样做。\n");
    assert_true(store_draft_get(asking->fixture.store, asking->configured.id,
            "digest/2026-11-24", &asking->fixture.arena, &draft, NULL));
    assert_false(draft->touched);
}

static void test_each_change_is_kept_with_who_made_it(void **state)
{
    struct asking *asking = *state;
    struct channel_change_list changes;

    drafted_make(asking);
    asking->person = ANA;
    asking_say(asking, "drop 3 4");
    asking->person = BO;
    asking_say(asking, "移 2 1");
    asking_say(asking, "edit 1 A kite.");
    asking_say(asking, "drop 3");
    assert_true(store_change_list(asking->fixture.store, asking->configured.id,
            10, &asking->fixture.arena, &changes, NULL));
    assert_int_equal(changes.count, 3);
    assert_string_equal(changes.items[0].what,
            "draft 2026-11-24: edit 1 (2611.20001) A kite.");
    assert_string_equal(changes.items[0].person, BO);
    assert_string_equal(changes.items[1].what,
            "draft 2026-11-24: move 2 (2611.20002) to place 1");
    assert_string_equal(changes.items[2].what,
            "draft 2026-11-24: drop 3 (2611.20003), drop 4 (2611.20004)");
    assert_string_equal(changes.items[2].person, ANA);
}

static void test_words_that_are_too_many_change_nothing(void **state)
{
    struct asking *asking = *state;
    struct arena *arena = &asking->fixture.arena;
    const char *long_text = "";

    drafted_make(asking);
    for (int i = 0; i < 601; i++)
        long_text = arena_format(arena, "%s潮", long_text);
    asking_expect(asking, arena_format(arena, "改 1 %s", long_text),
            "这段文字有 601 个字，最多 600 个字。没有改动。\n");
    asking_expect(asking, "edit 1",
            "1 has its own text, and no curator's. To change it: /paper edit 1 "
            "your words\n");
    const char *said = asking_say(asking,
            arena_format(arena, "改 1 %s", long_text + strlen("潮")));
    assert_non_null(strstr(said, "1 的介绍改为：潮潮"));
}

static void test_an_edit_is_one_line_without_control_characters(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    asking_expect(asking, "edit 1 One\nline,\t\x07no \xE2\x80\xAE more.",
            "1 will say: One line, no more.\n"
            "Now: 1, 2; further ones: 3, 4.\n");
}

static void test_a_card_says_what_the_curator_said(void **state)
{
    struct asking *asking = *state;

    drafted_make(asking);
    asking_say(asking, "edit 1 A kite.");
    drafted_post(asking);
    asking_expect(asking, "1",
            "1、[LG] Kites on a String of Gradients\n"
            "I Wind\n"
            "梯度线上的风筝\n"
            "编者按：A kite.\n"
            "We fly kites with gradients. Code is at "
            "https://github.com/example/kites.\n"
            "https://arxiv.org/abs/2611.20001\n"
            "本频道发布于 2026-11-24（周二）。\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DRAFTED_BOTH(
                    test_a_draft_is_shown_with_its_numbers_and_how_to_change_it),
            DRAFTED_BOTH(test_two_curators_take_turns_and_lose_nothing),
            DRAFTED_BOTH(test_a_curators_words_are_kept_as_they_were_written),
            DRAFTED_BOTH(test_what_is_wrong_is_said_with_what_is_right),
            DRAFTED_BOTH(
                    test_what_goes_out_is_what_curators_left_and_names_them),
            DRAFTED_BOTH(test_one_sign_is_a_command_only_before_a_number),
            DRAFTED_BOTH(test_without_a_draft_it_is_said_when_the_next_comes),
            DRAFTED_BOTH(test_papers_that_nobody_knows_are_asked_for_first),
            DRAFTED_BOTH(test_who_is_no_curator_is_told_who_is),
            DRAFTED_BOTH(test_each_change_is_kept_with_who_made_it),
            DRAFTED_BOTH(test_words_that_are_too_many_change_nothing),
            DRAFTED_BOTH(test_an_edit_is_one_line_without_control_characters),
            DRAFTED_BOTH(test_a_card_says_what_the_curator_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
