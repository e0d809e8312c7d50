#include "bot/commands/command_vote.h"

#include "bot/taste.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct taste taste_of(struct asking *asking)
{
    struct taste taste;

    assert_true(store_taste_get(asking->fixture.store, asking->configured.id,
            &asking->fixture.arena, &taste, NULL));
    return taste;
}

static void test_a_vote_is_cast_once_and_undone_by_the_opposite(void **state)
{
    asking_expect(*state, "up 2611.10001",
            "👍 Slow Tides: Diffusion Models for River Forecasting\n"
            "The channel goes by 1 vote; /paper why 3 tells what that does to "
            "a paper.\n");
    asking_expect(*state, "赞 2611.10001",
            "你已经投过这一票：Slow Tides: Diffusion Models for River "
            "Forecasting\n"
            "本频道共有 1 票可参考；发送 /paper 为什么 3 "
            "查看它对某篇论文的影响。"
            "\n");
    asking_expect(*state, "down 2611.10001",
            "Your vote is taken back: Slow Tides: Diffusion Models for River "
            "Forecasting\n");
    assert_int_equal(taste_of(*state).count, 0);
    asking_expect(*state, "踩 2611.10001",
            "👎 Slow Tides: Diffusion Models for River Forecasting\n"
            "本频道共有 1 票可参考；发送 /paper 为什么 3 "
            "查看它对某篇论文的影响。"
            "\n");
}

static void test_nothing_to_vote_on_is_asked_back(void **state)
{
    asking_expect(*state, "up",
            "For which paper? Write its number in the digest, an arXiv id or a "
            "link: /paper up 3\n");
    asking_expect(*state, "踩",
            "给哪篇论文投票？请写它在日报中的序号、arXiv 编号或链接，例如 "
            "/paper 踩 "
            "3\n");
    asking_expect(*state, "up 99",
            "There is no number 99: the digest of Mon 2026-11-23 goes up to "
            "4.\n");
}

static void test_everybody_has_a_vote(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "up 2611.10001");
    asking->person = "bo";
    asking_say(asking, "down 2611.10001");
    struct taste taste = taste_of(asking);
    assert_string_equal(taste.items[0].word, "");
    assert_int_equal(taste.items[0].ups, 1);
    assert_int_equal(taste.items[0].downs, 1);
}

static void test_votes_raise_what_is_alike(void **state)
{
    struct asking *asking = *state;
    struct paper *alike, *other;
    struct arena *arena = &asking->fixture.arena;

    asking_say(asking, "up 2611.10001");
    struct taste taste = taste_of(asking);
    assert_true(store_paper_get(asking->fixture.store, "2611.10001", arena,
            &alike, NULL));
    assert_true(store_paper_get(asking->fixture.store, "2611.10002", arena,
            &other, NULL));
    int liked = taste_score(&taste, alike, arena);
    assert_true(liked > taste_score(&taste, other, arena));
    assert_true(liked > 0 && liked <= TASTE_SCORE_MAX);
    struct taste_reasons reasons = taste_reasons_of(&taste, alike, 3, arena);
    assert_int_equal(reasons.count, 3);
    assert_true(reasons.items[0].score >= reasons.items[2].score);
    assert_non_null(strstr(asking_say(asking, "why 2611.10001"),
            "like, or unlike, what was voted for here: "));
}

static void test_all_learnt_anew_is_the_same(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;

    asking_say(asking, "up 2611.10001 2611.10003");
    asking_say(asking, "down 2611.10002");
    struct taste before = taste_of(asking);
    assert_true(taste_relearn(store, asking->configured.id, NULL));
    struct taste after = taste_of(asking);
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < before.count; i++) {
        assert_string_equal(before.items[i].word, after.items[i].word);
        assert_int_equal(before.items[i].ups, after.items[i].ups);
        assert_int_equal(before.items[i].downs, after.items[i].downs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_a_vote_is_cast_once_and_undone_by_the_opposite),
            ASKING_BOTH(test_nothing_to_vote_on_is_asked_back),
            ASKING_BOTH(test_everybody_has_a_vote),
            ASKING_BOTH(test_votes_raise_what_is_alike),
            ASKING_BOTH(test_all_learnt_anew_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
