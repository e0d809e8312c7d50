/* People ask for papers that only the archive has, which may be slow. */
#include "tests/scenario/conversation.h"

static void test_an_unknown_paper_is_fetched(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    run_for(&world, 60); /* the feeds are read */
    world_say(&world, room, "@ana", "!paper 2210.11693");
    run_for(&world, 2);
    assert_int_equal(world.home.shown_count, 1);
    assert_int_equal(shown(&world, "[2210.11693]"), 1);
    assert_int_equal(shown(&world, "Looking at arXiv"), 0);
    assert_string_equal(world.home.shown[0].paper_id, "2210.11693");
    world_close(&world);
}

static void test_if_it_takes_longer_it_is_said(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world.archive_hangs = true;
    world_say(&world, room, "@ana", "!paper 2210.11693");
    world_say(&world, room, "@bo", "!paper help pause");
    run_for(&world, 10);
    assert_int_equal(world.home.shown_count, 2);
    assert_last(&world, "Looking at arXiv for 2210.11693");
    world.archive_hangs = false;
    fake_archive_answer(&world.archive);
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 3);
    assert_int_equal(shown(&world, "[2210.11693]"), 1);
    assert_int_equal(world_waiting(&world), 0);
    world_close(&world);
}

static void test_an_archive_that_does_not_answer_ends_the_waiting(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world.archive_hangs = true;
    world_say(&world, room, "@ana", "!paper 2210.11693");
    run_for(&world, 40);
    assert_int_equal(world.home.shown_count, 2);
    assert_int_equal(world_waiting(&world), 0);
    assert_false(world.archive.pending);
    world_close(&world);
}

static void test_a_failing_archive_is_tried_again_meanwhile(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    fake_archive_fail(&world.archive, 1, FAKE_ARCHIVE_BUSY, 0);
    world_say(&world, room, "@ana", "!paper 2210.11693");
    run_for(&world, 20);
    assert_int_equal(shown(&world, "[2210.11693]"), 1);
    assert_true(world.archive.least_gap_ms >= FAKE_ARCHIVE_GAP_MS);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_unknown_paper_is_fetched),
            cmocka_unit_test(test_if_it_takes_longer_it_is_said),
            cmocka_unit_test(
                    test_an_archive_that_does_not_answer_ends_the_waiting),
            cmocka_unit_test(test_a_failing_archive_is_tried_again_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
