#include "bot/base/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct retry_policy policy = {
        .first_ms = 100,
        .longest_ms = 1000,
        .patience_ms = 60000,
        .attempts_max = 7,
};

static uint64_t draw_least(void *state, uint64_t bound)
{
    (void)state;
    (void)bound;
    return 0;
}

static uint64_t draw_most(void *state, uint64_t bound)
{
    (void)state;
    return bound - 1;
}

static const struct random_source least = {.below = draw_least};
static const struct random_source most = {.below = draw_most};

static void test_waits_double_up_to_the_longest_and_then_end(void **state)
{
    (void)state;
    static const int64_t expected[] = {100, 200, 400, 800, 1000, 1000};
    struct retry retry;
    int64_t wait_ms = -1;

    retry_init(&retry, &policy);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(retry_after_failure(&retry, 0, &most, &wait_ms));
        assert_int_equal(wait_ms, expected[i]);
    }
    assert_false(retry_after_failure(&retry, 0, &most, &wait_ms));
    assert_false(retry_after_failure(&retry, 0, &most, &wait_ms));
}

static void test_luck_never_halves_the_wait_more_than_once(void **state)
{
    (void)state;
    struct retry retry;
    int64_t wait_ms = -1;

    retry_init(&retry, &policy);
    assert_true(retry_after_failure(&retry, 0, &least, &wait_ms));
    assert_int_equal(wait_ms, 50);
}

static void test_the_server_is_obeyed_within_our_patience(void **state)
{
    (void)state;
    struct retry retry;
    int64_t wait_ms = -1;

    retry_init(&retry, &policy);
    assert_true(retry_after_failure(&retry, 60000, &most, &wait_ms));
    assert_int_equal(wait_ms, 60000);
    assert_false(retry_after_failure(&retry, 60001, &most, &wait_ms));
    assert_int_equal(wait_ms, 60000);
}

static void test_success_forgives(void **state)
{
    (void)state;
    struct retry retry;
    int64_t wait_ms = -1;

    retry_init(&retry, &policy);
    assert_true(retry_after_failure(&retry, 0, &most, &wait_ms));
    assert_true(retry_after_failure(&retry, 0, &most, &wait_ms));
    retry_after_success(&retry);
    assert_true(retry_after_failure(&retry, 0, &most, &wait_ms));
    assert_int_equal(wait_ms, 100);
}

static void test_extremes_do_not_overflow(void **state)
{
    (void)state;
    static const struct retry_policy huge = {
            .first_ms = 1,
            .longest_ms = INT64_MAX,
            .attempts_max = 200,
    };
    struct retry retry;
    int64_t wait_ms = -1;

    retry_init(&retry, &huge);
    for (int i = 0; i < 199; i++)
        assert_true(retry_after_failure(&retry, 0, &most, &wait_ms));
    assert_true(wait_ms == INT64_MAX);
}

static void test_each_flaw_of_a_policy_is_named(void **state)
{
    (void)state;
    struct retry_policy flawed = policy;

    assert_null(retry_policy_flaw(&policy));
    flawed.first_ms = 0;
    assert_string_equal(retry_policy_flaw(&flawed),
            "first_ms must be at least 1");
    flawed = policy;
    flawed.longest_ms = 99;
    assert_string_equal(retry_policy_flaw(&flawed),
            "longest_ms must not be less than first_ms");
    flawed = policy;
    flawed.patience_ms = -1;
    assert_string_equal(retry_policy_flaw(&flawed),
            "patience_ms must not be negative");
    flawed = policy;
    flawed.attempts_max = 0;
    assert_string_equal(retry_policy_flaw(&flawed),
            "attempts_max must be at least 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_waits_double_up_to_the_longest_and_then_end),
            cmocka_unit_test(test_luck_never_halves_the_wait_more_than_once),
            cmocka_unit_test(test_the_server_is_obeyed_within_our_patience),
            cmocka_unit_test(test_success_forgives),
            cmocka_unit_test(test_extremes_do_not_overflow),
            cmocka_unit_test(test_each_flaw_of_a_policy_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
