/*
 * Crashes, sleep, and clocks that were set.
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

/* --- crashes --- */

/* Plans the digest, leaves its message under way, and dies. */
static void die_in_the_middle(struct world *world, bool taken)
{
    world_run(world, "2026-11-24T06:59:59Z");
    world->home.hang = world->hook.hang = true;
    world_run(world, "2026-11-24T07:00:10Z");
    world_stop(world, taken);
    world->home.hang = world->hook.hang = false;
    world_start(world);
    world_run(world, "2026-11-24T07:00:20Z");
}

static void test_after_a_crash_an_uncertain_row_is_sent_again(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    die_in_the_middle(&world, false);
    /* At once: nobody waits for the lease of the dead to end. */
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    world_close(&world);
}

static void
test_after_a_crash_an_uncertain_row_is_held_if_so_wished(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    team->on_uncertain = UNCERTAIN_HOLD;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    die_in_the_middle(&world, true);
    world_run(&world, "2026-11-24T09:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    assert_int_equal(world_rows(&world, team, OUTBOX_PARKED), 1);
    world_close(&world);
}

static void test_a_product_that_knows_the_key_shows_it_once(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "home", "cs.LG",
            "07:00 daily", "UTC");
    team->on_uncertain = UNCERTAIN_HOLD;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    die_in_the_middle(&world, true);
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    assert_int_equal(world.home.repeats, 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    world_close(&world);
}

static void test_a_lost_answer_is_asked_for_again(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "home", "cs.LG",
            "07:00 daily", "UTC");
    struct channel *held = world_channel(&world, "held", "hook", "cs.LG",
            "07:00 daily", "UTC");
    held->on_uncertain = UNCERTAIN_HOLD;
    world.home.lose_next = world.hook.lose_next = 1;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    assert_int_equal(world.home.repeats, 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    assert_int_equal(shown(&world, "room-held", "[2611."), 6);
    assert_int_equal(world_rows(&world, held, OUTBOX_PARKED), 1);
    world_close(&world);
}

/* --- being away --- */

static void test_back_in_time_the_bot_posts_one_digest(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-26T11:00:00Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_start(&world);
    world_run(&world, "2026-11-26T11:05:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_MISSED);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_MISSED);
    /* The feed was looked at first: what came meanwhile is in it. */
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-26"),
            OUTCOME_DIGEST);
    assert_int_equal(shown(&world, "room-team", "[2612."), 3);
    assert_int_equal(messages(&world.hook), 2);
    world_close(&world);
}

static void test_back_too_late_the_digest_is_missed(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world.time.ms = world_ms("2026-11-24T13:00:01Z");
    world_start(&world);
    world_run(&world, "2026-11-24T14:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_MISSED);
    assert_int_equal(messages(&world.hook), 0);
    /* Its papers are in the next. */
    world_run(&world, "2026-11-25T07:10:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 3);
    world_close(&world);
}

static void test_a_clock_put_back_repeats_nothing(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    world.time.ms = world_ms("2026-11-24T06:00:00Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-24T09:00:00Z");
    assert_int_equal(messages(&world.hook), 1);
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-24T06:30:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T09:00:00Z");
    assert_int_equal(messages(&world.hook), 1);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_DIGEST);
    assert_int_equal(messages(&world.hook), 2);
    world_close(&world);
}

static void test_a_clock_that_was_a_year_ahead_skips_nothing(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2027-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2027-11-24T08:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2027-11-24"),
            OUTCOME_DIGEST);
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-24T09:00:00Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_start(&world);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_DIGEST);
    world_close(&world);
}

static void test_of_several_slept_over_the_newest_is_posted(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T08:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    team->catch_up_ms = INT64_C(10) * 24 * 3600 * 1000;
    world_publish(&world, "cs.LG", "2611", 3);
    world.time.ms = world_ms("2026-11-26T11:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-26T11:05:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_MISSED);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_MISSED);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-26"),
            OUTCOME_DIGEST);
    assert_int_equal(messages(&world.hook), 1);
    world_close(&world);
}

static void test_what_cannot_be_rendered_waits_for_its_mending(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world.hook.render_failure = "a table is missing";
    world_start(&world);
    world_run(&world, "2026-11-24T09:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_NONE);
    world.hook.render_failure = NULL;
    world_run(&world, "2026-11-24T09:15:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_DIGEST);
    assert_int_equal(shown(&world, "room-team", "[2611."), 3);

    world_publish(&world, "cs.LG", "2612", 3);
    world.hook.render_failure = "a table is missing";
    world_run(&world, "2026-11-25T13:30:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_MISSED);
    world_close(&world);
}

static void test_asked_to_end_the_bot_finishes_what_is_under_way(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.entries_a_part = 3;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T06:59:59Z");
    world.hook.hang = true;
    world_run(&world, "2026-11-24T07:00:00Z");
    struct core core = bot_core(world.bot);
    assert_false(core.finished(core.ctx));
    core.wind_down(core.ctx);
    assert_false(core.finished(core.ctx));
    assert_true(core.next_due_ms(core.ctx) == INT64_MAX);
    world.hook.hang = false;
    fake_account_answer(&world.hook);
    assert_true(core.finished(core.ctx));
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    world_close(&world);
}

static void
test_the_loop_looks_now_and_then_even_if_nothing_is_due(void **state)
{
    struct world world;
    int64_t id;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team =
            world_channel(&world, "team", "hook", "cs.LG", "off", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-24T01:00:00Z");
    struct core core = bot_core(world.bot);
    core.step(core.ctx, world.time.ms);
    /* Another process adds a row, and the machine sleeps an hour. */
    const struct outbox_row row = {.channel_id = team->id,
            .account = "hook",
            .room = team->room,
            .occasion = "post/2026-11-24/1",
            .delivery_key = "k",
            .payload = "hello",
            .payload_bytes = 5,
            .next_try_ms = world.time.ms,
            .receipt = "",
            .complaint = ""};
    assert_true(store_outbox_add(world.store, &row, &id, NULL));
    assert_int_equal(core.next_due_ms(core.ctx), world.time.ms + 15000);
    world.time.ms += INT64_C(3600) * 1000;
    core.step(core.ctx, world.time.ms);
    fake_account_answer(&world.hook);
    assert_int_equal(shown(&world, "room-team", "hello"), 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_after_a_crash_an_uncertain_row_is_sent_again),
            cmocka_unit_test(
                    test_after_a_crash_an_uncertain_row_is_held_if_so_wished),
            cmocka_unit_test(test_a_product_that_knows_the_key_shows_it_once),
            cmocka_unit_test(test_a_lost_answer_is_asked_for_again),
            cmocka_unit_test(test_back_in_time_the_bot_posts_one_digest),
            cmocka_unit_test(test_back_too_late_the_digest_is_missed),
            cmocka_unit_test(test_a_clock_put_back_repeats_nothing),
            cmocka_unit_test(test_a_clock_that_was_a_year_ahead_skips_nothing),
            cmocka_unit_test(test_of_several_slept_over_the_newest_is_posted),
            cmocka_unit_test(
                    test_what_cannot_be_rendered_waits_for_its_mending),
            cmocka_unit_test(
                    test_asked_to_end_the_bot_finishes_what_is_under_way),
            cmocka_unit_test(
                    test_the_loop_looks_now_and_then_even_if_nothing_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
