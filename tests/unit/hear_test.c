/* The small parts of hearing: keys, the limit, what an emoji stands for. */
#include "bot/hear_key.h"
#include "bot/hear_limit.h"
#include "bot/hear_reaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- keys --- */

static void test_an_answer_is_found_by_its_event_and_account(void **state)
{
    struct arena arena = {0};
    const char *key = hear_key_answer(&arena, "home", "$event:example.org");

    (void)state;
    /* For good: outboxes of older runs hold such keys. */
    assert_string_equal(hear_key_answer(&arena, "", ""),
            "answer/af63bd4c8601b7df");
    assert_string_equal(key,
            hear_key_answer(&arena, "home", "$event:example.org"));
    assert_string_not_equal(key,
            hear_key_answer(&arena, "home", "$event:example.orh"));
    assert_string_not_equal(key,
            hear_key_answer(&arena, "work", "$event:example.org"));
    assert_string_not_equal(hear_key_answer(&arena, "ab", "c"),
            hear_key_answer(&arena, "a", "bc"));
    assert_string_equal(hear_key_wait(&arena, "home", "$event:example.org"),
            arena_format(&arena, "%s/wait", key));
    arena_finish(&arena);
}

/* --- the limit --- */

static enum hear_verdict judge(struct hear_limit *limit, const char *person,
        int64_t now_ms)
{
    int64_t wait_ms = 0;

    return hear_limit_judge(limit, "home", person, now_ms, &wait_ms);
}

static void test_the_window_slides(void **state)
{
    struct hear_limit *limit = calloc(1, sizeof *limit);
    int64_t wait_ms = 0;

    (void)state;
    assert_non_null(limit);
    /* One every two seconds: twenty in 40 s. */
    for (int i = 0; i < 20; i++)
        assert_int_equal(judge(limit, "@ana", 1000000 + i * 2000), HEAR_ANSWER);
    assert_int_equal(hear_limit_judge(limit, "home", "@ana", 1040000, &wait_ms),
            HEAR_TELL);
    assert_int_equal(wait_ms, 20000);
    assert_int_equal(judge(limit, "@ana", 1050000), HEAR_SILENT);
    assert_int_equal(judge(limit, "@bo", 1050000), HEAR_ANSWER);
    assert_int_equal(hear_limit_judge(limit, "work", "@ana", 1050000, &wait_ms),
            HEAR_ANSWER);
    /* The first is a minute ago: there is room for one. */
    assert_int_equal(judge(limit, "@ana", 1060000), HEAR_ANSWER);
    assert_int_equal(judge(limit, "@ana", 1060000), HEAR_TELL);
    assert_int_equal(judge(limit, "@ana", 1061999), HEAR_SILENT);
    assert_int_equal(judge(limit, "@ana", 1062000), HEAR_ANSWER);
    free(limit);
}

static void test_a_clock_that_was_ahead_silences_nobody(void **state)
{
    struct hear_limit *limit = calloc(1, sizeof *limit);

    (void)state;
    assert_non_null(limit);
    for (int i = 0; i < 20; i++)
        judge(limit, "@ana", INT64_C(2000000000000));
    assert_int_equal(judge(limit, "@ana", INT64_C(1000000000000)), HEAR_ANSWER);
    free(limit);
}

static void test_a_crowd_is_counted_within_bounds(void **state)
{
    struct hear_limit *limit = calloc(1, sizeof *limit);
    char person[32];

    (void)state;
    assert_non_null(limit);
    for (int i = 0; i < 5000; i++) {
        snprintf(person, sizeof person, "@%d", i);
        assert_int_equal(judge(limit, person, 1000000 + i), HEAR_ANSWER);
    }
    free(limit);
}

/* --- reactions --- */

static void test_an_emoji_means_the_same_in_every_look(void **state)
{
    static const struct {
        const char *emoji;
        enum hear_reaction_kind kind;
        unsigned number;
    } cases[] = {
            {"👍", HEAR_REACTION_UP, 0},
            {"👍🏻", HEAR_REACTION_UP, 0},
            {"👍🏿", HEAR_REACTION_UP, 0},
            {"👍️", HEAR_REACTION_UP, 0},
            {"👎🏽", HEAR_REACTION_DOWN, 0},
            {"⭐", HEAR_REACTION_SAVE, 0},
            {"⭐️", HEAR_REACTION_SAVE, 0},
            {"1️⃣", HEAR_REACTION_UP, 1},
            {"9⃣", HEAR_REACTION_UP, 9},
            {"🔟", HEAR_REACTION_UP, 10},
            {"0️⃣", HEAR_REACTION_NONE, 0},
            {"1", HEAR_REACTION_NONE, 0},
            {"🏽", HEAR_REACTION_NONE, 0},
            {"👍👍", HEAR_REACTION_NONE, 0},
            {"", HEAR_REACTION_NONE, 0},
            {"\xF0\x9F", HEAR_REACTION_NONE, 0},
            {"a long word that is no emoji and goes on for a while",
                    HEAR_REACTION_NONE, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hear_reaction reaction = hear_reaction_read(cases[i].emoji);
        if (reaction.kind != cases[i].kind ||
                reaction.number != cases[i].number)
            fail_msg("%s is %d %u", cases[i].emoji, reaction.kind,
                    reaction.number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_answer_is_found_by_its_event_and_account),
            cmocka_unit_test(test_the_window_slides),
            cmocka_unit_test(test_a_clock_that_was_ahead_silences_nobody),
            cmocka_unit_test(test_a_crowd_is_counted_within_bounds),
            cmocka_unit_test(test_an_emoji_means_the_same_in_every_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
