#include "bot/turn.h"

#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    GAP_MS = 3000,
    NOW_MS = 1000000,
};

static const struct source_ops ops = {.kind = "arxiv", .gap_ms = GAP_MS};

struct hall {
    struct store_fixture fixture;
    struct turn turn; /* of whoever claimed last */
};

static int open_hall(void **state)
{
    static struct hall hall;

    store_fixture_open(&hall.fixture, "sqlite");
    *state = &hall;
    return 0;
}

static int close_hall(void **state)
{
    struct hall *hall = *state;

    store_fixture_close(&hall->fixture);
    return 0;
}

static bool claims(struct hall *hall, enum turn_for whom, int64_t now_ms)
{
    hall->turn = (struct turn){0};
    assert_true(turn_claim(hall->fixture.store, &ops, whom, now_ms, &hall->turn,
            NULL));
    return hall->turn.claimed;
}

static void end(struct hall *hall, int64_t asked_ms, int64_t wait_ms,
        int64_t now_ms)
{
    assert_true(turn_keep(hall->fixture.store, &ops, asked_ms, wait_ms, now_ms,
            NULL));
}

static void test_two_never_ask_within_the_gap(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    end(hall, NOW_MS, 0, NOW_MS + 10);
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + 2999));
    assert_int_equal(hall->turn.free_ms, NOW_MS + GAP_MS);
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + 3000));
}

static void test_two_never_ask_at_once(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    assert_false(claims(hall, TURN_FOR_PERSON, NOW_MS + 20000));
    assert_int_equal(hall->turn.free_ms, NOW_MS + 21000);
    end(hall, NOW_MS, 0, NOW_MS + 20100);
    assert_true(claims(hall, TURN_FOR_PERSON, NOW_MS + 21000));
}

static void test_a_turn_that_was_called_off_is_free(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    turn_release(hall->fixture.store, &ops, &hall->turn);
    assert_false(hall->turn.held);
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS));
}

static void test_the_turn_of_the_dead_ends(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + TURN_LEASE_MS - 1));
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + TURN_LEASE_MS));
}

/* As after a kill: the store is opened and locked anew. */
static void start_again(struct hall *hall)
{
    store_fixture_reopen(&hall->fixture);
    assert_true(store_lock(hall->fixture.store, "pid 2", NULL));
    assert_true(turn_bury(hall->fixture.store, &ops, NULL));
}

static void test_who_has_the_lock_anew_need_not_wait_for_the_dead(void **state)
{
    struct hall *hall = *state;

    assert_true(store_lock(hall->fixture.store, "pid 1", NULL));
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    start_again(hall);
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS - 1));
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS));
    /* Of our own two the second waits. */
    assert_false(claims(hall, TURN_FOR_PERSON, NOW_MS + 2 * GAP_MS));
}

static void test_who_asks_beside_the_daemon_may_be_alive(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_PERSON, NOW_MS));
    start_again(hall);
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS));
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + TURN_LEASE_MS));
}

static void test_a_person_who_waits_goes_first(void **state)
{
    struct hall *hall = *state;
    int64_t at_ms = NOW_MS + 60000;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    assert_false(claims(hall, TURN_FOR_PERSON, at_ms - 500));
    end(hall, NOW_MS, 0, at_ms);
    /* The job comes first, though the gap has long passed. */
    assert_false(claims(hall, TURN_FOR_JOB, at_ms));
    assert_true(claims(hall, TURN_FOR_PERSON, at_ms + 500));
    end(hall, at_ms + 500, 0, at_ms + 700);
    assert_true(claims(hall, TURN_FOR_JOB, at_ms + 500 + GAP_MS));
}

static void test_a_person_who_went_away_holds_nobody_up_for_long(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    assert_false(claims(hall, TURN_FOR_PERSON, NOW_MS + 10));
    end(hall, NOW_MS, 0, NOW_MS + 20);
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS));
    assert_true(hall->turn.free_ms <= NOW_MS + 10000);
    assert_true(claims(hall, TURN_FOR_JOB, hall->turn.free_ms));
}

static void test_a_servers_wait_is_everybodys(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    end(hall, NOW_MS, 600000, NOW_MS + 100);
    assert_false(claims(hall, TURN_FOR_PERSON, NOW_MS + 500000));
    assert_int_equal(hall->turn.free_ms, NOW_MS + 600100);
    turn_put_back(hall->fixture.store, &ops, 500000);
    assert_true(claims(hall, TURN_FOR_PERSON, NOW_MS + 100100));
}

static void test_no_wait_is_longer_than_our_patience(void **state)
{
    struct hall *hall = *state;

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS));
    end(hall, NOW_MS, INT64_MAX / 2, NOW_MS);
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS + TURN_PATIENCE_MS - 1));
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + TURN_PATIENCE_MS));
}

static void test_a_clock_that_was_a_year_ahead_is_not_waited_for(void **state)
{
    struct hall *hall = *state;
    int64_t year_ms = INT64_C(31536000000);

    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + year_ms));
    end(hall, NOW_MS + year_ms, 60000, NOW_MS + year_ms);
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + year_ms + 60000));
    assert_false(claims(hall, TURN_FOR_JOB, NOW_MS));
    assert_int_equal(hall->turn.free_ms, NOW_MS + GAP_MS);
    assert_true(claims(hall, TURN_FOR_JOB, NOW_MS + GAP_MS));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_hall, close_hall)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_two_never_ask_within_the_gap),
            TEST(test_two_never_ask_at_once),
            TEST(test_a_turn_that_was_called_off_is_free),
            TEST(test_the_turn_of_the_dead_ends),
            TEST(test_who_has_the_lock_anew_need_not_wait_for_the_dead),
            TEST(test_who_asks_beside_the_daemon_may_be_alive),
            TEST(test_a_person_who_waits_goes_first),
            TEST(test_a_person_who_went_away_holds_nobody_up_for_long),
            TEST(test_a_servers_wait_is_everybodys),
            TEST(test_no_wait_is_longer_than_our_patience),
            TEST(test_a_clock_that_was_a_year_ahead_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
