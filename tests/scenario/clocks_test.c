/*
 * Clocks that are set while the bot runs, and machines that wake before their
 * network does.  Times are UTC; New York is five hours behind in November 2026.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t shown(const struct world *world, const char *word)
{
    return fake_account_count(&world->home, NULL, word) +
            fake_account_count(&world->hook, NULL, word);
}

/* It is Monday evening in New York, and the machine believes that it is Tuesday
 * morning: Monday's announcement passes for Tuesday's. */
static void begin_eight_hours_ahead(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T06:00:00Z");
    world_channel(world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_publish(world, "cs.LG", "2610", 3);
    world_start(world);
    world_run(world, "2026-11-24T06:30:00Z");
}

static void
test_after_a_clock_put_back_the_next_announcement_comes_in(void **state)
{
    struct world world;

    (void)state;
    begin_eight_hours_ahead(&world);
    world.time.ms = world_ms("2026-11-23T22:30:00Z");
    world_step(&world);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void
test_a_restart_with_the_right_clock_looks_for_the_next_announcement(void *
                *state)
{
    struct world world;

    (void)state;
    begin_eight_hours_ahead(&world);
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-23T22:30:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void test_a_clock_put_back_holds_no_message_up(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:10:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.hook.entries_a_part = 1;
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world.hook.fail_next = 1;
    world.hook.fail_kind = ERROR_RETRY;
    world.hook.fail_wait_ms = 60000;
    world_run(&world, "2026-11-24T07:00:10Z");
    assert_int_equal(shown(&world, "[2611."), 0);
    world.time.ms = world_ms("2026-11-24T02:00:00Z");
    world_step(&world);
    world_run(&world, "2026-11-24T02:05:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void
test_a_machine_that_wakes_before_its_network_waits_for_it(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T02:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-24T03:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world.source.mode = FAKE_SOURCE_DOWN;
    world.source.fail_kind = ERROR_RETRY;
    world.time.ms = world_ms("2026-11-24T08:00:00Z");
    world_run(&world, "2026-11-24T08:00:20Z");
    world.source.mode = FAKE_SOURCE_WELL;
    world_run(&world, "2026-11-24T08:03:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void
test_a_source_that_stays_away_does_not_hold_a_digest_back(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T02:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.source.mode = FAKE_SOURCE_DOWN;
    world.source.fail_kind = ERROR_RETRY;
    world.time.ms = world_ms("2026-11-24T08:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T08:02:01Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_SILENT);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_after_a_clock_put_back_the_next_announcement_comes_in),
            cmocka_unit_test(
                    test_a_restart_with_the_right_clock_looks_for_the_next_announcement),
            cmocka_unit_test(test_a_clock_put_back_holds_no_message_up),
            cmocka_unit_test(
                    test_a_machine_that_wakes_before_its_network_waits_for_it),
            cmocka_unit_test(
                    test_a_source_that_stays_away_does_not_hold_a_digest_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
