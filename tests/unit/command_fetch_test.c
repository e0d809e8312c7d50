#include "bot/commands/command_fetch.h"

#include "bot/turn.h"
#include "tests/support/clock.h"
#include "tests/support/fake_archive.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    STEPS_MAX = 200,
    START_MS = 1000000,
};

struct hall {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct fake_archive archive;
    struct command_fetch *fetch;
    struct arena arena;
};

static int open_hall(void **state)
{
    static struct hall hall;

    hall = (struct hall){.time = {.ms = START_MS}};
    store_fixture_open(&hall.fixture, "memory");
    hall.clock = test_clock_of(&hall.time);
    fake_archive_init(&hall.archive, &hall.clock);
    hall.fetch = command_fetch_open(hall.fixture.store, &hall.archive.source,
            hall.time.ms, NULL);
    assert_non_null(hall.fetch);
    *state = &hall;
    return 0;
}

static int close_hall(void **state)
{
    struct hall *hall = *state;

    command_fetch_close(hall->fetch);
    fake_archive_finish(&hall->archive);
    store_fixture_close(&hall->fixture);
    arena_finish(&hall->arena);
    return 0;
}

static struct command_wish wish_of(struct hall *hall, const char *a,
        const char *b)
{
    struct command_wish wish = {.arena = &hall->arena,
            .until_ms = hall->time.ms + COMMAND_FETCH_PATIENCE_MS};
    size_t capacity = 0;

    string_list_add(&wish.ids, &capacity, &hall->arena, a);
    if (b != NULL)
        string_list_add(&wish.ids, &capacity, &hall->arena, b);
    return wish;
}

/* Until nothing is due by itself any more; answers come at once, or never. */
static void run(struct hall *hall, bool answered)
{
    for (int i = 0; i < STEPS_MAX; i++) {
        int64_t due_ms = command_fetch_next_due_ms(hall->fetch);
        if (due_ms == INT64_MAX)
            return;
        if (due_ms > hall->time.ms)
            hall->time.ms = due_ms;
        command_fetch_step(hall->fetch, hall->time.ms);
        if (answered)
            fake_archive_answer(&hall->archive);
    }
    fail_msg("it turns on the spot");
}

static bool is_known(struct hall *hall, const char *id)
{
    struct paper *paper;

    assert_true(store_paper_get(hall->fixture.store, id, &hall->arena, &paper,
            NULL));
    return paper != NULL;
}

static void test_papers_come_and_the_unknown_are_named(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", "2210.99999");

    command_fetch_want(hall->fetch, &wish);
    run(hall, true);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 1);
    assert_string_equal(wish.unheard_of.items[0], "2210.99999");
    assert_true(is_known(hall, "2210.11693"));
    assert_int_equal(hall->archive.asked, 1);
    assert_int_equal(hall->time.ms, START_MS);
}

static void test_all_who_wait_are_asked_for_at_once(void **state)
{
    struct hall *hall = *state;
    struct command_wish one = wish_of(hall, "2210.11693", NULL),
                        two = wish_of(hall, "2210.11694", "2210.11693");

    command_fetch_want(hall->fetch, &one);
    command_fetch_want(hall->fetch, &two);
    run(hall, true);
    assert_true(one.over && two.over);
    assert_int_equal(hall->archive.asked, 1);
    assert_int_equal(hall->archive.handed_on, 2);
    assert_int_equal(one.unheard_of.count + two.unheard_of.count, 0);
}

static void test_who_comes_later_waits_for_the_gap(void **state)
{
    struct hall *hall = *state;
    struct command_wish one = wish_of(hall, "2210.11693", NULL),
                        two = wish_of(hall, "2210.11694", NULL);

    command_fetch_want(hall->fetch, &one);
    command_fetch_step(hall->fetch, hall->time.ms);
    command_fetch_want(hall->fetch, &two);
    fake_archive_answer(&hall->archive);
    run(hall, true);
    assert_true(one.over && two.over);
    assert_int_equal(hall->archive.asked, 2);
    assert_true(hall->archive.least_gap_ms >= FAKE_ARCHIVE_GAP_MS);
    assert_false(hall->archive.overlapped);
}

static void test_a_deadline_ends_the_waiting_and_the_question(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);

    command_fetch_want(hall->fetch, &wish);
    run(hall, false);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 1);
    assert_int_equal(hall->time.ms, START_MS + COMMAND_FETCH_PATIENCE_MS);
    assert_false(hall->archive.pending);
    /* And the turn is given back. */
    struct command_wish next = wish_of(hall, "2210.11693", NULL);
    command_fetch_want(hall->fetch, &next);
    run(hall, true);
    assert_int_equal(next.unheard_of.count, 0);
    assert_true(hall->time.ms < START_MS + COMMAND_FETCH_PATIENCE_MS + 5000);
}

static void test_what_may_pass_is_tried_again_while_somebody_waits(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);

    fake_archive_fail(&hall->archive, 1, FAKE_ARCHIVE_BUSY, 0);
    fake_archive_fail(&hall->archive, 2, FAKE_ARCHIVE_CUT, 0);
    command_fetch_want(hall->fetch, &wish);
    run(hall, true);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 0);
    assert_int_equal(hall->archive.asked, 3);
    assert_true(hall->archive.least_gap_ms >= FAKE_ARCHIVE_GAP_MS);
}

static void test_a_refusal_is_not_asked_again(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);

    fake_archive_fail(&hall->archive, 0, FAKE_ARCHIVE_REFUSES, 0);
    command_fetch_want(hall->fetch, &wish);
    run(hall, true);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 1);
    assert_int_equal(hall->archive.asked, 1);
}

static void test_a_servers_long_wait_is_not_broken_for_a_person(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);

    fake_archive_fail(&hall->archive, 1, FAKE_ARCHIVE_BUSY, 3600000);
    command_fetch_want(hall->fetch, &wish);
    run(hall, true);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 1);
    assert_int_equal(hall->archive.asked, 1);
    assert_int_equal(hall->time.ms, START_MS + COMMAND_FETCH_PATIENCE_MS);
}

/* Another process, which asks whenever it may, is one more claim in the store. */
static void test_another_process_shares_the_pace(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);
    struct turn turn = {0};

    assert_true(turn_claim(hall->fixture.store, hall->archive.source.ops,
            TURN_FOR_JOB, hall->time.ms, &turn, NULL));
    assert_true(turn.claimed);
    command_fetch_want(hall->fetch, &wish);
    for (int i = 0; i < 8; i++) {
        command_fetch_step(hall->fetch, hall->time.ms);
        hall->time.ms = command_fetch_next_due_ms(hall->fetch);
    }
    assert_int_equal(hall->archive.asked, 0);
    assert_int_equal(hall->time.ms, START_MS + 10000); /* not busily */
    int64_t over_ms = hall->time.ms += 100;
    assert_true(turn_keep(hall->fixture.store, hall->archive.source.ops,
            START_MS, 0, over_ms, NULL));
    run(hall, true);
    assert_true(wish.over);
    assert_int_equal(wish.unheard_of.count, 0);
    assert_true(hall->archive.last_asked_ms >= over_ms);
    assert_true(hall->archive.last_asked_ms >= START_MS + FAKE_ARCHIVE_GAP_MS);
}

static void test_whoever_forgets_a_wish_hears_no_more_of_it(void **state)
{
    struct hall *hall = *state;
    struct command_wish wish = wish_of(hall, "2210.11693", NULL);

    command_fetch_want(hall->fetch, &wish);
    command_fetch_step(hall->fetch, hall->time.ms);
    command_fetch_forget(hall->fetch, &wish);
    command_fetch_step(hall->fetch, hall->time.ms);
    assert_false(hall->archive.pending);
    assert_false(wish.over);
    assert_true(command_fetch_next_due_ms(hall->fetch) == INT64_MAX);
}

static void test_what_is_looked_for_is_said_in_the_language(void **state)
{
    struct hall *hall = *state;
    static const char *many[] = {"1", "2", "3", "4", "5"};
    struct string_list ids = {.items = many, .count = 2};

    assert_string_equal(command_fetch_notice(&hall->arena, &ids, "en"),
            "Looking at arXiv for 1, 2…");
    assert_string_equal(command_fetch_notice(&hall->arena, &ids, "zh"),
            "正在 arXiv 上查找 1、2……");
    ids.count = 5;
    assert_string_equal(command_fetch_notice(&hall->arena, &ids, "en"),
            "Looking at arXiv for 1, 2, 3 and 2 more…");
    assert_string_equal(command_fetch_notice(&hall->arena, &ids, "zh"),
            "正在 arXiv 上查找 1、2、3 等 5 篇……");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_hall, close_hall)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_papers_come_and_the_unknown_are_named),
            TEST(test_all_who_wait_are_asked_for_at_once),
            TEST(test_who_comes_later_waits_for_the_gap),
            TEST(test_a_deadline_ends_the_waiting_and_the_question),
            TEST(test_what_may_pass_is_tried_again_while_somebody_waits),
            TEST(test_a_refusal_is_not_asked_again),
            TEST(test_a_servers_long_wait_is_not_broken_for_a_person),
            TEST(test_another_process_shares_the_pace),
            TEST(test_whoever_forgets_a_wish_hears_no_more_of_it),
            TEST(test_what_is_looked_for_is_said_in_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
