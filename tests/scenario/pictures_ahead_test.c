/*
 * Pictures are fetched ahead of the hour, those that will be shown, and no digest
 * waits for one.
 *
 * Times are UTC; New York is five hours behind.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct channel *add_channel(struct world *world, const char *label,
        enum digest_pictures pictures)
{
    struct channel *channel =
            world_channel(world, label, "home", "cs.LG", "13:00 daily", "UTC");

    channel->languages.tags[0] = "en";
    channel->languages.tags[1] = NULL;
    channel->top_count = 2;
    channel->also_count = 1;
    channel->pictures = pictures;
    channel->contact = "ana@example.org";
    return channel;
}

static struct channel *open_team(struct world *world,
        enum digest_pictures pictures)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    world->home.ops.abilities |= ACCOUNT_PICTURES | ACCOUNT_THREADS;
    world->pictured = true;
    world_publish(world, "cs.LG", "2611", 5);
    return add_channel(world, "team", pictures);
}

static const struct picture *kept(struct world *world, const char *id)
{
    struct picture *picture;

    assert_true(store_picture_get(world->store, id, &world->arena, &picture,
            NULL));
    return picture;
}

/* The paper of the n-th message, and whether it is a picture. */
static void assert_pictures(const struct world *world, size_t messages,
        size_t pictures)
{
    size_t found = 0;

    for (size_t i = 0; i < world->home.shown_count; i++)
        found += world->home.shown[i].verb == OUTBOX_SHOW;
    assert_int_equal(found, pictures);
    assert_int_equal(world->home.shown_count - found, messages);
}

static void test_what_will_be_shown_is_fetched_before_the_hour(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL);
    world_start(&world);
    world_run(&world, "2026-11-23T06:55:00Z");
    assert_int_equal(world.pictures.count, 0); /* more than six hours before */
    world_run(&world, "2026-11-23T12:59:00Z");
    assert_int_equal(world.pictures.count, 2);
    assert_true(world.pictures.least_gap_ms >= 1000);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_pictures(&world, 1, 2);
    for (size_t i = 1; i < 3; i++)
        assert_non_null(strstr(world.pictures.asked,
                world.home.shown[i].paper_id));
    world_close(&world);
}

static void test_a_paper_is_asked_for_once_for_all_channels(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL);
    add_channel(&world, "others", PICTURES_FIRST);
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.pictures.count, 2);
    assert_pictures(&world, 2, 3);
    world_close(&world);
}

static void test_where_no_pictures_are_shown_nobody_is_asked(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_NONE);
    add_channel(&world, "slow", PICTURES_ALL)->paused = true;
    world_channel(&world, "hook", "hook", "cs.LG", "13:00 daily", "UTC")
            ->pictures = PICTURES_ALL;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.pictures.count, 0);
    world_close(&world);
}

static void test_a_paper_without_a_picture_is_asked_for_seldom(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST);
    world.pictures.fail_next = SIZE_MAX;
    world.pictures.fail_kind = ERROR_REJECTED;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.pictures.count, 1);
    const struct picture *none = kept(&world, world.pictures.asked + 1);
    assert_non_null(none);
    assert_string_equal(none->type, "");
    assert_pictures(&world, 1, 0);
    world_close(&world);
}

static void test_what_may_pass_is_tried_again_three_times(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST);
    world.pictures.fail_next = 2;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.pictures.count, 3);
    assert_pictures(&world, 1, 1);
    world_close(&world);
}

static void test_a_wait_that_was_named_is_kept(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL);
    world.pictures.fail_next = 1;
    world.pictures.fail_wait_ms = INT64_C(20) * 60 * 1000;
    world_start(&world);
    world_run(&world, "2026-11-23T07:15:00Z");
    assert_int_equal(world.pictures.count, 1);
    world_run(&world, "2026-11-23T07:40:00Z");
    assert_int_equal(world.pictures.count, 3);
    world_close(&world);
}

static void test_a_digest_does_not_wait_for_its_pictures(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL);
    world.pictures.fail_next = SIZE_MAX;
    world.pictures.fail_wait_ms = INT64_C(20) * 60 * 1000;
    world_start(&world);
    world_run(&world, "2026-11-23T13:00:00Z");
    assert_pictures(&world, 1, 0);
    world_close(&world);
}

static void test_pictures_are_there_after_a_restart_and_go_in_time(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST);
    world_start(&world);
    world_run(&world, "2026-11-23T12:00:00Z");
    world_stop(&world, false);
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.pictures.count, 1);
    assert_pictures(&world, 1, 1);
    const char *id = world.home.shown[1].paper_id;
    assert_non_null(kept(&world, id));
    world_run(&world, "2026-12-02T13:01:00Z");
    assert_null(kept(&world, id));
    world_close(&world);
}

static void
test_stopped_in_the_middle_of_a_question_nothing_is_left(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST);
    world.pictures.hang = true;
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_true(world.pictures.pending);
    bot_wind_down(world.bot);
    assert_false(world.pictures.pending);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_what_will_be_shown_is_fetched_before_the_hour),
            cmocka_unit_test(test_a_paper_is_asked_for_once_for_all_channels),
            cmocka_unit_test(test_where_no_pictures_are_shown_nobody_is_asked),
            cmocka_unit_test(
                    test_a_paper_without_a_picture_is_asked_for_seldom),
            cmocka_unit_test(test_what_may_pass_is_tried_again_three_times),
            cmocka_unit_test(test_a_wait_that_was_named_is_kept),
            cmocka_unit_test(test_a_digest_does_not_wait_for_its_pictures),
            cmocka_unit_test(
                    test_pictures_are_there_after_a_restart_and_go_in_time),
            cmocka_unit_test(
                    test_stopped_in_the_middle_of_a_question_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
