/*
 * An answer that one person sees is shown to all, once, if it may be.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-lab";

static void open_lab(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T06:00:00Z");
    world_channel(world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    world_start(world);
}

static void say(struct world *world, const char *text)
{
    world_say(world, room, "@ana", text);
    world_run_ms(world, world->time.ms + 1000);
}

static void share(struct world *world, const char *id, const char *person,
        const char *target)
{
    const struct event event = {.id = id,
            .kind = EVENT_SHARED,
            .room = room,
            .person = person,
            .text = "",
            .target = target,
            .reply = "shared @bo"};

    fake_account_happen(&world->home, &event);
    world_run_ms(world, world->time.ms + 1000);
    assert_int_equal(world_waiting(world), 0);
}

static void test_an_answer_is_shown_to_all_as_it_was(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    say(&world, "!paper help");
    assert_int_equal(world.home.shown_count, 1);
    share(&world, "press", "@bo", world.home.shown[0].delivery_key);
    assert_int_equal(world.home.shown_count, 2);
    const struct fake_message *shared = &world.home.shown[1];
    assert_string_equal(shared->payload, world.home.shown[0].payload);
    assert_string_equal(shared->reply, "shared @bo");
    assert_string_equal(shared->person, "");
    world_close(&world);
}

static void test_pressed_twice_it_is_shared_once(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    say(&world, "!paper help");
    share(&world, "press", "@bo", world.home.shown[0].delivery_key);
    share(&world, "again", "@ana", world.home.shown[0].delivery_key);
    assert_int_equal(world.home.shown_count, 2);
    world_close(&world);
}

static void test_what_is_for_one_person_is_never_shared(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    say(&world, "!paper saved");
    assert_string_equal(world.home.shown[0].person, "@ana");
    share(&world, "press", "@ana", world.home.shown[0].delivery_key);
    assert_int_equal(world.home.shown_count, 1);
    world_close(&world);
}

static void test_what_is_no_answer_is_not_shared(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_publish(&world, "cs.LG", "2611", 3);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(world.home.shown_count, 1);
    share(&world, "press", "@ana", world.home.shown[0].delivery_key);
    share(&world, "guess", "@ana", "another one's");
    assert_int_equal(world.home.shown_count, 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_answer_is_shown_to_all_as_it_was),
            cmocka_unit_test(test_pressed_twice_it_is_shared_once),
            cmocka_unit_test(test_what_is_for_one_person_is_never_shared),
            cmocka_unit_test(test_what_is_no_answer_is_not_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
