/*
 * A digest with pictures: where they come in it, and that it goes out whatever
 * becomes of them.
 *
 * Times are UTC; New York is five hours behind.
 */
#include "bot/intake.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct channel *open_team(struct world *world,
        enum digest_pictures pictures, enum digest_layout layout)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    struct channel *team =
            world_channel(world, "team", "home", "cs.LG", "13:00 daily", "UTC");
    team->languages.tags[0] = "en";
    team->languages.tags[1] = NULL;
    team->top_count = 2;
    team->also_count = 1;
    team->layout = layout;
    team->pictures = pictures;
    team->contact = "ana@example.org";
    world->home.ops.abilities |=
            ACCOUNT_EDITS | ACCOUNT_THREADS | ACCOUNT_PICTURES;
    return team;
}

/* The store has a picture of each of the first papers of a batch. */
static void have_pictures(struct world *world, const char *prefix,
        unsigned count)
{
    char id[32];

    for (unsigned i = 1; i <= count; i++) {
        snprintf(id, sizeof id, "%s.%05u", prefix, i);
        const struct picture picture = {.paper_id = id,
                .type = "image/png",
                .width = 2,
                .height = 1,
                .bytes = "PNG",
                .length = 3,
                .fetched_ms = world->time.ms};
        assert_true(store_picture_put(world->store, &picture, NULL));
    }
}

/* Monday's digest of five papers, with a picture of each. */
static void post_monday(struct world *world)
{
    world_publish(world, "cs.LG", "2611", 5);
    have_pictures(world, "2611", 5);
    world_start(world);
    world_run(world, "2026-11-23T13:01:00Z");
}

/* What home showed, a letter a message: m for words, P for a picture. */
static const char *shown(const struct world *world)
{
    static char letters[32];
    size_t count = 0;

    for (size_t i = 0; i < world->home.shown_count; i++)
        letters[count++] = world->home.shown[i].verb == OUTBOX_SHOW ? 'P' : 'm';
    letters[count] = '\0';
    return letters;
}

/* --- where they come --- */

static void test_the_first_papers_picture_follows_the_digest(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST, LAYOUT_MESSAGE);
    post_monday(&world);
    assert_string_equal(shown(&world), "mP");
    const struct fake_message *picture = &world.home.shown[1];
    assert_true(strstr(picture->payload, picture->paper_id) != NULL);
    assert_non_null(strstr(picture->payload, " 1. "));
    assert_non_null(strstr(picture->target, "-1"));
    assert_string_equal(picture->root, "");
    assert_int_equal(world.home.uploads, 1);
    assert_int_equal(fake_account_count(&world.home, NULL,
                             "To have a picture taken down: ana@example.org"),
            1);
    world_close(&world);
}

static void test_many_pictures_hang_below_the_digest(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL, LAYOUT_MESSAGE);
    post_monday(&world);
    assert_string_equal(shown(&world), "mPP");
    for (size_t i = 1; i < 3; i++)
        assert_string_equal(world.home.shown[i].root,
                world.home.shown[0].delivery_key);
    assert_non_null(strstr(world.home.shown[2].payload, " 2. "));
    world_close(&world);
}

static void test_in_a_thread_a_picture_follows_its_paper(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL, LAYOUT_THREAD);
    post_monday(&world);
    assert_string_equal(shown(&world), "mmPmPm");
    for (size_t i = 2; i < 5; i += 2) {
        const struct fake_message *picture = &world.home.shown[i];
        assert_string_equal(picture->paper_id,
                world.home.shown[i - 1].paper_id);
        assert_string_equal(picture->root, world.home.shown[0].delivery_key);
    }
    world_close(&world);
}

static void test_nothing_is_said_of_pictures_that_are_not_there(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL, LAYOUT_MESSAGE);
    world_publish(&world, "cs.LG", "2611", 5);
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_string_equal(shown(&world), "m");
    assert_int_equal(fake_account_count(&world.home, NULL, "taken down"), 0);
    world_close(&world);
}

static void test_who_takes_no_pictures_gets_none(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_ALL, LAYOUT_MESSAGE);
    world.home.ops.abilities &= ~(unsigned)ACCOUNT_PICTURES;
    post_monday(&world);
    assert_string_equal(shown(&world), "m");
    world_close(&world);
}

/* --- what goes wrong --- */

static void test_a_refused_upload_costs_its_picture_alone(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, PICTURES_ALL, LAYOUT_THREAD);
    world.home.fail_next = 1;
    world.home.fail_verb = OUTBOX_UPLOAD;
    world.home.fail_kind = ERROR_REJECTED;
    post_monday(&world);
    assert_string_equal(shown(&world), "mmmPm");
    assert_int_equal(world_rows(&world, team, OUTBOX_PARKED), 0);
    assert_int_equal(world_rows(&world, team, OUTBOX_EXPIRED), 2);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    world_close(&world);
}

static void test_an_upload_is_tried_again_but_not_for_long(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, PICTURES_ALL, LAYOUT_THREAD);
    world.home.fail_next = 5;
    world.home.fail_verb = OUTBOX_UPLOAD;
    post_monday(&world); /* which leaves it one minute */
    assert_string_equal(shown(&world), "mmmPm");
    assert_int_equal(world_rows(&world, team, OUTBOX_EXPIRED), 2);
    world_close(&world);
}

static void test_nobody_waits_an_hour_for_a_picture(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST, LAYOUT_THREAD);
    world.home.fail_next = 1;
    world.home.fail_verb = OUTBOX_UPLOAD;
    world.home.fail_wait_ms = INT64_C(3600000);
    post_monday(&world);
    assert_string_equal(shown(&world), "mmmm");
    world_close(&world);
}

static void test_a_picture_that_cannot_be_shown_parks_nothing(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, PICTURES_ALL, LAYOUT_THREAD);
    world.home.fail_next = 1;
    world.home.fail_verb = OUTBOX_SHOW;
    world.home.fail_kind = ERROR_REJECTED;
    post_monday(&world);
    assert_string_equal(shown(&world), "mmmPm");
    assert_int_equal(world_rows(&world, team, OUTBOX_PARKED), 0);
    world_close(&world);
}

static void test_a_crash_between_upload_and_message_loses_nothing(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, PICTURES_FIRST, LAYOUT_MESSAGE);
    world.home.fail_next = 1;
    world.home.fail_verb = OUTBOX_SHOW;
    world.home.fail_wait_ms = 5000;
    world_publish(&world, "cs.LG", "2611", 5);
    have_pictures(&world, "2611", 5);
    world_start(&world);
    world_run(&world, "2026-11-23T13:00:02Z");
    assert_string_equal(shown(&world), "m");
    world_stop(&world, false);
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_string_equal(shown(&world), "mP");
    assert_int_equal(world.home.uploads, 1);
    world_close(&world);
}

/* --- afterwards --- */

static void test_an_edit_leaves_pictures_and_foot_as_they_are(void **state)
{
    static const enum digest_layout layouts[] = {LAYOUT_MESSAGE, LAYOUT_THREAD};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct world world;
        open_team(&world, PICTURES_ALL, layouts[i]);
        post_monday(&world);
        const struct fake_item item = {.id = world.home.shown[2].paper_id,
                .version = 2,
                .announce = ANNOUNCE_REPLACE};
        fake_source_publish(&world.source, "cs.LG", &item, 1, false);
        world_run(&world, "2026-11-24T12:00:00Z");
        /* In a thread the head and the paper's own message. */
        assert_int_equal(world.home.edits, i + 1);
        assert_non_null(strstr(world.home.shown[i].payload, "[v2]"));
        assert_int_equal(fake_account_count(&world.home, NULL, "taken down: a"),
                1);
        assert_int_equal(fake_account_count(&world.home, NULL, "picture ["), 2);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_first_papers_picture_follows_the_digest),
            cmocka_unit_test(test_many_pictures_hang_below_the_digest),
            cmocka_unit_test(test_in_a_thread_a_picture_follows_its_paper),
            cmocka_unit_test(
                    test_nothing_is_said_of_pictures_that_are_not_there),
            cmocka_unit_test(test_who_takes_no_pictures_gets_none),
            cmocka_unit_test(test_a_refused_upload_costs_its_picture_alone),
            cmocka_unit_test(test_an_upload_is_tried_again_but_not_for_long),
            cmocka_unit_test(test_nobody_waits_an_hour_for_a_picture),
            cmocka_unit_test(test_a_picture_that_cannot_be_shown_parks_nothing),
            cmocka_unit_test(
                    test_a_crash_between_upload_and_message_loses_nothing),
            cmocka_unit_test(test_an_edit_leaves_pictures_and_foot_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
