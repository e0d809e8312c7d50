#include "bot/votes.h"

#include "bot/base/civil_time.h"
#include "tests/support/clock.h"
#include "tests/support/fake_archive.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEPS_MAX = 100000,
    ASKED_MAX = 64,
    A_DAY = 3,
};

struct hall {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_archive archive;
    struct votes *votes;
    size_t noted; /* of what was asked */
    char asked[ASKED_MAX][FAKE_ARCHIVE_SUBJECT_SIZE];
    char when[ASKED_MAX][CIVIL_INSTANT_SIZE];
};

static int open_hall(void **state)
{
    static struct hall hall;

    hall = (struct hall){.seed = {11}};
    store_fixture_open(&hall.fixture, "memory");
    hall.clock = test_clock_of(&hall.time);
    hall.chance = chance_seeded(&hall.seed);
    fake_archive_init(&hall.archive, &hall.clock);
    hall.archive.papers_a_day = A_DAY;
    hall.archive.papers_a_page = 50;
    hall.archive.votes = 4;
    *state = &hall;
    return 0;
}

static int close_hall(void **state)
{
    struct hall *hall = *state;

    votes_close(hall->votes);
    fake_archive_finish(&hall->archive);
    store_fixture_close(&hall->fixture);
    return 0;
}

static int64_t utc(const char *instant)
{
    int64_t ms = 0;

    assert_true(civil_parse_instant(instant, &ms));
    return ms;
}

static void start(struct hall *hall, const char *now)
{
    hall->time.ms = utc(now);
    hall->votes = votes_open(hall->fixture.store, &hall->archive.source,
            &hall->chance, hall->time.ms, NULL);
    assert_non_null(hall->votes);
}

static void stop(struct hall *hall)
{
    votes_close(hall->votes);
    hall->votes = NULL;
    fake_archive_drop(&hall->archive);
}

static void note_question(struct hall *hall)
{
    assert_true(hall->noted < ASKED_MAX);
    snprintf(hall->asked[hall->noted], sizeof *hall->asked, "%s",
            hall->archive.last);
    civil_format_instant(hall->archive.last_asked_ms, hall->when[hall->noted]);
    hall->noted++;
}

static void run(struct hall *hall, const char *until)
{
    int64_t until_ms = utc(until);

    for (int steps = 0;; steps++) {
        int64_t due_ms = votes_next_due_ms(hall->votes);
        if (due_ms > until_ms)
            break;
        assert_true(steps < STEPS_MAX);
        if (due_ms > hall->time.ms)
            hall->time.ms = due_ms;
        votes_step(hall->votes, hall->time.ms);
        if (hall->archive.pending)
            note_question(hall);
        fake_archive_answer(&hall->archive);
    }
    hall->time.ms = until_ms;
}

static int64_t votes_of(struct hall *hall, struct civil_date date)
{
    struct signal_list signals;
    struct arena *arena = &hall->fixture.arena;
    char *id = fake_archive_id(arena, "cs.LG", date, 0);

    assert_true(store_signals_get(hall->fixture.store, id, arena, &signals,
            NULL));
    return signal_value(&signals, SIGNAL_HF_VOTES);
}

static void assert_asked(const struct hall *hall, size_t at, const char *day,
        const char *from, const char *to)
{
    assert_true(at < hall->noted);
    if (strstr(hall->asked[at], day) == NULL)
        fail_msg("question %zu is \"%s\", not %s", at, hall->asked[at], day);
    if (strcmp(hall->when[at], from) < 0 || strcmp(hall->when[at], to) > 0)
        fail_msg("question %zu came at %s", at, hall->when[at]);
}

static void test_each_evening_three_days_are_read(void **state)
{
    struct hall *hall = *state;

    start(hall, "2026-11-20T23:30:00Z");
    run(hall, "2026-11-22T23:30:00Z");
    assert_int_equal(hall->noted, 9);
    assert_asked(hall, 0, "2026-11-20", "2026-11-20T23:30:00Z",
            "2026-11-20T23:41:00Z");
    assert_asked(hall, 1, "2026-11-19", "2026-11-20T23:30:00Z",
            "2026-11-20T23:41:00Z");
    assert_asked(hall, 2, "2026-11-18", "2026-11-20T23:30:00Z",
            "2026-11-20T23:41:00Z");
    for (size_t i = 3; i < 6; i++)
        assert_asked(hall, i, "2026-11-", "2026-11-21T22:00:00Z",
                "2026-11-21T23:01:00Z");
    assert_asked(hall, 3, "2026-11-21", "2026-11-21T22:00:00Z",
            "2026-11-21T23:01:00Z");
    assert_asked(hall, 6, "2026-11-22", "2026-11-22T22:00:00Z",
            "2026-11-22T23:01:00Z");
    assert_true(hall->archive.least_gap_ms >= FAKE_ARCHIVE_GAP_MS);
    assert_false(hall->archive.overlapped);
}

static void test_votes_become_signals_that_only_rise(void **state)
{
    static const struct civil_date day = {2026, 11, 20};
    struct hall *hall = *state;

    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-21T12:00:00Z");
    assert_int_equal(votes_of(hall, day), 4);
    hall->archive.votes = 31;
    run(hall, "2026-11-22T12:00:00Z");
    assert_int_equal(votes_of(hall, day), 31);
    hall->archive.votes = 7;
    run(hall, "2026-11-23T12:00:00Z");
    assert_int_equal(votes_of(hall, day), 31);
}

static void test_a_day_is_never_asked_for_before_it_has_begun(void **state)
{
    struct hall *hall = *state;

    for (int hour = 0; hour < 24; hour++) {
        char now[CIVIL_INSTANT_SIZE], until[CIVIL_INSTANT_SIZE];
        int64_t now_ms = utc("2026-11-20T00:00:00Z") + hour * INT64_C(3600000);
        close_hall(state);
        open_hall(state);
        civil_format_instant(now_ms, now);
        civil_format_instant(now_ms + 1800000, until);
        start(hall, now);
        run(hall, until);
        assert_int_equal(hall->noted, 3);
        assert_asked(hall, 0, hour < 22 ? "2026-11-19" : "2026-11-20", now,
                until);
    }
}

static void test_a_restart_does_not_ask_again(void **state)
{
    struct hall *hall = *state;

    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-20T23:00:00Z");
    stop(hall);
    start(hall, "2026-11-20T23:10:00Z");
    run(hall, "2026-11-21T21:59:00Z");
    assert_int_equal(hall->noted, 3);
    run(hall, "2026-11-21T23:30:00Z");
    assert_int_equal(hall->noted, 6);
}

static void test_a_restart_goes_on_with_the_days_that_are_left(void **state)
{
    struct hall *hall = *state;

    start(hall, "2026-11-20T22:00:00Z");
    while (hall->noted < 2) { /* it dies with the second question */
        hall->time.ms = votes_next_due_ms(hall->votes);
        votes_step(hall->votes, hall->time.ms);
        note_question(hall);
        if (hall->noted < 2)
            fake_archive_answer(&hall->archive);
        if (hall->noted == 1)
            votes_step(hall->votes, hall->time.ms);
    }
    stop(hall);
    start(hall, "2026-11-20T22:30:00Z");
    run(hall, "2026-11-20T23:30:00Z");
    assert_int_equal(hall->noted, 4);
    assert_asked(hall, 2, "2026-11-19", "2026-11-20T22:30:00Z",
            "2026-11-20T22:41:00Z");
}

static void test_a_failure_is_tried_again_and_then_left_alone(void **state)
{
    struct hall *hall = *state;

    fake_archive_fail(&hall->archive, 0, FAKE_ARCHIVE_BUSY, 0);
    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-21T21:00:00Z");
    assert_int_equal(hall->noted, 4);
    run(hall, "2026-11-22T21:00:00Z");
    assert_int_equal(hall->noted, 8);
    assert_true(hall->archive.least_gap_ms >= INT64_C(60) * 1000);
}

static void test_a_refused_day_does_not_cost_the_others(void **state)
{
    struct hall *hall = *state;

    fake_archive_fail(&hall->archive, 1, FAKE_ARCHIVE_REFUSES, 0);
    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-21T12:00:00Z");
    assert_int_equal(hall->noted, 3);
    assert_int_equal(votes_of(hall, (struct civil_date){2026, 11, 20}), 0);
    assert_int_equal(votes_of(hall, (struct civil_date){2026, 11, 19}), 4);
}

static void test_the_server_s_wait_is_kept(void **state)
{
    struct hall *hall = *state;

    fake_archive_fail(&hall->archive, 1, FAKE_ARCHIVE_BUSY,
            INT64_C(3600) * 1000);
    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-21T12:00:00Z");
    assert_int_equal(hall->noted, 4);
    assert_asked(hall, 1, "2026-11-20", "2026-11-20T23:00:00Z",
            "2026-11-21T01:30:00Z");
}

static void test_a_long_day_comes_by_pages(void **state)
{
    struct hall *hall = *state;

    hall->archive.papers_a_page = 2;
    start(hall, "2026-11-20T22:00:00Z");
    run(hall, "2026-11-21T12:00:00Z");
    assert_int_equal(hall->noted, 6);
    assert_string_equal(hall->asked[1], "all 2026-11-20 2");
    hall->archive.papers_a_day = 9000; /* pages without end */
    run(hall, "2026-11-22T12:00:00Z");
    assert_int_equal(hall->noted, 6 + 3 * 5);
}

static void test_a_clock_that_was_ahead_is_no_reason_to_wait(void **state)
{
    struct hall *hall = *state;

    start(hall, "2027-03-20T22:00:00Z");
    run(hall, "2027-03-20T23:30:00Z");
    assert_int_equal(hall->noted, 3);
    hall->time.ms = utc("2026-11-20T12:00:00Z");
    votes_step(hall->votes, hall->time.ms); /* the bot looks now and then */
    run(hall, "2026-11-20T23:30:00Z");
    assert_int_equal(hall->noted, 6);
    assert_asked(hall, 3, "2026-11-20", "2026-11-20T22:00:00Z",
            "2026-11-20T23:01:00Z");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_hall, close_hall)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_each_evening_three_days_are_read),
            TEST(test_votes_become_signals_that_only_rise),
            TEST(test_a_day_is_never_asked_for_before_it_has_begun),
            TEST(test_a_restart_does_not_ask_again),
            TEST(test_a_restart_goes_on_with_the_days_that_are_left),
            TEST(test_a_failure_is_tried_again_and_then_left_alone),
            TEST(test_a_refused_day_does_not_cost_the_others),
            TEST(test_the_server_s_wait_is_kept),
            TEST(test_a_long_day_comes_by_pages),
            TEST(test_a_clock_that_was_ahead_is_no_reason_to_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
