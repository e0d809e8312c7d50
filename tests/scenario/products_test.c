/*
 * Products that refuse, fail, or want to be left alone.
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

static void test_a_refused_part_does_not_cost_the_others(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.entries_a_part = 2;
    world.hook.fail_next = 1;
    world.hook.fail_part = 1;
    world.hook.fail_kind = ERROR_REJECTED;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_PARKED), 1);
    assert_true(world_rows(&world, team, OUTBOX_SENT) >= 2);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    assert_int_equal(shown(&world, "room-team", "[2611."), 4);
    world_close(&world);
}

static void test_parts_go_in_order_and_keep_the_rooms_pace(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.hook.entries_a_part = 1;
    world.hook.fail_next = 2;
    world.hook.fail_part = 2;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_true(messages(&world.hook) >= 6);
    for (size_t i = 0; i < messages(&world.hook); i++)
        assert_int_equal(world.hook.shown[i].part, i);
    assert_true(world.hook.least_gap_ms >= 1000);
    world_close(&world);
}

static void test_a_servers_wait_survives_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "one", "home", "cs.LG", "07:00 daily", "UTC");
    world_channel(&world, "two", "home", "cs.LG", "07:10 daily", "UTC");
    world.home.fail_next = 1;
    world.home.fail_wait_ms = INT64_C(1800) * 1000;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T07:05:00Z");
    assert_int_equal(world.home.asked, 1);
    world_stop(&world, false);
    world_start(&world);
    /* The wait was the account's: neither room is sent to before its end. */
    world_run(&world, "2026-11-24T07:29:59Z");
    assert_int_equal(world.home.asked, 1);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-one", "[2611."), 6);
    assert_int_equal(shown(&world, "room-two", "[2611."), 6);
    world_close(&world);
}

/* Joining and making rooms have limits of their own. */
static void test_a_wait_for_one_room_holds_only_that_room(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "one", "home", "cs.LG", "07:00 daily", "UTC");
    world_channel(&world, "two", "home", "cs.LG", "07:10 daily", "UTC");
    world.home.fail_next = 1;
    world.home.fail_wait_ms = INT64_C(1800) * 1000;
    world.home.fail_room_waits = true;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T07:29:59Z");
    assert_int_equal(shown(&world, "room-one", "[2611."), 0);
    assert_int_equal(shown(&world, "room-two", "[2611."), 6);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-one", "[2611."), 6);
    world_close(&world);
}

static void test_a_closed_channel_does_not_stop_the_others(void **state)
{
    struct world world;
    struct arena arena = {0};
    struct known_channel_list known;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *shut = world_channel(&world, "shut", "home", "cs.LG",
            "07:00 daily", "UTC");
    world_channel(&world, "open", "home", "cs.LG", "07:00 daily", "UTC");
    world.home.entries_a_part = 3;
    world.home.fail_next = 1;
    world.home.fail_room = "room-shut";
    world.home.fail_kind = ERROR_STOP;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-open", "[2611."), 6);
    assert_int_equal(shown(&world, "room-shut", "[2611."), 0);
    assert_int_equal(world_rows(&world, shut, OUTBOX_DUE), 0);
    assert_int_equal(world.home.fail_next, 0);
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_string_equal(known.items[0].broken, "the product said no");
    assert_string_equal(known.items[1].broken, "");

    /* The next day it is well again, and says so. */
    world_run(&world, "2026-11-25T05:00:00Z");
    world_publish(&world, "cs.LG", "2612", 4);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(shown(&world, "room-shut", "[2612."), 4);
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_string_equal(known.items[0].broken, "");
    arena_finish(&arena);
    world_close(&world);
}

static void test_a_product_down_for_hours_gets_its_digest_then(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.fail_next = SIZE_MAX;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T15:00:00Z");
    assert_int_equal(messages(&world.hook), 0);
    assert_true(world.hook.asked < 60);
    world.hook.fail_next = 0;
    world_run(&world, "2026-11-24T15:20:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    world_close(&world);
}

static void test_a_digest_two_days_old_is_not_sent_any_more(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-27T00:00:00Z");
    struct channel *team =
            world_channel(&world, "team", "hook", "cs.LG", "07:00 fri", "UTC");
    world.hook.fail_next = SIZE_MAX;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-29T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_EXPIRED), 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_refused_part_does_not_cost_the_others),
            cmocka_unit_test(test_parts_go_in_order_and_keep_the_rooms_pace),
            cmocka_unit_test(test_a_servers_wait_survives_a_restart),
            cmocka_unit_test(test_a_wait_for_one_room_holds_only_that_room),
            cmocka_unit_test(test_a_closed_channel_does_not_stop_the_others),
            cmocka_unit_test(
                    test_a_product_down_for_hours_gets_its_digest_then),
            cmocka_unit_test(test_a_digest_two_days_old_is_not_sent_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
