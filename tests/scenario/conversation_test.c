/*
 * People write to the bot, and it answers: with restarts and slow products in
 * between.
 */
#include "tests/scenario/conversation.h"

/* --- answers --- */

static void test_a_command_is_answered_at_once(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_say(&world, room, "@ana", "!paper help");
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 1);
    assert_int_equal(world_waiting(&world), 0);
    assert_true(shown(&world, "!paper help") > 0);
    assert_string_equal(world.home.shown[0].person, "");
    world_say(&world, room, "@ana", "！paper 帮助");
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 2);
    assert_true(shown(&world, "!paper 帮助") > 0);
    world_close(&world);
}

static void test_an_event_that_comes_twice_is_answered_once(void **state)
{
    struct world world;
    const struct event event = {.id = "same",
            .kind = EVENT_COMMAND,
            .room = room,
            .person = "@ana",
            .text = "help",
            .target = "",
            .reply = "thread 7"};

    (void)state;
    open_lab(&world);
    world_start(&world);
    fake_account_happen(&world.home, &event);
    run_for(&world, 1);
    fake_account_happen(&world.home, &event);
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 1);
    assert_string_equal(world.home.shown[0].reply, "thread 7");
    world_close(&world);
}

static void test_what_was_said_while_the_bot_was_away_is_answered(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_say(&world, room, "@ana", "help");
    run_for(&world, 1);
    world_stop(&world, false);
    world_say(&world, room, "@bo", "help"); /* an hour later it is too old */
    run_for(&world, 3000);
    world_say(&world, room, "@ana", "help");
    run_for(&world, 1200);
    world_start(&world);
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 2);
    assert_int_equal(world_waiting(&world), 0);
    world_close(&world);
}

static void test_a_room_that_is_not_served_is_not_answered(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_say(&world, "room-elsewhere", "@ana", "help");
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 0);
    assert_int_equal(world_waiting(&world), 0);
    world_close(&world);
}

static void test_a_text_without_end_gets_a_friendly_word(void **state)
{
    struct world world;
    static char text[8000];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    open_lab(&world);
    world_start(&world);
    world_say(&world, room, "@ana", text);
    run_for(&world, 1);
    assert_last(&world, "That is longer than I read");
    world_close(&world);
}

/* --- who may --- */

static void test_the_product_says_who_may(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    world.home.manager = "@ana";
    world_start(&world);
    world_say(&world, room, "@bo", "!paper pause");
    run_for(&world, 1);
    assert_last(&world, "Sorry, only people in charge");
    assert_string_equal(world.home.shown[0].person, ""); /* for all to see */
    world_say(&world, room, "@ana", "!paper pause");
    run_for(&world, 1);
    assert_int_equal(world.home.permissions, 2);
    /* And nothing comes in the morning. */
    world_publish(&world, "cs.LG", "2611", 3);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world_outcome(&world, lab, "digest/2026-11-25"),
            OUTCOME_SILENT);
    world_say(&world, room, "@ana", "!paper resume");
    run_for(&world, 1);
    world_run(&world, "2026-11-26T04:50:00Z");
    world_publish(&world, "cs.LG", "2612", 2);
    world_run(&world, "2026-11-26T08:00:00Z");
    assert_int_equal(shown(&world, "[2611."), 0);
    assert_int_equal(shown(&world, "[2612."), 2);
    world_close(&world);
}

static void test_configured_admins_are_not_asked_about(void **state)
{
    struct world world;
    static const char *admins[] = {"@root"};

    (void)state;
    struct channel *lab = open_lab(&world);
    lab->admins = (struct string_list){.items = admins, .count = 1};
    world_start(&world);
    world_say(&world, room, "@root", "!paper pause");
    run_for(&world, 1);
    assert_int_equal(world.home.permissions, 0);
    assert_int_equal(shown(&world, "Sorry"), 0);
    world_close(&world);
}

static void test_what_cannot_be_found_out_is_said(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.manager = "@ana";
    world.home.permission_fails = true;
    world_start(&world);
    world_say(&world, room, "@ana", "!paper pause");
    run_for(&world, 1);
    assert_last(&world, "I could not find out");
    world_say(&world, room, "@ana", "！paper 暂停");
    run_for(&world, 1);
    assert_last(&world, "暂时查不到");
    world_close(&world);
}

static void test_one_who_waits_holds_nobody_else_up(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.manager = "@ana";
    world.home.permission_hangs = true;
    world_start(&world);
    world_say(&world, room, "@ana", "!paper pause");
    world_say(&world, room, "@ana", "!paper help pause");
    world_say(&world, room, "@bo", "!paper help resume");
    run_for(&world, 30);
    assert_int_equal(world.home.shown_count, 1); /* Bo's */
    assert_int_equal(world_waiting(&world), 2);
    world.home.permission_hangs = false;
    fake_account_answer(&world.home);
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 3); /* and Ana's, in her order */
    assert_true(strstr(world.home.shown[2].payload, "pause") != NULL);
    assert_int_equal(world_waiting(&world), 0);
    world_close(&world);
}

/* --- too much --- */

static void test_twenty_a_minute_then_one_word_then_silence(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    for (int i = 0; i < 40; i++)
        world_say(&world, room, "@ana", "!paper help pause");
    world_say(&world, room, "@bo", "!paper help pause");
    run_for(&world, 20);
    assert_int_equal(world.home.shown_count, 22);
    assert_int_equal(shown(&world, "That was a lot at once"), 1);
    assert_int_equal(world_waiting(&world), 0);
    run_for(&world, 45);
    world_say(&world, room, "@ana", "!paper help pause");
    run_for(&world, 5);
    assert_int_equal(world.home.shown_count, 23);
    assert_int_equal(shown(&world, "That was a lot at once"), 1);
    world_close(&world);
}

/* --- second thoughts --- */

static void edit(struct world *world, const char *text, const char *target)
{
    world_happen(world, EVENT_COMMAND_EDIT, room, "@ana", text, target);
}

static void test_a_mended_command_mends_its_answer(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.ops.abilities |= ACCOUNT_EDITS;
    world_start(&world);
    world_say(&world, room, "@ana", "!paper hlep");
    run_for(&world, 1);
    assert_int_equal(shown(&world, "Did you mean"), 1);
    edit(&world, "!paper help pause", "ev-1");
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 1);
    assert_int_equal(shown(&world, "Did you mean"), 0);
    assert_int_equal(world.home.edits, 1);
    edit(&world, "!paper help resume", "ev-1");
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 1);
    assert_int_equal(world.home.edits, 2);
    world_close(&world);
}

static void test_where_nothing_can_be_mended_it_is_answered_anew(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world_start(&world);
    world_say(&world, room, "@ana", "!paper hlep");
    run_for(&world, 1);
    edit(&world, "!paper help pause", "ev-1");
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 2);
    /* But not what was mended long ago. */
    world_stop(&world, false);
    edit(&world, "!paper help resume", "ev-1");
    run_for(&world, 1000);
    world_start(&world);
    run_for(&world, 1);
    assert_int_equal(world.home.shown_count, 2);
    world_close(&world);
}

/* --- how much it costs --- */

static void test_who_waits_is_not_asked_about_all_the_time(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world);
    world.home.permission_hangs = true;
    world_start(&world);
    run_for(&world, 1);
    world_say(&world, room, "@ana", "!paper pause");
    world_say(&world, room, "@ana", "!paper help");
    world_step(&world);
    world_step(&world);
    /* An hour in which nobody answers: only what is due by itself happens. */
    size_t steps = 0;
    int64_t until_ms = world.time.ms + INT64_C(3600) * 1000;
    for (int64_t due_ms; (due_ms = bot_next_due_ms(world.bot)) <= until_ms;
            steps++) {
        if (due_ms > world.time.ms)
            world.time.ms = due_ms;
        world_step(&world);
        fake_source_answer(&world.source);
    }
    printf("# PRINT an hour of waiting for a permission: %zu steps\n", steps);
    assert_true(steps <= 40);
    assert_int_equal(world.home.permissions, 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_command_is_answered_at_once),
            cmocka_unit_test(test_an_event_that_comes_twice_is_answered_once),
            cmocka_unit_test(
                    test_what_was_said_while_the_bot_was_away_is_answered),
            cmocka_unit_test(test_a_room_that_is_not_served_is_not_answered),
            cmocka_unit_test(test_a_text_without_end_gets_a_friendly_word),
            cmocka_unit_test(test_the_product_says_who_may),
            cmocka_unit_test(test_configured_admins_are_not_asked_about),
            cmocka_unit_test(test_what_cannot_be_found_out_is_said),
            cmocka_unit_test(test_one_who_waits_holds_nobody_else_up),
            cmocka_unit_test(test_twenty_a_minute_then_one_word_then_silence),
            cmocka_unit_test(test_a_mended_command_mends_its_answer),
            cmocka_unit_test(
                    test_where_nothing_can_be_mended_it_is_answered_anew),
            cmocka_unit_test(test_who_waits_is_not_asked_about_all_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
