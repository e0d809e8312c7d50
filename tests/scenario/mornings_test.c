/*
 * What a channel gets, and what it does not get twice.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static size_t shown(const struct world *world, const char *room,
        const char *word)
{
    return fake_account_count(&world->home, room, word) +
            fake_account_count(&world->hook, room, word);
}

static size_t messages(const struct fake_account *account)
{
    return account->shown_count;
}

/* --- what is posted --- */

static void test_a_morning_is_collected_planned_and_sent(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T06:59:59Z");
    assert_int_equal(messages(&world.hook), 0);
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(messages(&world.hook), 1);
    assert_int_equal(shown(&world, "room-team", "[2611.0000"), 6);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_DIGEST);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    assert_string_equal(world.hook.shown[0].occasion, "digest/2026-11-24");
    world_close(&world);
}

static void test_a_new_channel_starts_at_the_newest_announcement(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T00:00:00Z");
    world_channel(&world, "old", "home", "cs.LG", "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-23T05:00:00Z");
    world_publish(&world, "cs.LG", "2601", 3);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2602", 3);
    world_run(&world, "2026-11-25T05:00:00Z");
    world_publish(&world, "cs.LG", "2603", 3);
    world_run(&world, "2026-11-25T12:00:00Z");
    world_stop(&world, false);

    world_channel(&world, "new", "hook", "cs.LG", "13:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-25T13:10:00Z");
    assert_int_equal(shown(&world, "room-new", "[2603."), 3);
    assert_int_equal(shown(&world, "room-new", "[260"), 3);
    world_run(&world, "2026-11-26T13:10:00Z");
    assert_int_equal(shown(&world, "room-new", "[260"), 3);
    assert_int_equal(shown(&world, "room-old", "[260"), 9);
    world_close(&world);
}

static void test_a_new_category_starts_at_the_newest_announcement(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T00:00:00Z");
    world_channel(&world, "all", "home", "cs.LG cs.CV", "07:00 daily", "UTC");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-23T05:00:00Z");
    world_publish(&world, "cs.LG", "2601", 2);
    world_publish(&world, "cs.CV", "2701", 2);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2602", 2);
    world_publish(&world, "cs.CV", "2702", 2);
    world_run(&world, "2026-11-24T12:00:00Z");
    world_stop(&world, false);

    world_categories(&world, team, "cs.LG cs.CV");
    world_start(&world);
    world_run(&world, "2026-11-25T07:10:00Z");
    assert_int_equal(shown(&world, "room-team", "[2601."), 2);
    assert_int_equal(shown(&world, "room-team", "[2602."), 2);
    assert_int_equal(shown(&world, "room-team", "[2701."), 0);
    assert_int_equal(shown(&world, "room-team", "[2702."), 2);
    world_close(&world);
}

static void test_a_late_paper_reaches_the_next_digest(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T07:30:00Z");
    world_publish_late(&world, "cs.LG", "2611.77777");
    world_run(&world, "2026-11-25T04:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    world_run(&world, "2026-11-25T07:30:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611.77777]"), 1);
    assert_int_equal(shown(&world, "room-team", "[2611."), 7);
    world_close(&world);
}

static void test_a_cross_list_of_a_considered_paper_is_no_news(void **state)
{
    const struct fake_item cross[] = {
            {.id = "2611.00001", .announce = ANNOUNCE_CROSS, .cross = "cs.LG"},
            {.id = "2611.00002", .announce = ANNOUNCE_CROSS, .cross = "cs.LG"},
    };
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG cs.CV",
            "07:00 daily", "UTC");
    team->top_count = 1;
    team->also_count = 0;
    world_publish(&world, "cs.LG", "2611", 2);
    world_start(&world);
    world_run(&world, "2026-11-25T04:59:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 1);
    fake_source_publish(&world.source, "cs.CV", cross, 2, false);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 1);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void test_replacements_are_no_news(void **state)
{
    const struct fake_item items[] = {
            {.id = "2611.00001", .announce = ANNOUNCE_REPLACE},
            {.id = "2611.00002", .announce = ANNOUNCE_REPLACE_CROSS},
    };
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    fake_source_publish(&world.source, "cs.LG", items, 2, false);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(messages(&world.hook), 0);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_SILENT);
    world_close(&world);
}

/* --- feeds that fail --- */

static void test_a_stale_feed_gives_no_repeated_digest(void **state)
{
    for (int validates = 0; validates <= 1; validates++) {
        struct world world;

        (void)state;
        world_open(&world, "memory:", "2026-11-24T00:00:00Z");
        struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
                "07:00 daily", "UTC");
        world.source.validates = validates != 0;
        world_publish(&world, "cs.LG", "2611", 12);
        world_start(&world);
        world_run(&world, "2026-11-27T08:00:00Z");
        assert_int_equal(messages(&world.hook), 1);
        assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
                OUTCOME_SILENT);
        assert_int_equal(world_outcome(&world, team, "digest/2026-11-27"),
                OUTCOME_SILENT);
        /* And when it moves on, so do we. */
        world_publish(&world, "cs.LG", "2612", 3);
        world_run(&world, "2026-11-28T08:00:00Z");
        assert_int_equal(shown(&world, "room-team", "[2612."), 3);
        assert_int_equal(shown(&world, "room-team", "[2611."), 9);
        world_close(&world);
    }
}

static void
test_a_feed_cut_short_is_read_again_and_nothing_is_lost(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.source.mode = FAKE_SOURCE_CUT;
    world_publish(&world, "cs.LG", "2611", 8);
    world_start(&world);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(messages(&world.hook), 0);
    world.source.mode = FAKE_SOURCE_WELL;
    world_run(&world, "2026-11-25T07:10:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 8);
    world_close(&world);
}

static void test_arxivs_wait_is_obeyed_over_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG cs.CV", "07:00 daily", "UTC");
    world.source.mode = FAKE_SOURCE_DOWN;
    world.source.fail_wait_ms = INT64_C(3600) * 1000;
    world_start(&world);
    world_run(&world, "2026-11-24T05:01:00Z");
    assert_int_equal(world.source.asked, 1);
    world_stop(&world, false);
    world_start(&world);
    world.source.mode = FAKE_SOURCE_WELL;
    world_run(&world, "2026-11-24T05:59:59Z");
    assert_int_equal(world.source.asked, 1);
    world_run(&world, "2026-11-24T07:30:00Z");
    assert_true(world.source.asked > 2);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    assert_false(world.source.overlapped);
    world_close(&world);
}

static void test_requests_keep_their_distance_over_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG cs.CV cs.CL cs.AI cs.RO",
            "07:00 daily", "UTC");
    world_start(&world);
    for (int i = 0; i < 5; i++) {
        world_step(&world); /* a request is under way */
        world_stop(&world, false);
        world.time.ms += 500;
        world_start(&world);
        world_run_ms(&world, world.time.ms + 4000);
    }
    assert_true(world.source.asked >= 5);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_morning_is_collected_planned_and_sent),
            cmocka_unit_test(
                    test_a_new_channel_starts_at_the_newest_announcement),
            cmocka_unit_test(
                    test_a_new_category_starts_at_the_newest_announcement),
            cmocka_unit_test(test_a_late_paper_reaches_the_next_digest),
            cmocka_unit_test(
                    test_a_cross_list_of_a_considered_paper_is_no_news),
            cmocka_unit_test(test_replacements_are_no_news),
            cmocka_unit_test(test_a_stale_feed_gives_no_repeated_digest),
            cmocka_unit_test(
                    test_a_feed_cut_short_is_read_again_and_nothing_is_lost),
            cmocka_unit_test(test_arxivs_wait_is_obeyed_over_a_restart),
            cmocka_unit_test(test_requests_keep_their_distance_over_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
