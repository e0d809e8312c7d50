#include "bot/roster.h"

#include "bot/config/config.h"
#include "tests/support/fake_account.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    FEW = 250,
    MANY = 8 * FEW,
    LOOKS_EACH_MAX = 24, /* two ids a channel, among MANY: 2 to the 11th */
};

struct stage {
    struct store_fixture fixture;
    struct fake_account home;
    struct account *accounts[1];
    struct clock clock;
    int64_t *ids;
    struct channel_list configured;
    struct roster roster;
};

static int64_t know(struct stage *stage, size_t i)
{
    const char *room = arena_format(&stage->fixture.arena, "room-%zu", i);
    int64_t id;

    assert_true(store_channel_put(stage->fixture.store, "home", room, room, 1,
            &id, NULL));
    return id;
}

static void configure(struct stage *stage, int64_t id)
{
    struct channel *channel =
            &stage->configured.items[stage->configured.count++];

    *channel = config_default_channel();
    channel->id = id;
    channel->account = channel->home = "home";
    channel->room = "as the file has it";
    channel->label = "of the file";
}

static bool is_removed(size_t i)
{
    return i % 5 == 0;
}

/* The file has every second one, in the other order than the store; the rest
 * were invited. */
static void open_stage(struct stage *stage, size_t count)
{
    struct arena *arena = &stage->fixture.arena;

    *stage = (struct stage){0};
    store_fixture_open(&stage->fixture, "memory");
    fake_account_init(&stage->home, "home", &stage->clock);
    stage->accounts[0] = &stage->home.account;
    stage->ids = arena_array(arena, int64_t, count);
    stage->configured.items = arena_array(arena, struct channel, count);
    for (size_t i = 0; i < count; i++) {
        stage->ids[i] = know(stage, i);
        if (i % 2 != 0)
            assert_true(roster_keep_invited(stage->fixture.store, stage->ids[i],
                    NULL));
        if (is_removed(i))
            assert_true(store_channel_remove(stage->fixture.store,
                    stage->ids[i], 2, NULL));
    }
    for (size_t i = count; i-- > 0;)
        if (i % 2 == 0)
            configure(stage, stage->ids[i]);
    assert_true(roster_open(&stage->roster, stage->fixture.store,
            &stage->configured, stage->accounts, 1, NULL));
}

static void close_stage(struct stage *stage)
{
    roster_finish(&stage->roster);
    fake_account_finish(&stage->home);
    store_fixture_close(&stage->fixture);
}

static void
test_each_channel_is_found_as_the_file_or_the_store_has_it(void **state)
{
    struct stage stage;

    (void)state;
    open_stage(&stage, FEW);
    for (size_t i = 0; i < FEW; i++) {
        const struct channel *base = roster_base(&stage.roster, stage.ids[i]);
        const struct channel *served = roster_find(&stage.roster, stage.ids[i]);
        const char *room = arena_format(&stage.fixture.arena, "room-%zu", i);
        assert_int_equal(served == NULL, is_removed(i));
        assert_int_equal(base == NULL, is_removed(i));
        if (served == NULL || base == NULL)
            continue;
        assert_int_equal(served->id, stage.ids[i]);
        assert_int_equal(base->id, stage.ids[i]);
        assert_string_equal(served->room, room);
        assert_string_equal(base->label, i % 2 == 0 ? "of the file" : room);
    }
    assert_null(roster_find(&stage.roster, 0));
    assert_null(roster_base(&stage.roster, INT64_MAX));
    close_stage(&stage);
}

static void test_reading_looks_at_few_entries_a_channel(void **state)
{
    struct stage stage;

    (void)state;
    open_stage(&stage, MANY);
    assert_int_equal(stage.roster.channels.count, MANY - MANY / 5);
    assert_true(stage.roster.looked >= MANY);
    assert_true(stage.roster.looked <= (size_t)MANY * LOOKS_EACH_MAX);
    close_stage(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_each_channel_is_found_as_the_file_or_the_store_has_it),
            cmocka_unit_test(test_reading_looks_at_few_entries_a_channel),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
