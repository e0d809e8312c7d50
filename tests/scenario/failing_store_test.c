/*
 * The store fails at its n-th write, for every n of two mornings: nothing is
 * lost, and where the product knows the key nothing comes twice.
 */
#include "tests/support/failing_store.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void open_two_mornings(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T00:00:00Z");
    world_channel(world, "sure", "home", "cs.LG cs.CV", "07:00 daily", "UTC");
    world_channel(world, "maybe", "hook", "cs.LG", "07:00 daily", "UTC");
    world->home.entries_a_part = 4;
    world->hook.entries_a_part = 4;
    world->home.fail_next = 1;
    world_publish(world, "cs.LG", "2611", 5);
    world_publish(world, "cs.CV", "2612", 4);
    world_start(world);
}

static void live_two_mornings(struct world *world)
{
    world_run(world, "2026-11-24T07:10:00Z");
    world_publish(world, "cs.LG", "2613", 3);
    world_run(world, "2026-11-25T07:10:00Z");
}

static size_t count(const struct fake_account *account, const char *prefix,
        unsigned number)
{
    char id[24];

    snprintf(id, sizeof id, "[%s.%05u]", prefix, number);
    return fake_account_count(account, NULL, id);
}

/* Everything is there; once, or at least once if the bot died where the product
 * cannot tell. */
static void check(struct world *world, size_t n, bool once)
{
    static const struct {
        const char *prefix;
        unsigned papers;
        bool hook;
    } all[] = {{"2611", 5, true}, {"2612", 4, false}, {"2613", 3, true}};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (unsigned k = 1; k <= all[i].papers; k++) {
            size_t sure = count(&world->home, all[i].prefix, k);
            size_t maybe = count(&world->hook, all[i].prefix, k);
            if (sure != 1)
                fail_msg("write %zu: %s.%05u came %zu times", n, all[i].prefix,
                        k, sure);
            if (all[i].hook && (maybe == 0 || (once && maybe > 1)))
                fail_msg("write %zu: %s.%05u came %zu times to the webhook", n,
                        all[i].prefix, k, maybe);
        }
    for (size_t i = 0; i < world->list.count; i++) {
        assert_int_equal(world_rows(world, &world->channels[i], OUTBOX_DUE), 0);
        assert_int_equal(world_rows(world, &world->channels[i], OUTBOX_PARKED),
                0);
        assert_int_equal(world_outcome(world, &world->channels[i],
                                 "digest/2026-11-25"),
                OUTCOME_DIGEST);
    }
}

static size_t writes_of_two_mornings(void)
{
    struct world world;

    open_two_mornings(&world);
    failing_store_begin(world.store, SIZE_MAX, 0, ERROR_NONE);
    live_two_mornings(&world);
    size_t writes = failing_store_end(world.store);
    check(&world, 0, true);
    world_close(&world);
    return writes;
}

static void test_killed_at_any_write_nothing_is_lost(void **state)
{
    size_t writes = writes_of_two_mornings();

    (void)state;
    for (size_t n = 0; n < writes; n++) {
        struct world world;
        open_two_mornings(&world);
        failing_store_begin(world.store, n, SIZE_MAX, ERROR_STOP);
        /* It limps on for a while, and is then killed for good. */
        world_run(&world, "2026-11-24T07:05:00Z");
        world_stop(&world, n % 2 == 0);
        if (failing_store_end(world.store) > n) {
            world_start(&world);
            live_two_mornings(&world);
            world_run(&world, "2026-11-25T07:30:00Z");
            check(&world, n, false);
        }
        world_close(&world);
    }
    printf("# PRINT killed at each of %zu writes\n", writes);
}

static void test_a_store_that_is_busy_for_a_moment_costs_nothing(void **state)
{
    size_t writes = writes_of_two_mornings();

    (void)state;
    for (size_t n = 0; n < writes; n++) {
        struct world world;
        open_two_mornings(&world);
        failing_store_begin(world.store, n, 1 + n % 3, ERROR_RETRY);
        live_two_mornings(&world);
        world_run(&world, "2026-11-25T07:30:00Z");
        failing_store_end(world.store);
        check(&world, n, true);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_killed_at_any_write_nothing_is_lost),
            cmocka_unit_test(
                    test_a_store_that_is_busy_for_a_moment_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
