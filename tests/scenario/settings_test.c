/*
 * What commands set takes hold of a bot that runs, and of one that starts.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#include "bot/roster.h"
#include "store/registry.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void put(struct world *world, struct store *store,
        const struct channel *channel, const char *key, const char *value)
{
    const struct channel_setting setting = {.key = key,
            .value = value,
            .person = "@ana",
            .set_ms = world->time.ms};

    assert_true(store_setting_put(store, channel->id, &setting, NULL));
}

static void set(struct world *world, const struct channel *channel,
        const char *key, const char *value)
{
    put(world, world->store, channel, key, value);
}

/* The loop comes by every 15 s, whatever is due. */
static void step_at(struct world *world, const char *now)
{
    world_run(world, now);
    world_step(world);
    fake_source_answer(&world->source);
}

static struct channel *open_team(struct world *world, const char *now)
{
    world_open(world, "memory:", now);
    return world_channel(world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
}

static size_t shown(const struct world *world, const char *word)
{
    return fake_account_count(&world->hook, "room-team", word);
}

static void test_after_todays_digest_a_new_hour_starts_tomorrow(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    set(&world, team, "schedule", "10:00 daily");
    step_at(&world, "2026-11-24T08:00:10Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-25T09:59:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    world_run(&world, "2026-11-25T10:01:00Z");
    assert_int_equal(world.hook.shown_count, 2);
    world_close(&world);
}

static void test_before_todays_digest_a_new_hour_holds_today(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T06:00:00Z");
    set(&world, team, "schedule", "10:00 daily");
    step_at(&world, "2026-11-24T06:00:10Z");
    world_run(&world, "2026-11-24T09:59:00Z");
    assert_int_equal(world.hook.shown_count, 0);
    world_run(&world, "2026-11-24T10:01:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    world_close(&world);
}

/* With and without a restart in between. */
static void test_an_hour_that_has_passed_posts_nothing_at_once(void **state)
{
    (void)state;
    for (int restart = 0; restart < 2; restart++) {
        struct world world;
        struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
        world_publish(&world, "cs.LG", "2611", 3);
        world_start(&world);
        world_run(&world, "2026-11-24T06:30:00Z");
        set(&world, team, "schedule", "06:00 daily");
        if (restart) {
            world_stop(&world, false);
            world_start(&world);
        }
        step_at(&world, "2026-11-24T06:30:10Z");
        world_run(&world, "2026-11-25T05:59:00Z");
        assert_int_equal(world.hook.shown_count, 0);
        world_run(&world, "2026-11-25T06:01:00Z");
        assert_int_equal(world.hook.shown_count, 1);
        world_close(&world);
    }
}

static void test_a_channel_without_hours_gets_them_by_a_command(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team =
            world_channel(&world, "team", "hook", "cs.LG", "off", "");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T06:30:00Z");
    set(&world, team, "timezone", "Asia/Shanghai");
    set(&world, team, "schedule", "15:00 daily");
    step_at(&world, "2026-11-24T06:30:10Z");
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(shown(&world, "[2611."), 3);
    world_close(&world);
}

static void test_a_paused_channel_goes_on_with_what_is_new(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-23T00:00:00Z");
    world_publish(&world, "cs.LG", "2610", 3);
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    set(&world, team, "paused", "yes");
    step_at(&world, "2026-11-23T08:00:10Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_run(&world, "2026-11-25T04:30:00Z");
    world_publish(&world, "cs.LG", "2612", 3);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_SILENT);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_SILENT);
    set(&world, team, "paused", "no");
    step_at(&world, "2026-11-25T08:00:10Z");
    world_run(&world, "2026-11-26T04:30:00Z");
    assert_int_equal(world.hook.shown_count, 1);
    world_publish(&world, "cs.LG", "2613", 3);
    world_run(&world, "2026-11-26T08:00:00Z");
    assert_int_equal(shown(&world, "[2610."), 3);
    assert_int_equal(shown(&world, "[2611."), 0);
    assert_int_equal(shown(&world, "[2612."), 0);
    assert_int_equal(shown(&world, "[2613."), 3);
    world_close(&world);
}

static void test_paused_while_the_bot_was_away_leaves_no_queue(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-23T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-23T06:00:00Z");
    set(&world, team, "paused", "yes");
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-26T11:00:00Z");
    world_start(&world);
    step_at(&world, "2026-11-26T11:10:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-23"),
            OUTCOME_SILENT);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-26"),
            OUTCOME_SILENT);
    assert_int_equal(world.hook.shown_count, 0);
    world_close(&world);
}

static void test_another_process_may_set_it(void **state)
{
    struct world world;
    char path[] = "/tmp/paperboy-settings-XXXXXX";
    char url[64];

    (void)state;
    assert_non_null(mkdtemp(path));
    snprintf(url, sizeof url, "sqlite:%s/p.db", path);
    world_open(&world, url, "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    struct channel *other = world_channel(&world, "other", "hook", "cs.RO",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world_publish(&world, "cs.CV", "2612", 2);
    world_publish(&world, "cs.RO", "2613", 1);
    world_start(&world);
    world_run(&world, "2026-11-24T06:00:00Z");
    struct store *process = store_registry_open(url, NULL);
    assert_non_null(process);
    put(&world, process, team, "categories", "CV");
    store_close(process);
    step_at(&world, "2026-11-24T06:00:15Z");
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(shown(&world, "[2611."), 0);
    assert_int_equal(shown(&world, "[2612."), 2);
    assert_int_equal(world_outcome(&world, other, "digest/2026-11-24"),
            OUTCOME_DIGEST);
    world_close(&world);
    unlink(arena_format(&world.arena, "%s/p.db", path));
    unlink(arena_format(&world.arena, "%s/p.db-wal", path));
    unlink(arena_format(&world.arena, "%s/p.db-shm", path));
    arena_finish(&world.arena);
    rmdir(path);
}

/* Messages hang in the air, and of the channels around them one goes, one comes
 * and one is set otherwise. */
static void test_what_is_under_way_goes_on(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *gone = world_channel(&world, "gone", "hook", "cs.LG",
            "07:00 daily", "UTC");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.entries_a_part = 2;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T06:59:59Z");
    world.hook.hang = true;
    world_run(&world, "2026-11-24T07:00:10Z");
    assert_true(store_channel_remove(world.store, gone->id, world.time.ms,
            NULL));
    set(&world, team, "style", "full");
    step_at(&world, "2026-11-24T07:00:20Z");
    world.hook.hang = false;
    fake_account_answer(&world.hook);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(shown(&world, "[2611."), 6);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    /* What had left is settled, the rest stays here. */
    assert_int_equal(world_rows(&world, gone, OUTBOX_SENT), 1);
    assert_true(world_rows(&world, gone, OUTBOX_DUE) > 0);
    assert_int_equal(world.hook.repeats, 0);
    world_close(&world);
}

static void test_a_feed_half_read_is_read_to_its_end(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2611", 3);
    world_publish(&world, "cs.CV", "2612", 3);
    world_start(&world);
    world_step(&world);
    assert_true(world.source.pending);
    set(&world, team, "categories", "CV");
    world_step(&world);
    fake_source_answer(&world.source);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_false(world.source.overlapped);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    assert_int_equal(shown(&world, "[2612."), 3);
    assert_int_equal(shown(&world, "[2611."), 0);
    world_close(&world);
}

static void test_an_invited_channel_is_served_until_it_is_left(void **state)
{
    struct world world;
    struct roster roster;
    struct channel room = {0};
    bool is_new = false, again = true;

    (void)state;
    open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.CV", "2612", 3);
    world_start(&world);
    assert_true(roster_open(&roster, world.store, &world.list, world.accounts,
            WORLD_ACCOUNTS, NULL));
    assert_true(roster_invite(&roster, &world.home.account, "!new:example.org",
            "Lab", world.time.ms, &room.id, &is_new, NULL));
    assert_true(roster_invite(&roster, &world.home.account, "!new:example.org",
            "Lab", world.time.ms, &room.id, &again, NULL));
    roster_finish(&roster);
    assert_true(is_new && !again);
    set(&world, &room, "categories", "CV");
    set(&world, &room, "timezone", "UTC");
    set(&world, &room, "schedule", "07:00 daily");
    step_at(&world, "2026-11-24T00:10:00Z");
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(fake_account_count(&world.home, "!new:example.org",
                             "[2612."),
            3);
    assert_true(store_channel_remove(world.store, room.id, world.time.ms,
            NULL));
    step_at(&world, "2026-11-24T07:20:00Z");
    world_publish(&world, "cs.CV", "2613", 3);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world.home.shown_count, 1);
    world_close(&world);
}

/* The file named it once, and the bot was never invited. */
static void test_a_channel_that_left_the_file_is_not_served(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, "2026-11-24T00:00:00Z");
    struct channel *home =
            world_channel(&world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    set(&world, home, "schedule", "07:00 daily");
    world.list.count--;
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(world.home.shown_count, 0);
    assert_int_equal(world.hook.shown_count, 1);
    world_close(&world);
}

static void test_a_setting_that_cannot_be_served_harms_no_other(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_channel(&world, "other", "home", "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 3);
    world_start(&world);
    world_run(&world, "2026-11-24T06:00:00Z");
    set(&world, team, "timezone", "Mars/Olympus");
    step_at(&world, "2026-11-24T06:00:10Z");
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(fake_account_count(&world.home, "room-other", "[2611."),
            3);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_after_todays_digest_a_new_hour_starts_tomorrow),
            cmocka_unit_test(test_before_todays_digest_a_new_hour_holds_today),
            cmocka_unit_test(
                    test_an_hour_that_has_passed_posts_nothing_at_once),
            cmocka_unit_test(
                    test_a_channel_without_hours_gets_them_by_a_command),
            cmocka_unit_test(test_a_paused_channel_goes_on_with_what_is_new),
            cmocka_unit_test(
                    test_paused_while_the_bot_was_away_leaves_no_queue),
            cmocka_unit_test(test_another_process_may_set_it),
            cmocka_unit_test(test_what_is_under_way_goes_on),
            cmocka_unit_test(test_a_feed_half_read_is_read_to_its_end),
            cmocka_unit_test(
                    test_an_invited_channel_is_served_until_it_is_left),
            cmocka_unit_test(test_a_channel_that_left_the_file_is_not_served),
            cmocka_unit_test(
                    test_a_setting_that_cannot_be_served_harms_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
