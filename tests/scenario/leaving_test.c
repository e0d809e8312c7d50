/*
 * The bot is told to leave a room: it says good-bye, goes, and nothing comes any
 * more.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#include "tests/support/failing_store.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-new";

static void run_for(struct world *world, int64_t seconds)
{
    world_run_ms(world, world->time.ms + seconds * 1000);
}

static void say(struct world *world, const char *text)
{
    world_say(world, room, "@ana", text);
    run_for(world, 10);
}

static size_t shown(const struct world *world, const char *word)
{
    return fake_account_count(&world->home, room, word);
}

/* A room that was invited, and has digests at seven. */
static void open_room(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T06:00:00Z");
    world->home.manager = "@ana";
    world_publish(world, "cs.LG", "2611", 3);
    world_start(world);
    world_happen(world, EVENT_INVITED, room, "@ana", "", "");
    run_for(world, 10);
    say(world, "!paper subscribe LG");
    say(world, "!paper schedule 07:00 daily UTC");
}

static void test_the_good_bye_is_said_before_the_room_is_left(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    world.home.hang = true;
    world_say(&world, room, "@ana", "!paper leave yes");
    run_for(&world, 60);
    assert_int_equal(world.home.leaves, 0);
    world.home.hang = false;
    run_for(&world, 10);
    assert_int_equal(shown(&world, "Good-bye!"), 1);
    assert_int_equal(world.home.leaves, 1);
    assert_string_equal(world.home.left, room);
    run_for(&world, 3600);
    assert_int_equal(world.home.leaves, 1);
    world_close(&world);
}

static void test_nothing_comes_after_the_good_bye(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    say(&world, "!paper leave yes");
    size_t before = world.home.shown_count;
    say(&world, "!paper today");
    world_run(&world, "2026-11-26T08:00:00Z");
    assert_int_equal(world.home.shown_count, before);
    assert_int_equal(shown(&world, "[2611."), 0);
    world_close(&world);
}

static void test_a_digest_that_waits_is_dropped(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    world.home.fail_next = SIZE_MAX;
    world.home.fail_part = 0;
    world_run(&world, "2026-11-24T07:01:00Z");
    world.home.fail_next = 0;
    world_say(&world, room, "@ana", "!paper leave yes");
    run_for(&world, 3600);
    assert_int_equal(shown(&world, "[2611."), 0);
    assert_int_equal(shown(&world, "Good-bye!"), 1);
    assert_int_equal(world.home.leaves, 1);
    world_close(&world);
}

static void test_a_door_that_sticks_is_tried_again(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    world.home.leave_failures = 3;
    say(&world, "!paper leave yes");
    assert_string_equal(world.home.left, "");
    run_for(&world, 600);
    assert_string_equal(world.home.left, room);
    assert_int_equal(world.home.leaves, 4);
    world_close(&world);
}

static void test_a_restart_in_between_forgets_no_leaving(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    world.home.hang = true;
    world_say(&world, room, "@ana", "!paper leave yes");
    run_for(&world, 5);
    world_stop(&world, false);
    world.home.hang = false;
    world_start(&world);
    run_for(&world, 300);
    assert_int_equal(shown(&world, "Good-bye!"), 1);
    assert_string_equal(world.home.left, room);
    world_close(&world);
}

static void test_asked_back_at_once_it_stays(void **state)
{
    struct world world;
    (void)state;

    open_room(&world);
    world.home.hang = true;
    world_say(&world, room, "@ana", "!paper leave yes");
    run_for(&world, 5);
    world_happen(&world, EVENT_INVITED, room, "@ana", "", "");
    run_for(&world, 5);
    world.home.hang = false;
    run_for(&world, 300);
    assert_int_equal(world.home.leaves, 0);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void test_a_room_of_the_file_is_left_until_the_next_start(void **state)
{
    struct world world;
    (void)state;

    world_open(&world, "memory:", "2026-11-24T06:00:00Z");
    world.home.manager = "@ana";
    struct channel *lab =
            world_channel(&world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    lab->in_file = true;
    lab->languages.tags[0] = "en";
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_say(&world, "room-lab", "@ana", "!paper leave yes");
    run_for(&world, 60);
    assert_string_equal(world.home.left, "room-lab");
    assert_non_null(strstr(world_last(&world, "room-lab"), "[channel lab]"));
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(fake_account_count(&world.home, "room-lab", "[2611."), 0);
    world_close(&world);
}

/* Opens a room and tells the bot to leave; the store's n-th write from then on
 * fails, and all behind it.  Returns how many writes there were. */
static size_t leave_and_die(struct world *world, size_t n)
{
    open_room(world);
    failing_store_begin(world->store, n, SIZE_MAX, ERROR_STOP);
    world_say(world, room, "@ana", "!paper leave yes");
    run_for(world, 60);
    world_stop(world, n % 2 == 0);
    size_t writes = failing_store_end(world->store);
    world_start(world);
    run_for(world, 600);
    return writes;
}

static void
test_killed_at_any_write_it_leaves_once_with_a_good_bye(void **state)
{
    size_t writes = SIZE_MAX;
    (void)state;

    for (size_t n = 0; n < writes; n++) {
        struct world world;
        size_t asked = leave_and_die(&world, n);
        if (asked <= n)
            writes = n;
        if (shown(&world, "Good-bye!") != 1)
            fail_msg("write %zu: %zu good-byes", n, shown(&world, "Good-bye!"));
        if (strcmp(world.home.left, room) != 0)
            fail_msg("write %zu: it has not left", n);
        world_run(&world, "2026-11-24T07:10:00Z");
        assert_int_equal(shown(&world, "[2611."), 0);
        world_close(&world);
    }
    printf("# PRINT killed at each of %zu writes of leaving\n", writes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_good_bye_is_said_before_the_room_is_left),
            cmocka_unit_test(test_nothing_comes_after_the_good_bye),
            cmocka_unit_test(test_a_digest_that_waits_is_dropped),
            cmocka_unit_test(test_a_door_that_sticks_is_tried_again),
            cmocka_unit_test(test_a_restart_in_between_forgets_no_leaving),
            cmocka_unit_test(
                    test_killed_at_any_write_it_leaves_once_with_a_good_bye),
            cmocka_unit_test(test_asked_back_at_once_it_stays),
            cmocka_unit_test(
                    test_a_room_of_the_file_is_left_until_the_next_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
