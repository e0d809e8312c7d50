/*
 * Feeds that show what they should not, and channels that change their minds.
 * Times are UTC; New York is five hours behind in November 2026.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t shown(const struct world *world, const char *room,
        const char *word)
{
    return fake_account_count(&world->home, room, word) +
            fake_account_count(&world->hook, room, word);
}

/* Yesterday's feed with one paper more is not yet today's announcement. */
static void test_a_stray_in_a_stale_feed_does_not_end_the_looking(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T04:59:00Z");
    world_publish_late(&world, "cs.LG", "2611.77777");
    world_run(&world, "2026-11-24T06:00:00Z");
    world_publish(&world, "cs.LG", "2612", 6);
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(shown(&world, "room-team", "[2612."), 6);
    world_close(&world);
}

static void test_a_category_taken_up_again_starts_anew(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-16T04:00:00Z");
    world_channel(&world, "all", "home", "cs.LG cs.CV", "07:00 daily", "UTC");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG cs.CV",
            "07:00 daily", "UTC");
    world_start(&world);
    world_publish(&world, "cs.CV", "2701", 2);
    world_run(&world, "2026-11-16T08:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2701."), 2);
    world_stop(&world, false);

    world_categories(&world, team, "cs.LG");
    world_start(&world);
    world_run(&world, "2026-11-17T04:00:00Z");
    world_publish(&world, "cs.CV", "2702", 2);
    world_run(&world, "2026-11-18T04:00:00Z");
    world_publish(&world, "cs.CV", "2703", 2);
    world_run(&world, "2026-11-18T08:00:00Z");
    world_stop(&world, false);

    world_categories(&world, team, "cs.LG cs.CV");
    world_start(&world);
    world_run(&world, "2026-11-19T04:00:00Z");
    world_publish(&world, "cs.CV", "2704", 2);
    world_run(&world, "2026-11-19T08:00:00Z");
    assert_int_equal(shown(&world, "room-all", "[270"), 8);
    assert_int_equal(shown(&world, "room-team", "[2702."), 0);
    assert_int_equal(shown(&world, "room-team", "[2703."), 0);
    assert_int_equal(shown(&world, "room-team", "[2704."), 2);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_a_stray_in_a_stale_feed_does_not_end_the_looking),
            cmocka_unit_test(test_a_category_taken_up_again_starts_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
