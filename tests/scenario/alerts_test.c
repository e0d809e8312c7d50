/*
 * What the owner of a bot is told, and how often.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#include "tests/support/world.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* How many messages the owner got that hold the words. */
static size_t told(const struct world *world, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < world->home.shown_count; i++)
        count += strstr(world->home.shown[i].payload, words) != NULL;
    return count;
}

/* A channel "team" on the webhook, and the owner's on the other account. */
static struct channel *open_scene(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T05:10:00Z");
    struct channel *owner =
            world_channel(world, "owner", "home", "", "off", "UTC");
    owner->languages.tags[0] = "en";
    world->alerts = owner;
    return world_channel(world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
}

static void
test_a_broken_channel_is_told_once_and_so_is_its_recovery(void **state)
{
    struct world world;

    (void)state;
    open_scene(&world);
    world_publish(&world, "cs.LG", "2611", 6);
    world.hook.fail_next = 1;
    world.hook.fail_part = -1;
    world.hook.fail_kind = ERROR_STOP;
    world_start(&world);
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_int_equal(told(&world, "Nothing can be posted to team"), 1);
    world_stop(&world, true);
    world_start(&world);
    world_run(&world, "2026-11-24T20:00:00Z");
    assert_int_equal(told(&world, "Nothing can be posted to team"), 1);
    assert_int_equal(told(&world, "team is posted to again"), 0);
    world_publish(&world, "cs.LG", "2612", 6);
    world_run(&world, "2026-11-25T12:00:00Z");
    assert_int_equal(told(&world, "team is posted to again"), 1);
    world_close(&world);
}

/* One message names 20 of them and says how many it does not name; when all is
 * well again, too (and that digests go out). */
static void test_of_many_troubles_the_number_is_told(void **state)
{
    struct world world;
    enum {
        TEAMS = 24
    };

    (void)state;
    open_scene(&world);
    for (unsigned i = 1; i < TEAMS; i++)
        world_channel(&world, arena_format(&world.arena, "team-%u", i), "hook",
                "cs.LG", "07:00 daily", "UTC");
    world_publish(&world, "cs.LG", "2611", 6);
    world.hook.fail_next = TEAMS;
    world.hook.fail_part = -1;
    world.hook.fail_kind = ERROR_STOP;
    world_start(&world);
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_int_equal(told(&world, "Nothing can be posted to team"), 1);
    assert_int_equal(told(&world, "Nothing can be posted to team-19"), 1);
    assert_int_equal(told(&world, "Nothing can be posted to team-20"), 0);
    assert_int_equal(told(&world, "and 4 more: "), 1);
    world_publish(&world, "cs.LG", "2612", 6);
    world_run(&world, "2026-11-25T12:00:00Z");
    assert_int_equal(told(&world, "team-19 is posted to again"), 1);
    assert_int_equal(told(&world, "and 5 more: "), 1);
    world_close(&world);
}

/* Each of arXiv's categories: none is left out of the line. */
static void test_every_category_that_stays_away_is_named(void **state)
{
    struct world world;
    struct text all;

    (void)state;
    struct channel *team = open_scene(&world);
    text_init(&all, &world.arena, 100000);
    for (size_t i = 0; i < category_count; i++)
        text_add_format(&all, "%s%s", i > 0 ? " " : "", category_table[i].code);
    world_categories(&world, team, text_string(&all));
    world_start(&world);
    world_run(&world, "2026-11-24T18:00:00Z"); /* nothing was published */
    for (size_t i = 0; i < category_count; i++)
        assert_int_equal(told(&world, category_table[i].code), 1);
    world_close(&world);
}

static void test_an_announcement_that_stays_away_is_told_at_noon(void **state)
{
    struct world world;

    (void)state;
    open_scene(&world);
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-25T16:59:00Z"); /* the 25th: the same feed */
    assert_int_equal(told(&world, "has not come"), 0);
    world_run(&world, "2026-11-25T18:00:00Z");
    assert_int_equal(told(&world, "announcement of 2026-11-25 has not come"),
            1);
    assert_int_equal(told(&world, "cs.LG"), 1);
    world_publish(&world, "cs.LG", "2612", 6);
    world_run(&world, "2026-11-26T04:00:00Z");
    assert_int_equal(told(&world, "announcements come again: cs.LG"), 1);
    world_close(&world);
}

static void test_a_silent_product_is_told_after_26_hours(void **state)
{
    struct world world;

    (void)state;
    open_scene(&world);
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T12:00:00Z");
    world.hook.fail_next = 1000;
    world.hook.fail_part = -1;
    world.hook.fail_kind = ERROR_RETRY;
    world_publish(&world, "cs.LG", "2612", 6);
    world_run(&world, "2026-11-25T08:59:00Z");
    assert_int_equal(told(&world, "No digest has gone out"), 0);
    world_run(&world, "2026-11-25T10:00:00Z");
    assert_int_equal(told(&world, "No digest has gone out"), 1);
    world.hook.fail_next = 0;
    world_run(&world, "2026-11-25T12:00:00Z");
    assert_int_equal(told(&world, "Digests go out again"), 1);
    world_close(&world);
}

/* Nothing is announced for days: that is told of the feed, not of digests. */
static void test_no_papers_are_no_digest_that_is_owed(void **state)
{
    struct world world;

    (void)state;
    open_scene(&world);
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-27T12:00:00Z");
    assert_int_equal(fake_account_count(&world.hook, "room-team", "[2611."), 6);
    assert_int_equal(told(&world, "No digest has gone out"), 0);
    world_close(&world);
}

static void test_all_is_well_and_nobody_is_told_anything(void **state)
{
    struct world world;

    (void)state;
    open_scene(&world);
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T23:00:00Z");
    assert_int_equal(fake_account_count(&world.hook, "room-team", "[2611."), 6);
    assert_int_equal(world.home.shown_count, 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_a_broken_channel_is_told_once_and_so_is_its_recovery),
            cmocka_unit_test(test_of_many_troubles_the_number_is_told),
            cmocka_unit_test(test_every_category_that_stays_away_is_named),
            cmocka_unit_test(
                    test_an_announcement_that_stays_away_is_told_at_noon),
            cmocka_unit_test(test_a_silent_product_is_told_after_26_hours),
            cmocka_unit_test(test_no_papers_are_no_digest_that_is_owed),
            cmocka_unit_test(test_all_is_well_and_nobody_is_told_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
