/*
 * Days without papers, and channels that wait for them.
 *
 * Times are UTC; New York is five hours behind, its Thanksgiving is Thursday,
 * November 26: the evening on which Friday's announcement would be made.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define HOUR_MS INT64_C(3600000)

/* A bot that has had Monday's announcement and posted it. */
static struct channel *open_monday(struct world *world, enum quiet_policy quiet,
        const char *categories)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    struct channel *team = world_channel(world, "team", "hook", categories,
            "13:00 daily", "UTC");
    team->quiet = quiet;
    world_publish(world, "cs.LG", "2611", 20);
    world_publish(world, "cs.CV", "2610", 20);
    return team;
}

static void run_monday(struct world *world)
{
    world_start(world);
    world_run(world, "2026-11-24T04:59:00Z");
    assert_int_equal(world->hook.shown_count, 1);
}

static void assert_last(const struct world *world, const char *occasion,
        const char *words)
{
    const struct fake_message *last =
            &world->hook.shown[world->hook.shown_count - 1];

    assert_string_equal(last->occasion, occasion);
    if (strstr(last->payload, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, last->payload);
}

static void test_a_late_announcement_is_said_in_one_line(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, QUIET_LINE, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-24T13:01:00Z");
    assert_int_equal(world.hook.shown_count, 2);
    assert_last(&world, "digest/2026-11-24", "今日 arXiv 公告尚未发布");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_QUIET);
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-25T13:01:00Z");
    assert_last(&world, "digest/2026-11-25", "[2612.00001]");
    world_close(&world);
}

static void test_a_feed_that_fails_is_not_called_late(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, QUIET_LINE, "cs.LG");
    run_monday(&world);
    world.source.mode = FAKE_SOURCE_DOWN;
    world_run(&world, "2026-11-24T13:01:00Z");
    assert_last(&world, "digest/2026-11-24", "今日 arXiv 公告暂时无法读取");
    world_close(&world);
}

static void test_a_holiday_is_said_a_weekend_is_not(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, QUIET_LINE, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-26T05:00:00Z");
    world_publish(&world, "cs.LG", "2613", 3);
    world_run(&world, "2026-11-27T13:01:00Z");
    assert_last(&world, "digest/2026-11-27", "今日 arXiv 无公告");
    size_t shown = world.hook.shown_count;
    world_run(&world, "2026-11-29T23:00:00Z");
    assert_int_equal(world.hook.shown_count, shown);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-28"),
            OUTCOME_SILENT);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-29"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void test_a_holiday_that_announces_is_a_day_like_any(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, QUIET_LINE, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-27T05:00:00Z");
    world_publish(&world, "cs.LG", "2613", 3);
    world_run(&world, "2026-11-27T13:01:00Z");
    assert_last(&world, "digest/2026-11-27", "[2613.00003]");
    world_close(&world);
}

/* Martin Luther King Day of 2027, a Monday, is in no list of ours: a late day,
 * then one that is known to have had no announcement, and papers after it. */
static void test_a_holiday_of_which_nobody_knew_is_called_late(void **state)
{
    struct world world;
    struct batch_list batches;

    (void)state;
    world_open(&world, "memory:", "2027-01-18T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "13:00 daily", "UTC")
            ->quiet = QUIET_LINE;
    world_publish(&world, "cs.LG", "2701", 20);
    world_start(&world);
    world_run(&world, "2027-01-19T05:00:00Z");
    assert_last(&world, "digest/2027-01-18", "[2701.00001]");
    world_publish(&world, "cs.LG", "2702", 0);
    world_run(&world, "2027-01-19T13:01:00Z");
    assert_last(&world, "digest/2027-01-19", "今日 arXiv 公告尚未发布");
    world_run(&world, "2027-01-20T05:00:00Z");
    world_publish(&world, "cs.LG", "2703", 3);
    world_run(&world, "2027-01-20T13:01:00Z");
    assert_last(&world, "digest/2027-01-20", "[2703.00001]");
    assert_true(store_batch_list(world.store, "cs.LG", 3, &world.arena,
            &batches, NULL));
    assert_int_equal(batches.items[0].state, BATCH_ANNOUNCED);
    assert_int_equal(batches.items[1].state, BATCH_NONE);
    assert_int_equal(batches.items[1].date.day, 19);
    world_close(&world);
}

static void test_who_wants_silence_has_it(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, QUIET_SILENT, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-29T23:00:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-27"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void test_the_best_of_the_week_comes_once_a_weekend(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, QUIET_BEST, "cs.LG");
    run_monday(&world);
    assert_int_equal(fake_account_count(&world.hook, NULL, "[2611."), 9);
    for (int day = 24; day <= 27; day++) { /* replacements: no papers */
        const struct fake_item item = {.id = "2601.00001",
                .announce = ANNOUNCE_REPLACE,
                .version = (unsigned)day};
        char midnight[] = "2026-11-20T05:00:00Z";
        midnight[9] = (char)('0' + day % 10);
        world_run(&world, midnight);
        fake_source_publish(&world.source, "cs.LG", &item, 1, false);
    }
    world_run(&world, "2026-11-27T23:00:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    world_run(&world, "2026-11-28T13:01:00Z");
    assert_last(&world, "digest/2026-11-28", "本周精选");
    assert_int_equal(fake_account_count(&world.hook, NULL, "[2611."), 18);
    for (int i = 1; i <= 20; i++) {
        char id[] = "[2611.00000]";
        id[9] = (char)('0' + i / 10);
        id[10] = (char)('0' + i % 10);
        assert_in_range(fake_account_count(&world.hook, NULL, id), 0, 1);
    }
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-28"),
            OUTCOME_DIGEST);
    world_run(&world, "2026-11-29T13:01:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-29"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void
test_a_channel_that_was_told_nothing_is_told_no_lateness(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:00:00Z");
    struct channel *team =
            world_channel(&world, "team", "hook", "", "13:00 daily", "UTC");
    team->quiet = QUIET_LINE;
    world_start(&world);
    world_run(&world, "2026-11-24T13:01:00Z");
    assert_int_equal(world.hook.shown_count, 0);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_SILENT);
    world_close(&world);
}

/* --- waiting --- */

static struct channel *open_fresh(struct world *world, const char *categories)
{
    struct channel *team = open_monday(world, QUIET_LINE, categories);

    team->when = WHEN_FRESH;
    team->wait_for_batch_ms = 4 * HOUR_MS;
    return team;
}

static void test_a_fresh_channel_waits_for_all_its_categories(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_fresh(&world, "cs.LG cs.CV");
    run_monday(&world);
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-24T14:30:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_NONE);
    world_publish(&world, "cs.CV", "2613", 3);
    world_run(&world, "2026-11-24T15:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_DIGEST);
    assert_last(&world, "digest/2026-11-24", "[2612.00001]");
    assert_last(&world, "digest/2026-11-24", "[2613.00001]");
    world_close(&world);
}

static void test_its_patience_ends_and_it_posts_what_there_is(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_fresh(&world, "cs.LG cs.CV");
    team->catch_up_ms = HOUR_MS; /* waiting is no lateness */
    run_monday(&world);
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-24T16:59:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_NONE);
    world_run(&world, "2026-11-24T17:01:00Z");
    assert_last(&world, "digest/2026-11-24", "[2612.00001]");
    world_run(&world, "2026-11-25T17:01:00Z");
    assert_last(&world, "digest/2026-11-25", "今日 arXiv 公告尚未发布");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_QUIET);
    world_close(&world);
}

static void test_it_waits_over_a_restart(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_fresh(&world, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-24T13:30:00Z");
    world_stop(&world, false);
    world_run(&world, "2026-11-24T14:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T14:10:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_NONE);
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-24T14:40:00Z");
    assert_last(&world, "digest/2026-11-24", "[2612.00001]");
    world_close(&world);
}

static void test_it_does_not_wait_for_a_day_that_has_none(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_fresh(&world, "cs.LG");
    run_monday(&world);
    world_run(&world, "2026-11-26T05:00:00Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-27T13:00:30Z");
    assert_last(&world, "digest/2026-11-27", "今日 arXiv 无公告");
    world_run(&world, "2026-11-28T13:00:30Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-28"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void test_in_the_chinese_morning_it_waits_for_noon(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-07-06T04:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "09:00 weekdays", "Asia/Shanghai");
    team->when = WHEN_FRESH;
    team->wait_for_batch_ms = 4 * HOUR_MS;
    world_publish(&world, "cs.LG", "2607", 3);
    world_start(&world);
    world_run(&world, "2026-07-07T03:59:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-07-07"),
            OUTCOME_NONE);
    world_publish(&world, "cs.LG", "2608", 3);
    world_run(&world, "2026-07-07T04:20:00Z");
    assert_last(&world, "digest/2026-07-07", "[2608.00001]");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_late_announcement_is_said_in_one_line),
            cmocka_unit_test(test_a_feed_that_fails_is_not_called_late),
            cmocka_unit_test(test_a_holiday_is_said_a_weekend_is_not),
            cmocka_unit_test(test_a_holiday_that_announces_is_a_day_like_any),
            cmocka_unit_test(
                    test_a_holiday_of_which_nobody_knew_is_called_late),
            cmocka_unit_test(test_who_wants_silence_has_it),
            cmocka_unit_test(test_the_best_of_the_week_comes_once_a_weekend),
            cmocka_unit_test(
                    test_a_channel_that_was_told_nothing_is_told_no_lateness),
            cmocka_unit_test(test_a_fresh_channel_waits_for_all_its_categories),
            cmocka_unit_test(test_its_patience_ends_and_it_posts_what_there_is),
            cmocka_unit_test(test_it_waits_over_a_restart),
            cmocka_unit_test(test_it_does_not_wait_for_a_day_that_has_none),
            cmocka_unit_test(test_in_the_chinese_morning_it_waits_for_noon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
