#include "adapters/channels/slack_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct chance_seed seed;
static struct random_source chance;
static struct slack_link link;
static const int64_t start_ms = INT64_C(1700000000000);

static int set_up(void **state)
{
    (void)state;
    seed = (struct chance_seed){7};
    chance = chance_seeded(&seed);
    slack_link_init(&link, 1, &slack_link_times_usual, &chance);
    return 0;
}

static void want(unsigned wanted)
{
    slack_link_init(&link, wanted, &slack_link_times_usual, &chance);
}

static void assert_act(int64_t now_ms, enum slack_link_act act, unsigned number)
{
    unsigned which = number;

    assert_int_equal(slack_link_next(&link, now_ms, &which), act);
    if (act != SLACK_LINK_WAIT)
        assert_int_equal(which, number);
}

/* Opens one and has it greeted. */
static void greet(int64_t now_ms, unsigned number)
{
    assert_act(now_ms, SLACK_LINK_OPEN, number);
    slack_link_greeted(&link, number, now_ms);
}

static void test_one_is_opened_and_then_nothing_is_due(void **state)
{
    (void)state;
    assert_true(slack_link_due_ms(&link) <= start_ms);
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
    assert_act(start_ms, SLACK_LINK_WAIT, 0);
    assert_int_equal(slack_link_due_ms(&link), start_ms + 30 * INT64_C(1000));
    slack_link_greeted(&link, 0, start_ms + 400);
    assert_int_equal(slack_link_ready(&link), 1);
    assert_int_equal(slack_link_due_ms(&link), INT64_MAX);
    assert_act(start_ms + INT64_C(3600000), SLACK_LINK_WAIT, 0);
}

static void test_several_are_opened_one_after_the_other(void **state)
{
    (void)state;
    want(3);
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
    assert_act(start_ms, SLACK_LINK_WAIT, 0);
    slack_link_greeted(&link, 0, start_ms + 1);
    greet(start_ms + 1, 1);
    greet(start_ms + 2, 2);
    assert_act(start_ms + 3, SLACK_LINK_WAIT, 0);
    assert_int_equal(slack_link_ready(&link), 3);
}

static void
test_the_new_one_is_greeted_before_the_old_one_is_let_go(void **state)
{
    static const enum slack_link_reason reasons[] = {SLACK_LINK_WARNING,
            SLACK_LINK_REFRESH, SLACK_LINK_OTHER};
    const int64_t told_ms = start_ms + INT64_C(3000000);

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        set_up(state);
        greet(start_ms, 0);
        slack_link_told(&link, 0, reasons[i], told_ms);
        assert_act(told_ms, SLACK_LINK_OPEN, 1);
        assert_act(told_ms + 20 * INT64_C(1000), SLACK_LINK_WAIT, 0);
        slack_link_greeted(&link, 1, told_ms + 20 * INT64_C(1000));
        assert_act(told_ms + 79 * INT64_C(1000), SLACK_LINK_WAIT, 0);
        assert_int_equal(slack_link_due_ms(&link),
                told_ms + 80 * INT64_C(1000));
        assert_act(told_ms + 80 * INT64_C(1000), SLACK_LINK_LET_GO, 0);
        assert_act(told_ms + 80 * INT64_C(1000), SLACK_LINK_WAIT, 0);
    }
}

static void test_of_two_that_leave_the_first_told_goes_first(void **state)
{
    const int64_t told_ms = start_ms + INT64_C(3000000);

    (void)state;
    want(2);
    greet(start_ms, 0);
    greet(start_ms, 1);
    slack_link_told(&link, 1, SLACK_LINK_REFRESH, told_ms);
    slack_link_told(&link, 0, SLACK_LINK_REFRESH, told_ms + 1);
    greet(told_ms + 1, 2);
    greet(told_ms + 500, 3);
    assert_act(told_ms + 1 + 60 * INT64_C(1000), SLACK_LINK_LET_GO, 1);
    assert_act(told_ms + 1 + 60 * INT64_C(1000), SLACK_LINK_WAIT, 0);
    assert_act(told_ms + 500 + 60 * INT64_C(1000), SLACK_LINK_LET_GO, 0);
    assert_int_equal(slack_link_ready(&link), 2);
}

static void test_the_old_one_is_kept_while_its_successor_fails(void **state)
{
    const int64_t told_ms = start_ms + INT64_C(3000000);
    const struct error failure = {.kind = ERROR_RETRY};
    int64_t now_ms = told_ms;

    (void)state;
    greet(start_ms, 0);
    slack_link_told(&link, 0, SLACK_LINK_WARNING, told_ms);
    for (int i = 0; i < 5; i++) {
        assert_act(now_ms, SLACK_LINK_OPEN, 1);
        slack_link_lost(&link, 1, &failure, now_ms);
        assert_act(now_ms, SLACK_LINK_WAIT, 0);
        now_ms = slack_link_due_ms(&link);
    }
    assert_int_equal(link.sockets[0].state, SLACK_LINK_LEAVING);
    greet(now_ms, 1);
    assert_act(now_ms + 60 * INT64_C(1000), SLACK_LINK_LET_GO, 0);
}

static void
test_failures_wait_ever_longer_and_success_forgets_them(void **state)
{
    const struct error failure = {.kind = ERROR_RETRY};
    int64_t now_ms = start_ms, wait_ms = 0, most_ms = 2000;

    (void)state;
    for (int i = 0; i < 12; i++) {
        assert_act(now_ms, SLACK_LINK_OPEN, 0);
        slack_link_lost(&link, 0, &failure, now_ms);
        wait_ms = slack_link_due_ms(&link) - now_ms;
        assert_in_range(wait_ms, most_ms / 2, most_ms);
        now_ms += wait_ms;
        most_ms = most_ms * 2 > 300 * INT64_C(1000) ? 300 * INT64_C(1000)
                                                    : most_ms * 2;
    }
    assert_int_equal(most_ms, 300 * INT64_C(1000));
    greet(now_ms, 0);
    slack_link_lost(&link, 0, &failure, now_ms + 60 * INT64_C(1000));
    assert_true(slack_link_due_ms(&link) <= now_ms + 60 * INT64_C(1000));
    assert_act(now_ms + 60 * INT64_C(1000), SLACK_LINK_OPEN, 0);
    slack_link_lost(&link, 0, &failure, now_ms + 60 * INT64_C(1000));
    assert_in_range(slack_link_due_ms(&link) - now_ms - 60 * INT64_C(1000),
            1000, 2000);
}

static void test_one_that_dies_young_counts_as_a_failure(void **state)
{
    int64_t now_ms = start_ms;

    (void)state;
    for (int i = 0; i < 6; i++) {
        greet(now_ms, 0);
        slack_link_lost(&link, 0, NULL, now_ms + 1000);
        now_ms = slack_link_due_ms(&link);
    }
    assert_true(now_ms - start_ms > 30 * INT64_C(1000));
}

static void test_slacks_wait_is_obeyed(void **state)
{
    const struct error limited = {.kind = ERROR_RETRY,
            .retry_after_ms = 90 * INT64_C(1000)};

    (void)state;
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
    slack_link_lost(&link, 0, &limited, start_ms);
    assert_act(start_ms + 90 * INT64_C(1000) - 1, SLACK_LINK_WAIT, 0);
    assert_true(slack_link_due_ms(&link) >= start_ms + 90 * INT64_C(1000));
}

static void test_what_a_person_must_mend_is_tried_seldom(void **state)
{
    const struct error wrong = {.kind = ERROR_STOP};

    (void)state;
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
    slack_link_lost(&link, 0, &wrong, start_ms);
    assert_in_range(slack_link_due_ms(&link) - start_ms, 150 * INT64_C(1000),
            300 * INT64_C(1000));
}

static void test_one_that_is_not_greeted_in_time_is_let_go(void **state)
{
    (void)state;
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
    assert_act(start_ms + 29 * INT64_C(1000), SLACK_LINK_WAIT, 0);
    assert_act(start_ms + 30 * INT64_C(1000), SLACK_LINK_LET_GO, 0);
    assert_in_range(slack_link_due_ms(&link) - start_ms - 30 * INT64_C(1000),
            1000, 2000);
    slack_link_greeted(&link, 0, start_ms + 31 * INT64_C(1000));
    assert_int_equal(slack_link_ready(&link), 0);
}

static void
test_where_it_is_switched_off_it_is_looked_at_now_and_then(void **state)
{
    (void)state;
    greet(start_ms, 0);
    slack_link_told(&link, 0, SLACK_LINK_DISABLED, start_ms + 1000);
    assert_true(link.disabled);
    assert_act(start_ms + 1000, SLACK_LINK_LET_GO, 0);
    assert_in_range(slack_link_due_ms(&link) - start_ms - 1000,
            150 * INT64_C(1000), 300 * INT64_C(1000));
    greet(start_ms + 301 * INT64_C(1000), 0);
    assert_false(link.disabled);
}

static void test_one_too_many_is_given_up_and_the_others_stay(void **state)
{
    (void)state;
    want(2);
    greet(start_ms, 0);
    assert_act(start_ms, SLACK_LINK_OPEN, 1);
    slack_link_told(&link, 1, SLACK_LINK_CROWDED, start_ms + 500);
    assert_act(start_ms + 500, SLACK_LINK_LET_GO, 1);
    assert_int_equal(slack_link_ready(&link), 1);
    assert_in_range(slack_link_due_ms(&link) - start_ms - 500,
            30 * INT64_C(1000), 60 * INT64_C(1000));
}

static void test_a_clock_that_was_set_back_is_not_waited_for(void **state)
{
    const int64_t day_ms = INT64_C(86400000);

    (void)state;
    assert_act(start_ms + 3 * day_ms, SLACK_LINK_OPEN, 0);
    assert_act(start_ms, SLACK_LINK_WAIT, 0);
    assert_act(start_ms + 30 * INT64_C(1000), SLACK_LINK_LET_GO, 0);
    set_up(state);
    assert_act(start_ms + 3 * day_ms, SLACK_LINK_OPEN, 0);
    slack_link_lost(&link, 0, NULL, start_ms + 3 * day_ms);
    assert_act(start_ms, SLACK_LINK_OPEN, 0);
}

static void test_slacks_words_are_known(void **state)
{
    (void)state;
    assert_int_equal(slack_link_reason_of("warning"), SLACK_LINK_WARNING);
    assert_int_equal(slack_link_reason_of("refresh_requested"),
            SLACK_LINK_REFRESH);
    assert_int_equal(slack_link_reason_of("link_disabled"),
            SLACK_LINK_DISABLED);
    assert_int_equal(slack_link_reason_of("too_many_websockets"),
            SLACK_LINK_CROWDED);
    assert_int_equal(slack_link_reason_of("tea_time"), SLACK_LINK_OTHER);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_one_is_opened_and_then_nothing_is_due),
            TEST(test_several_are_opened_one_after_the_other),
            TEST(test_the_new_one_is_greeted_before_the_old_one_is_let_go),
            TEST(test_of_two_that_leave_the_first_told_goes_first),
            TEST(test_the_old_one_is_kept_while_its_successor_fails),
            TEST(test_failures_wait_ever_longer_and_success_forgets_them),
            TEST(test_one_that_dies_young_counts_as_a_failure),
            TEST(test_slacks_wait_is_obeyed),
            TEST(test_what_a_person_must_mend_is_tried_seldom),
            TEST(test_one_that_is_not_greeted_in_time_is_let_go),
            TEST(test_where_it_is_switched_off_it_is_looked_at_now_and_then),
            TEST(test_one_too_many_is_given_up_and_the_others_stay),
            TEST(test_a_clock_that_was_set_back_is_not_waited_for),
            TEST(test_slacks_words_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
