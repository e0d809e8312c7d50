#include "bot/bot.h"

#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Tries to open a bot over a world that was changed to be wrong. */
static void assert_refused(struct world *world, const char *complaint)
{
    const struct bot_parts parts = {.store = world->store,
            .accounts = world->accounts,
            .account_count = WORLD_ACCOUNTS,
            .channels = &world->list,
            .clock = &world->clock,
            .chance = &world->chance,
            .owner = "the test"};
    struct error err = {0};

    assert_null(bot_open(&parts, world->time.ms, &err));
    assert_string_equal(err.text, complaint);
}

static void test_a_channel_needs_its_account(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.channels[0].account = "gone";
    assert_refused(&world, "channel team: there is no account \"gone\"");
    world_close(&world);
}

static void test_a_channel_is_known_to_the_store_before(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(&world, "team", "hook", "cs.LG", "07:00 daily", "UTC");
    world.channels[0].id = 4711;
    assert_refused(&world, "channel team: the store does not know the channel");
    world_close(&world);
}

static void test_without_channels_and_source_nothing_is_due(void **state)
{
    struct world world;
    struct error err = {0};

    (void)state;
    world_open(&world, "memory:", "2026-11-24T00:00:00Z");
    const struct bot_parts parts = {.store = world.store,
            .channels = &world.list,
            .clock = &world.clock,
            .chance = &world.chance,
            .owner = "the test"};
    struct bot *bot = bot_open(&parts, world.time.ms, &err);
    assert_non_null(bot);
    bot_step(bot, world.time.ms);
    assert_true(bot_next_due_ms(bot) == INT64_MAX);
    assert_false(bot_busy(bot));
    bot_close(bot);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_channel_needs_its_account),
            cmocka_unit_test(test_a_channel_is_known_to_the_store_before),
            cmocka_unit_test(test_without_channels_and_source_nothing_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
