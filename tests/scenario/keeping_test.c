/*
 * What is kept goes when its time is over, and not before.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "tests/support/failing_store.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char new_room[] = "room-new";

static void open_lab(struct world *world, const char *url)
{
    world_open(world, url, "2026-11-24T06:30:00Z");
    struct channel *lab =
            world_channel(world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    lab->languages.tags[0] = "en";
    world_publish(world, "cs.LG", "2611", 3);
    world_start(world);
}

static void happen(struct world *world, enum event_kind kind, const char *room)
{
    world_happen(world, kind, room, "@ana", "", "");
    world_run_ms(world, world->time.ms + 10000);
}

static void say(struct world *world, const char *room, const char *text)
{
    world_say(world, room, "@ana", text);
    world_run_ms(world, world->time.ms + 10000);
}

/* The loop comes by every 15 s, whatever is due. */
static void step_at(struct world *world, const char *now)
{
    world_run(world, now);
    world_step(world);
    fake_source_answer(&world->source);
    fake_account_answer(&world->home);
}

static size_t known_channels(struct world *world)
{
    struct known_channel_list known;

    assert_true(store_channel_list(world->store, &world->arena, &known, NULL));
    return known.count;
}

/* --- channels that the bot was put out of --- */

/* A room that was invited, set and left; *style as it is when the bot is back. */
static const char *style_when_back(const char *back)
{
    struct world world;

    open_lab(&world, "memory:");
    world.home.manager = "@ana";
    happen(&world, EVENT_INVITED, new_room);
    say(&world, new_room, "!paper style full");
    happen(&world, EVENT_REMOVED, new_room);
    world_run(&world, back);
    happen(&world, EVENT_INVITED, new_room);
    say(&world, new_room, "!paper style");
    const char *last = world_last(&world, new_room);
    const char *style = strstr(last, "style: full") != NULL ? "full"
            : strstr(last, "style: brief") != NULL          ? "brief"
                                                            : "?";
    world_close(&world);
    return style;
}

static void test_back_within_thirty_days_a_room_has_its_settings(void **state)
{
    (void)state;
    assert_string_equal(style_when_back("2026-12-23T12:00:00Z"), "full");
}

static void test_back_after_thirty_days_a_room_begins_anew(void **state)
{
    (void)state;
    assert_string_equal(style_when_back("2026-12-26T12:00:00Z"), "brief");
}

static void test_a_section_whose_room_was_left_is_served_no_more(void **state)
{
    struct world world;

    (void)state;
    open_lab(&world, "memory:");
    world_run(&world, "2026-11-24T07:10:00Z");
    assert_int_equal(fake_account_count(&world.home, "room-lab", "[26"), 3);
    happen(&world, EVENT_REMOVED, "room-lab");
    step_at(&world, "2026-12-23T07:10:00Z");
    assert_int_equal(known_channels(&world), 1);
    step_at(&world, "2026-12-26T07:10:00Z");
    assert_int_equal(known_channels(&world), 0);
    world_publish(&world, "cs.LG", "2612", 3);
    size_t asked = world.source.asked;
    for (int day = 27; day < 30; day++)
        step_at(&world,
                arena_format(&world.arena, "2026-12-%dT07:10:00Z", day));
    assert_int_equal(world.source.asked, asked);
    assert_int_equal(fake_account_count(&world.home, "room-lab", "[26"), 3);
    world_close(&world);
}

/* --- messages and history --- */

static size_t changes_of(struct world *world, int64_t id)
{
    struct channel_change_list changes;

    assert_true(store_change_list(world->store, id, 99, &world->arena, &changes,
            NULL));
    return changes.count;
}

/* Lives through a digest and a setting, then for a while. */
static void live(struct world *world, const char *url, struct keep keep,
        const char *until)
{
    open_lab(world, url);
    world_stop(world, false);
    world->keep = keep;
    world->home.manager = "@ana";
    world_start(world);
    world_run(world, "2026-11-24T07:10:00Z");
    say(world, "room-lab", "!paper style full");
    assert_int_equal(world_rows(world, world->list.items, OUTBOX_SENT), 2);
    world_run(world, until);
}

static void test_messages_and_history_stay_for_as_long_as_is_set(void **state)
{
    const struct keep keep = {5 * KEEP_DAY_MS, 8 * KEEP_DAY_MS};
    struct world world;
    (void)state;

    live(&world, "memory:", keep, "2026-11-29T07:00:00Z");
    struct channel *lab = world.list.items;
    assert_int_equal(world_rows(&world, lab, OUTBOX_SENT), 2);
    world_run(&world, "2026-11-30T07:20:00Z");
    assert_int_equal(world_rows(&world, lab, OUTBOX_SENT), 0);
    assert_int_equal(changes_of(&world, lab->id), 1);
    world_run(&world, "2026-12-03T07:20:00Z");
    assert_int_equal(changes_of(&world, lab->id), 0);
    world_close(&world);
}

static void test_what_is_to_stay_for_ever_stays(void **state)
{
    struct world world;
    (void)state;

    live(&world, "memory:", (struct keep){0}, "2027-12-24T00:00:00Z");
    struct channel *lab = world.list.items;
    assert_int_equal(world_rows(&world, lab, OUTBOX_SENT), 2);
    assert_int_equal(changes_of(&world, lab->id), 1);
    world_close(&world);
}

/* Nor does a paper come again when the messages that brought it are gone. */
static void test_what_was_posted_is_not_posted_again(void **state)
{
    const struct keep keep = {2 * KEEP_DAY_MS, 2 * KEEP_DAY_MS};
    struct world world;
    (void)state;

    live(&world, "memory:", keep, "2026-12-01T08:00:00Z");
    assert_int_equal(fake_account_count(&world.home, "room-lab", "[2611."), 3);
    assert_int_equal(world_outcome(&world, world.list.items,
                             "digest/2026-11-24"),
            OUTCOME_DIGEST);
    world_close(&world);
}

static void test_a_store_that_fails_is_tidied_an_hour_later(void **state)
{
    const struct keep keep = {5 * KEEP_DAY_MS, 5 * KEEP_DAY_MS};
    struct world world;
    (void)state;

    live(&world, "memory:", keep, "2026-11-30T06:00:00Z");
    struct channel *lab = world.list.items;
    failing_store_begin(world.store, 0, SIZE_MAX, ERROR_RETRY);
    world_run(&world, "2026-11-30T06:50:00Z");
    world_step(&world);
    failing_store_end(world.store);
    assert_int_equal(changes_of(&world, lab->id), 1);
    world_run(&world, "2026-11-30T09:00:00Z");
    world_step(&world);
    assert_int_equal(changes_of(&world, lab->id), 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_back_within_thirty_days_a_room_has_its_settings),
            cmocka_unit_test(test_back_after_thirty_days_a_room_begins_anew),
            cmocka_unit_test(
                    test_a_section_whose_room_was_left_is_served_no_more),
            cmocka_unit_test(
                    test_messages_and_history_stay_for_as_long_as_is_set),
            cmocka_unit_test(test_what_is_to_stay_for_ever_stays),
            cmocka_unit_test(test_what_was_posted_is_not_posted_again),
            cmocka_unit_test(test_a_store_that_fails_is_tidied_an_hour_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
