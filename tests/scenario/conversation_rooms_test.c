/* The bot is asked into rooms, put out of them, and rooms move. */
#include "tests/scenario/conversation.h"

static size_t in_new(const struct world *world, const char *word)
{
    return fake_account_count(&world->home, "room-new", word);
}

static void test_an_invitation_is_greeted_and_answered_in(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.manager = "@ana";
    world_start(&world);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "The lab", "");
    world_say(&world, "room-new", "@ana", "!paper subscribe CV");
    run_for(&world, 10);
    assert_int_equal(in_new(&world, "Hello!"), 1);
    assert_int_equal(in_new(&world, "大家好"), 1);
    assert_int_equal(in_new(&world, "!paper subscribe LG CV"), 1);
    assert_int_equal(world.home.shown_count, 2);
    world_say(&world, "room-new", "@ana", "!paper schedule 09:00 daily UTC");
    run_for(&world, 10);
    world_publish(&world, "cs.CV", "2612", 2);
    world_run(&world, "2026-11-24T09:10:00Z");
    assert_int_equal(in_new(&world, "[2612."), 2);
    world_close(&world);
}

static void
test_a_room_that_the_bot_opened_is_answered_in_and_not_greeted(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_happen(&world, EVENT_OPENED, "room-new", "", "", "");
    world_say(&world, "room-new", "@ana", "!paper help");
    run_for(&world, 10);
    assert_int_equal(in_new(&world, "Hello!"), 0);
    assert_int_equal(world.home.shown_count, 1);
    world_close(&world);
}

static void test_put_out_and_asked_back_all_is_as_it_was(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.manager = "@ana";
    world_start(&world);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    world_say(&world, "room-new", "@ana", "!paper subscribe CV");
    world_say(&world, "room-new", "@ana", "!paper schedule 07:00 daily UTC");
    run_for(&world, 10);
    world_happen(&world, EVENT_REMOVED, "room-new", "@ana", "", "");
    world_say(&world, "room-new", "@ana", "!paper help");
    run_for(&world, 10);
    size_t before = world.home.shown_count;
    world_publish(&world, "cs.CV", "2612", 2);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(in_new(&world, "[2612."), 0);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    run_for(&world, 10);
    assert_int_equal(in_new(&world, "Hello!"), 2);
    assert_true(world.home.shown_count > before);
    world_run(&world, "2026-11-26T08:00:00Z");
    assert_int_equal(in_new(&world, "[2612."), 2);
    world_close(&world);
}

static void test_after_thirty_days_it_is_forgotten(void **state)
{
    struct world world;
    struct arena arena = {0};
    struct known_channel_list known;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    run_for(&world, 10);
    world_happen(&world, EVENT_REMOVED, "room-new", "@ana", "", "");
    run_for(&world, 10);
    world_run(&world, "2026-12-23T00:00:00Z");
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_int_equal(known.count, 2);
    world_run(&world, "2026-12-26T00:00:00Z");
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_int_equal(known.count, 1);
    arena_finish(&arena);
    world_close(&world);
}

static void test_a_room_that_moves_keeps_its_digests(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_happen(&world, EVENT_MOVED, room, "@ana", "", "room-new");
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    world_say(&world, "room-new", "@ana", "!paper help pause");
    run_for(&world, 10);
    assert_int_equal(world.home.shown_count, 1); /* nobody is greeted again */
    world_publish(&world, "cs.LG", "2612", 2);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(in_new(&world, "[2612."), 2);
    world_close(&world);
}

static void
test_a_room_asked_into_before_it_replaces_one_takes_its_place(void **state)
{
    struct world world;
    struct arena arena = {0};
    struct known_channel_list known;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    run_for(&world, 10);
    world_happen(&world, EVENT_MOVED, room, "@ana", "", "room-new");
    run_for(&world, 10);
    world_publish(&world, "cs.LG", "2612", 2);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(in_new(&world, "[2612."), 2);
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_int_equal(known.count, 2);
    assert_string_equal(known.items[0].room, "room-new");
    assert_int_equal(known.items[0].removed_ms, 0);
    assert_string_equal(known.items[1].room, room);
    assert_int_not_equal(known.items[1].removed_ms, 0);
    arena_finish(&arena);
    world_close(&world);
}

static void test_a_room_that_was_set_up_is_not_taken_by_another(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.manager = "@ana";
    world_start(&world);
    world_happen(&world, EVENT_INVITED, "room-new", "@ana", "", "");
    run_for(&world, 10);
    world_say(&world, "room-new", "@ana", "!paper subscribe CV");
    run_for(&world, 10);
    world_happen(&world, EVENT_MOVED, room, "@ana", "", "room-new");
    run_for(&world, 10);
    world_publish(&world, "cs.LG", "2612", 2);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(in_new(&world, "[2612."), 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_invitation_is_greeted_and_answered_in),
            cmocka_unit_test(
                    test_a_room_that_the_bot_opened_is_answered_in_and_not_greeted),
            cmocka_unit_test(test_put_out_and_asked_back_all_is_as_it_was),
            cmocka_unit_test(test_after_thirty_days_it_is_forgotten),
            cmocka_unit_test(test_a_room_that_moves_keeps_its_digests),
            cmocka_unit_test(
                    test_a_room_asked_into_before_it_replaces_one_takes_its_place),
            cmocka_unit_test(
                    test_a_room_that_was_set_up_is_not_taken_by_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
