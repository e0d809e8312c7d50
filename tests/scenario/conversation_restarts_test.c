/*
 * A conversation, and the store fails at its n-th write, for every n: each
 * command is answered once, and what it changed is changed once.
 */
#include "tests/support/failing_store.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-lab";

static void open_lab(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T08:00:00Z");
    struct channel *lab =
            world_channel(world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    lab->languages.tags[0] = "en";
    world->home.manager = "@ana";
    world->home.ops.abilities |= ACCOUNT_EDITS;
    world_start(world);
    world_run(world, "2026-11-24T08:01:00Z");
}

/* Ends some time later; the events' ids are ev-1 to ev-9. */
static void converse(struct world *world)
{
    world_say(world, room, "@ana", "!paper subscribe CV");
    world_say(world, room, "@bo", "!paper help resume");
    world_say(world, room, "@bo", "!paper 2210.11693");
    world_run(world, "2026-11-24T08:02:00Z");
    world_happen(world, EVENT_INVITED, "room-new", "@ana", "", "");
    world_say(world, "room-new", "@ana", "!paper subscribe RO");
    world_run(world, "2026-11-24T08:03:00Z");
    world_say(world, room, "@bo", "!paper hlep");
    world_run(world, "2026-11-24T08:04:00Z");
    world_happen(world, EVENT_COMMAND_EDIT, room, "@bo", "!paper help pause",
            "ev-6");
    world_say(world, room, "@cy", "!paper schedule 09:00 daily UTC");
    world_say(world, room, "@ana", "!paper unsubscribe LG");
    world_run(world, "2026-11-24T08:10:00Z");
}

/* --- what it must have come to --- */

static size_t shown(const struct world *world, const char *where,
        const char *word)
{
    return fake_account_count(&world->home, where, word);
}

static size_t changes(struct world *world, int64_t channel_id)
{
    struct arena arena = {0};
    struct channel_change_list list;

    assert_true(store_change_list(world->store, channel_id, 100, &arena, &list,
            NULL));
    size_t count = list.count;
    arena_finish(&arena);
    return count;
}

static void expect(size_t n, const char *what, size_t there, size_t wanted)
{
    if (there != wanted)
        fail_msg("write %zu: %s: %zu, not %zu", n, what, there, wanted);
}

static void check_channels(struct world *world, size_t n)
{
    struct arena arena = {0};
    struct known_channel_list known;

    assert_true(store_channel_list(world->store, &arena, &known, NULL));
    expect(n, "channels", known.count, 2);
    for (size_t i = 0; i < known.count; i++) {
        bool lab = strcmp(known.items[i].room, room) == 0;
        struct channel_setting_list settings;
        assert_true(store_setting_list(world->store, known.items[i].id, &arena,
                &settings, NULL));
        expect(n, "settings", settings.count, 1);
        if (strcmp(settings.items[0].value, lab ? "CV" : "RO") != 0 &&
                strcmp(settings.items[0].value, lab ? "cs.CV" : "cs.RO") != 0)
            fail_msg("write %zu: categories = %s", n, settings.items[0].value);
        expect(n, "changes", changes(world, known.items[i].id), lab ? 2 : 1);
    }
    arena_finish(&arena);
}

static size_t count_messages(const struct world *world, const char *occasion)
{
    size_t count = 0;

    for (size_t i = 0; i < world->home.shown_count; i++)
        count += strstr(world->home.shown[i].occasion, occasion) != NULL;
    return count;
}

static void check(struct world *world, size_t n)
{
    expect(n, "events that wait", world_waiting(world), 0);
    /* Seven commands and a greeting.  An eighth was mended: in its place, or
     * before its answer had left, or, where that was not certain, anew. */
    size_t answers =
            count_messages(world, "answer/") - count_messages(world, "/wait");
    size_t misspelt = shown(world, room, "Did you mean");
    expect(n, "misspelt", misspelt > 0 && world->home.edits > 0, 0);
    expect(n, "answers", answers, 8 + misspelt);
    expect(n, "cards", shown(world, room, "[2210.11693]"), 1);
    expect(n, "greetings", shown(world, "room-new", "Hello!"), 1);
    expect(n, "refusals", shown(world, room, "Sorry, only people in charge"),
            1);
    check_channels(world, n);
}

static size_t writes_of_a_conversation(void)
{
    struct world world;

    open_lab(&world);
    failing_store_begin(world.store, SIZE_MAX, 0, ERROR_NONE);
    converse(&world);
    size_t writes = failing_store_end(world.store);
    check(&world, 0);
    assert_int_equal(world.home.edits, 1);
    world_close(&world);
    return writes;
}

static void test_killed_at_any_write_each_is_answered_once(void **state)
{
    size_t writes = writes_of_a_conversation();

    (void)state;
    for (size_t n = 0; n < writes; n++) {
        struct world world;
        open_lab(&world);
        failing_store_begin(world.store, n, SIZE_MAX, ERROR_STOP);
        converse(&world);
        world_stop(&world, n % 2 == 0);
        failing_store_end(world.store);
        world_start(&world);
        world_run(&world, "2026-11-24T08:50:00Z");
        /* An hour is not over yet: nothing was too old. */
        check(&world, n);
        world_close(&world);
    }
    printf("# PRINT killed at each of %zu writes of a conversation\n", writes);
}

static void test_a_store_that_is_busy_for_a_moment_costs_nothing(void **state)
{
    size_t writes = writes_of_a_conversation();

    (void)state;
    for (size_t n = 0; n < writes; n++) {
        struct world world;
        open_lab(&world);
        failing_store_begin(world.store, n, 1 + n % 3, ERROR_RETRY);
        converse(&world);
        world_run(&world, "2026-11-24T08:50:00Z");
        failing_store_end(world.store);
        check(&world, n);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_killed_at_any_write_each_is_answered_once),
            cmocka_unit_test(
                    test_a_store_that_is_busy_for_a_moment_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
