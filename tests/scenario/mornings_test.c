/*
 * Mornings that go wrong, each in its own way.  Times are UTC; New York is five
 * hours behind in November 2026, its Tuesday the 24th begins at 05:00Z.
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

/* --- what is posted --- */

static void test_a_morning_is_collected_planned_and_sent(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T06:59:59Z");
    assert_int_equal(messages(&world.hook), 0);
    world_run(&world, "2026-11-24T07:01:00Z");
    assert_int_equal(messages(&world.hook), 1);
    assert_int_equal(shown(&world, "room-team", "[2611.0000"), 6);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_DIGEST);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    assert_string_equal(world.hook.shown[0].occasion, "digest/2026-11-24");
    world_close(&world);
}

static void test_a_new_channel_starts_at_the_newest_announcement(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T00:00:00Z");
    world_channel(&world, "old", "home", "cs.LG", "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-23T05:00:00Z");
    world_publish(&world, "cs.LG", "2601", 3);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2602", 3);
    world_run(&world, "2026-11-25T05:00:00Z");
    world_publish(&world, "cs.LG", "2603", 3);
    world_run(&world, "2026-11-25T12:00:00Z");
    world_stop(&world, false);

    world_channel(&world, "new", "hook", "cs.LG", "13:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-25T13:10:00Z");
    assert_int_equal(shown(&world, "room-new", "[2603."), 3);
    assert_int_equal(shown(&world, "room-new", "[260"), 3);
    world_run(&world, "2026-11-26T13:10:00Z");
    assert_int_equal(shown(&world, "room-new", "[260"), 3);
    assert_int_equal(shown(&world, "room-old", "[260"), 9);
    world_close(&world);
}

static void test_a_new_category_starts_at_the_newest_announcement(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T00:00:00Z");
    world_channel(&world, "all", "home", "cs.LG cs.CV", "07:00 daily", "UTC");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-23T05:00:00Z");
    world_publish(&world, "cs.LG", "2601", 2);
    world_publish(&world, "cs.CV", "2701", 2);
    world_run(&world, "2026-11-24T05:00:00Z");
    world_publish(&world, "cs.LG", "2602", 2);
    world_publish(&world, "cs.CV", "2702", 2);
    world_run(&world, "2026-11-24T12:00:00Z");
    world_stop(&world, false);

    world_categories(&world, team, "cs.LG cs.CV");
    world_start(&world);
    world_run(&world, "2026-11-25T07:10:00Z");
    assert_int_equal(shown(&world, "room-team", "[2601."), 2);
    assert_int_equal(shown(&world, "room-team", "[2602."), 2);
    assert_int_equal(shown(&world, "room-team", "[2701."), 0);
    assert_int_equal(shown(&world, "room-team", "[2702."), 2);
    world_close(&world);
}

static void test_a_late_paper_reaches_the_next_digest(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T07:30:00Z");
    world_publish_late(&world, "cs.LG", "2611.77777");
    world_run(&world, "2026-11-25T04:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    world_run(&world, "2026-11-25T07:30:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611.77777]"), 1);
    assert_int_equal(shown(&world, "room-team", "[2611."), 7);
    world_close(&world);
}

static void test_a_cross_list_of_a_considered_paper_is_no_news(void **state)
{
    const struct fake_item cross = {.id = "2611.00001",
            .announce = ANNOUNCE_CROSS,
            .cross = "cs.LG"};
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG cs.CV",
            "07:00 daily", "UTC");
    team->top_count = 1;
    team->also_count = 0;
    world_publish(&world, "cs.LG", "2611", 2);
    world_start(&world);
    world_run(&world, "2026-11-25T04:59:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 1);
    fake_source_publish(&world.source, "cs.CV", &cross, 1, false);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 1);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_SILENT);
    world_close(&world);
}

static void test_replacements_are_no_news(void **state)
{
    const struct fake_item items[] = {
            {.id = "2611.00001", .announce = ANNOUNCE_REPLACE},
            {.id = "2611.00002", .announce = ANNOUNCE_REPLACE_CROSS},
    };
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    fake_source_publish(&world.source, "cs.LG", items, 2, false);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(messages(&world.hook), 0);
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-24"),
            OUTCOME_SILENT);
    world_close(&world);
}

/* --- feeds that fail --- */

static void test_a_stale_feed_gives_no_repeated_digest(void **state)
{
    for (int validates = 0; validates <= 1; validates++) {
        struct world world;

        (void)state;
        world_open(&world, "memory:", "2026-11-24T00:00:00Z");
        struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
                "07:00 daily", "UTC");
        world.source.validates = validates != 0;
        world_publish(&world, "cs.LG", "2611", 12);
        world_start(&world);
        world_run(&world, "2026-11-27T08:00:00Z");
        assert_int_equal(messages(&world.hook), 1);
        assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
                OUTCOME_SILENT);
        assert_int_equal(world_outcome(&world, team, "digest/2026-11-27"),
                OUTCOME_SILENT);
        /* And when it moves on, so do we. */
        world_publish(&world, "cs.LG", "2612", 3);
        world_run(&world, "2026-11-28T08:00:00Z");
        assert_int_equal(shown(&world, "room-team", "[2612."), 3);
        assert_int_equal(shown(&world, "room-team", "[2611."), 9);
        world_close(&world);
    }
}

static void
test_a_feed_cut_short_is_read_again_and_nothing_is_lost(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.source.mode = FAKE_SOURCE_CUT;
    world_publish(&world, "cs.LG", "2611", 8);
    world_start(&world);
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(messages(&world.hook), 0);
    world.source.mode = FAKE_SOURCE_WELL;
    world_run(&world, "2026-11-25T07:10:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 8);
    world_close(&world);
}

static void test_arxivs_wait_is_obeyed_over_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG cs.CV", "07:00 daily", "UTC");
    world.source.mode = FAKE_SOURCE_DOWN;
    world.source.fail_wait_ms = INT64_C(3600) * 1000;
    world_start(&world);
    world_run(&world, "2026-11-24T05:01:00Z");
    assert_int_equal(world.source.asked, 1);
    world_stop(&world, false);
    world_start(&world);
    world.source.mode = FAKE_SOURCE_WELL;
    world_run(&world, "2026-11-24T05:59:59Z");
    assert_int_equal(world.source.asked, 1);
    world_run(&world, "2026-11-24T07:30:00Z");
    assert_true(world.source.asked > 2);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    assert_false(world.source.overlapped);
    world_close(&world);
}

static void test_requests_keep_their_distance_over_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T05:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG cs.CV cs.CL cs.AI cs.RO",
            "07:00 daily", "UTC");
    world_start(&world);
    for (int i = 0; i < 5; i++) {
        world_step(&world); /* a request is under way */
        world_stop(&world, false);
        world.time.ms += 500;
        world_start(&world);
        world_run_ms(&world, world.time.ms + 4000);
    }
    assert_true(world.source.asked >= 5);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    world_close(&world);
}

/* --- products that fail --- */

static void test_a_refused_part_does_not_cost_the_others(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.entries_a_part = 2;
    world.hook.fail_next = 1;
    world.hook.fail_part = 1;
    world.hook.fail_kind = ERROR_REJECTED;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_PARKED), 1);
    assert_true(world_rows(&world, team, OUTBOX_SENT) >= 2);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    assert_int_equal(shown(&world, "room-team", "[2611."), 4);
    world_close(&world);
}

static void test_parts_go_in_order_and_keep_the_rooms_pace(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.hook.entries_a_part = 1;
    world.hook.fail_next = 2;
    world.hook.fail_part = 2;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_true(messages(&world.hook) >= 6);
    for (size_t i = 0; i < messages(&world.hook); i++)
        assert_int_equal(world.hook.shown[i].part, i);
    assert_true(world.hook.least_gap_ms >= 1000);
    world_close(&world);
}

static void test_a_servers_wait_survives_a_restart(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "one", "home", "cs.LG", "07:00 daily", "UTC");
    world_channel(&world, "two", "home", "cs.LG", "07:10 daily", "UTC");
    world.home.fail_next = 1;
    world.home.fail_wait_ms = INT64_C(1800) * 1000;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T07:05:00Z");
    assert_int_equal(world.home.asked, 1);
    world_stop(&world, false);
    world_start(&world);
    /* The wait was the account's: neither room is sent to before its end. */
    world_run(&world, "2026-11-24T07:29:59Z");
    assert_int_equal(world.home.asked, 1);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-one", "[2611."), 6);
    assert_int_equal(shown(&world, "room-two", "[2611."), 6);
    world_close(&world);
}

static void test_a_closed_channel_does_not_stop_the_others(void **state)
{
    struct world world;
    struct arena arena = {0};
    struct known_channel_list known;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *shut = world_channel(&world, "shut", "home", "cs.LG",
            "07:00 daily", "UTC");
    world_channel(&world, "open", "home", "cs.LG", "07:00 daily", "UTC");
    world.home.entries_a_part = 3;
    world.home.fail_next = 1;
    world.home.fail_room = "room-shut";
    world.home.fail_kind = ERROR_STOP;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(shown(&world, "room-open", "[2611."), 6);
    assert_int_equal(shown(&world, "room-shut", "[2611."), 0);
    assert_int_equal(world_rows(&world, shut, OUTBOX_DUE), 0);
    assert_int_equal(world.home.fail_next, 0);
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_string_equal(known.items[0].broken, "the product said no");
    assert_string_equal(known.items[1].broken, "");

    /* The next day it is well again, and says so. */
    world_run(&world, "2026-11-25T05:00:00Z");
    world_publish(&world, "cs.LG", "2612", 4);
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(shown(&world, "room-shut", "[2612."), 4);
    assert_true(store_channel_list(world.store, &arena, &known, NULL));
    assert_string_equal(known.items[0].broken, "");
    arena_finish(&arena);
    world_close(&world);
}

static void test_a_product_down_for_hours_gets_its_digest_then(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world.hook.fail_next = SIZE_MAX;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T15:00:00Z");
    assert_int_equal(messages(&world.hook), 0);
    assert_true(world.hook.asked < 60);
    world.hook.fail_next = 0;
    world_run(&world, "2026-11-24T15:20:00Z");
    assert_int_equal(shown(&world, "room-team", "[2611."), 6);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    world_close(&world);
}

static void test_a_digest_two_days_old_is_not_sent_any_more(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-27T00:00:00Z");
    struct channel *team =
            world_channel(&world, "team", "hook", "cs.LG", "07:00 fri", "UTC");
    world.hook.fail_next = SIZE_MAX;
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-29T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_EXPIRED), 1);
    world_close(&world);
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
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    struct channel *team = world_channel(&world, "team", "hook", "cs.LG",
            "07:00 daily", "UTC");
    world_start(&world);
    world_run(&world, "2026-11-24T08:00:00Z");
    world_stop(&world, false);
    world.time.ms = world_ms("2027-11-24T06:00:00Z");
    world.list.items[0].schedule.minute_of_day = 9 * 60;
    world_start(&world);
    world_run(&world, "2027-11-24T06:30:00Z");
    world_stop(&world, false);
    world.time.ms = world_ms("2026-11-25T03:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-25T05:00:00Z");
    assert_int_equal(world_outcome(&world, team, "digest/2027-11-23"),
            OUTCOME_MISSED);
    world_close(&world);
}

static void
test_a_digest_that_cannot_be_rendered_waits_for_its_mending(void **state)
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
            cmocka_unit_test(test_a_morning_is_collected_planned_and_sent),
            cmocka_unit_test(
                    test_a_new_channel_starts_at_the_newest_announcement),
            cmocka_unit_test(
                    test_a_new_category_starts_at_the_newest_announcement),
            cmocka_unit_test(test_a_late_paper_reaches_the_next_digest),
            cmocka_unit_test(
                    test_a_cross_list_of_a_considered_paper_is_no_news),
            cmocka_unit_test(test_replacements_are_no_news),
            cmocka_unit_test(test_a_stale_feed_gives_no_repeated_digest),
            cmocka_unit_test(
                    test_a_feed_cut_short_is_read_again_and_nothing_is_lost),
            cmocka_unit_test(test_arxivs_wait_is_obeyed_over_a_restart),
            cmocka_unit_test(test_requests_keep_their_distance_over_a_restart),
            cmocka_unit_test(test_a_refused_part_does_not_cost_the_others),
            cmocka_unit_test(test_parts_go_in_order_and_keep_the_rooms_pace),
            cmocka_unit_test(test_a_servers_wait_survives_a_restart),
            cmocka_unit_test(test_a_closed_channel_does_not_stop_the_others),
            cmocka_unit_test(
                    test_a_product_down_for_hours_gets_its_digest_then),
            cmocka_unit_test(test_a_digest_two_days_old_is_not_sent_any_more),
            cmocka_unit_test(test_after_a_crash_an_uncertain_row_is_sent_again),
            cmocka_unit_test(
                    test_after_a_crash_an_uncertain_row_is_held_if_so_wished),
            cmocka_unit_test(test_a_product_that_knows_the_key_shows_it_once),
            cmocka_unit_test(test_a_lost_answer_is_asked_for_again),
            cmocka_unit_test(test_back_in_time_the_bot_posts_one_digest),
            cmocka_unit_test(test_back_too_late_the_digest_is_missed),
            cmocka_unit_test(test_a_clock_put_back_repeats_nothing),
            cmocka_unit_test(test_a_clock_that_was_a_year_ahead_skips_nothing),
            cmocka_unit_test(
                    test_a_digest_that_cannot_be_rendered_waits_for_its_mending),
            cmocka_unit_test(
                    test_asked_to_end_the_bot_finishes_what_is_under_way),
            cmocka_unit_test(
                    test_the_loop_looks_now_and_then_even_if_nothing_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
