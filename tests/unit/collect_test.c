#include "bot/collect.h"

#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "tests/support/clock.h"
#include "tests/support/fake_source.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEPS_MAX = 100000
};

static const char *codes[] = {"cs.LG", "cs.CV", "hep-th"};

struct newsroom {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_source source;
    struct string_list categories;
    struct collect *collect;
};

static int open_newsroom(void **state)
{
    static struct newsroom room;

    room = (struct newsroom){.seed = {5}};
    store_fixture_open(&room.fixture, "memory");
    room.clock = test_clock_of(&room.time);
    room.chance = chance_seeded(&room.seed);
    fake_source_init(&room.source, &room.clock);
    room.categories = (struct string_list){.items = codes, .count = 1};
    *state = &room;
    return 0;
}

static int close_newsroom(void **state)
{
    struct newsroom *room = *state;

    collect_close(room->collect);
    fake_source_finish(&room->source);
    store_fixture_close(&room->fixture);
    return 0;
}

static int64_t utc(const char *instant)
{
    int64_t ms = 0;

    assert_true(civil_parse_instant(instant, &ms));
    return ms;
}

static void start(struct newsroom *room, const char *now)
{
    room->time.ms = utc(now);
    room->collect = collect_open(room->fixture.store, &room->source.source,
            &room->chance, &room->categories, NULL);
    assert_non_null(room->collect);
}

static void run(struct newsroom *room, const char *until)
{
    int64_t until_ms = utc(until);

    for (int steps = 0;; steps++) {
        int64_t due_ms = collect_next_due_ms(room->collect);
        if (due_ms > until_ms)
            break;
        assert_true(steps < STEPS_MAX);
        if (due_ms > room->time.ms)
            room->time.ms = due_ms;
        collect_step(room->collect, room->time.ms);
        fake_source_answer(&room->source);
    }
    room->time.ms = until_ms;
}

static void publish(struct newsroom *room, const char *category, const char *id,
        bool add)
{
    const struct fake_item item = {.id = id, .announce = ANNOUNCE_NEW};

    fake_source_publish(&room->source, category, &item, 1, add);
}

static struct batch newest(struct newsroom *room, const char *category)
{
    struct batch_list list;

    assert_true(store_batch_list(room->fixture.store, category, 1,
            &room->fixture.arena, &list, NULL));
    assert_int_equal(list.count, 1);
    return list.items[0];
}

static struct batch on(struct newsroom *room, const char *date)
{
    struct batch_list list;
    char text[CIVIL_DATE_SIZE];

    assert_true(store_batch_list(room->fixture.store, "cs.LG", 20,
            &room->fixture.arena, &list, NULL));
    for (size_t i = 0; i < list.count; i++) {
        civil_date_format(list.items[i].date, text);
        if (strcmp(text, date) == 0)
            return list.items[i];
    }
    fail_msg("there is no batch of %s", date);
    return (struct batch){0};
}

static void assert_newest(struct newsroom *room, const char *date,
        enum batch_state state)
{
    struct batch batch = newest(room, "cs.LG");
    char text[CIVIL_DATE_SIZE];

    civil_date_format(batch.date, text);
    assert_string_equal(text, date);
    assert_int_equal(batch.state, state);
}

/* --- when it looks --- */

static void test_it_polls_from_midnight_until_ids_come(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-23T05:00:00Z");
    run(room, "2026-11-24T04:59:00Z");
    size_t before = room->source.asked;
    run(room, "2026-11-24T05:11:00Z");
    assert_int_equal(room->source.asked, before + 1);
    assert_newest(room, "2026-11-24", BATCH_NOT_YET);
    run(room, "2026-11-24T08:00:00Z");
    assert_in_range(room->source.asked - before, 9, 15);
    publish(room, "cs.LG", "2611.00002", false);
    run(room, "2026-11-24T08:20:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_int_equal(newest(room, "cs.LG").new_count, 1);
}

static void test_after_that_it_looks_rarely(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T06:00:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_int_equal(room->source.asked, 1);
    run(room, "2026-11-25T01:00:00Z");
    assert_in_range(room->source.asked, 6, 9);
    size_t by_day = room->source.asked;
    run(room, "2026-11-25T05:00:00Z");
    assert_in_range(room->source.asked - by_day, 3, 5);
}

static void test_a_holiday_is_looked_at_less_and_may_announce(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-26T05:00:00Z");
    run(room, "2026-11-27T04:59:00Z");
    size_t before = room->source.asked;
    run(room, "2026-11-27T11:00:00Z");
    assert_newest(room, "2026-11-27", BATCH_NONE);
    assert_in_range(room->source.asked - before, 5, 8);
    publish(room, "cs.LG", "2611.00002", false);
    run(room, "2026-11-27T13:00:00Z");
    assert_newest(room, "2026-11-27", BATCH_ANNOUNCED);
}

static void test_a_complete_friday_gives_a_free_weekend(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-27T05:00:00Z");
    run(room, "2026-11-28T05:00:00Z");
    size_t by_friday = room->source.asked;
    run(room, "2026-11-30T01:00:00Z"); /* Sunday, 20:00 in New York */
    assert_int_equal(room->source.asked, by_friday);
    run(room, "2026-11-30T01:11:00Z");
    assert_int_equal(room->source.asked, by_friday + 1);
}

static void test_at_the_weekend_a_new_category_is_looked_for(void **state)
{
    struct newsroom *room = *state;

    room->source.mode = FAKE_SOURCE_EMPTY;
    start(room, "2026-11-28T12:00:00Z");
    run(room, "2026-11-29T12:00:00Z");
    assert_newest(room, "2026-11-27", BATCH_NONE);
    assert_in_range(room->source.asked, 5, 9);
    room->source.mode = FAKE_SOURCE_WELL;
    publish(room, "cs.LG", "2611.00001", false);
    run(room, "2026-11-29T18:00:00Z");
    assert_newest(room, "2026-11-27", BATCH_ANNOUNCED);
}

static void test_a_late_paper_is_none_of_todays(void **state)
{
    struct newsroom *room = *state;
    const struct fake_item items[] = {
            {.id = "2611.00001", .announce = ANNOUNCE_NEW},
            {.id = "2611.00002", .announce = ANNOUNCE_NEW},
            {.id = "2611.00003", .announce = ANNOUNCE_NEW},
    };

    fake_source_publish(&room->source, "cs.LG", items, 3, false);
    start(room, "2026-11-23T05:00:00Z");
    run(room, "2026-11-24T04:59:00Z");
    publish(room, "cs.LG", "2611.00004", true); /* yesterday's, late */
    run(room, "2026-11-24T05:15:00Z");
    assert_newest(room, "2026-11-24", BATCH_NOT_YET);
    assert_int_equal(on(room, "2026-11-23").new_count, 4);
    publish(room, "cs.LG", "2612.00001", false);
    run(room, "2026-11-24T05:40:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_int_equal(newest(room, "cs.LG").new_count, 1);
    publish(room, "cs.LG", "2612.00002", true);
    run(room, "2026-11-24T09:40:00Z");
    assert_int_equal(newest(room, "cs.LG").new_count, 2);
}

static void test_the_evening_brings_the_next_days(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-25T01:30:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    publish(room, "cs.LG", "2611.00002", false);
    run(room, "2026-11-25T04:55:00Z");
    assert_newest(room, "2026-11-25", BATCH_ANNOUNCED);
    assert_int_equal(on(room, "2026-11-24").new_count, 1);
    size_t before = room->source.asked;
    run(room, "2026-11-25T05:15:00Z");
    assert_in_range(room->source.asked, before, before + 1);
    run(room, "2026-11-26T01:00:00Z");
    assert_int_equal(newest(room, "cs.LG").new_count, 1);
}

static void test_a_late_paper_of_the_evening_is_todays(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    publish(room, "cs.LG", "2611.00002", true);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-25T01:30:00Z");
    publish(room, "cs.LG", "2611.00003", true);
    run(room, "2026-11-25T04:59:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_int_equal(newest(room, "cs.LG").new_count, 3);
}

static void test_an_unknown_feed_in_the_evening_is_todays(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-25T01:30:00Z");
    run(room, "2026-11-25T01:31:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
}

/* --- what became of a day --- */

static void test_yesterdays_papers_under_todays_date_are_stale(void **state)
{
    struct newsroom *room = *state;

    room->source.dated = true;
    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-25T04:59:00Z");
    room->source.validates = false;
    run(room, "2026-11-25T06:00:00Z");
    assert_newest(room, "2026-11-25", BATCH_STALE);
    assert_string_equal(newest(room, "cs.LG").complaint,
            "the feed shows the announcement of 2026-11-24 as today's");
    room->source.validates = true; /* "unchanged" keeps what was known */
    run(room, "2026-11-25T08:00:00Z");
    assert_newest(room, "2026-11-25", BATCH_STALE);
    publish(room, "cs.LG", "2611.00002", false);
    run(room, "2026-11-25T08:30:00Z");
    assert_newest(room, "2026-11-25", BATCH_ANNOUNCED);
    assert_string_equal(newest(room, "cs.LG").complaint, "");
}

static void test_a_day_that_ended_without_has_none(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-23T05:00:00Z");
    run(room, "2026-11-25T04:59:00Z");
    assert_newest(room, "2026-11-24", BATCH_NOT_YET);
    run(room, "2026-11-25T05:30:00Z");
    assert_newest(room, "2026-11-25", BATCH_NOT_YET);
    assert_int_equal(on(room, "2026-11-24").state, BATCH_NONE);
}

static void test_of_a_feed_never_read_whole_the_part_counts(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    publish(room, "cs.LG", "2611.00002", true);
    room->source.mode = FAKE_SOURCE_CUT;
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-25T04:59:00Z");
    assert_newest(room, "2026-11-24", BATCH_FAILED);
    room->source.mode = FAKE_SOURCE_DOWN;
    run(room, "2026-11-26T05:00:00Z");
    assert_int_equal(on(room, "2026-11-24").state, BATCH_FAILED);
    assert_newest(room, "2026-11-25", BATCH_FAILED);
    room->source.mode = FAKE_SOURCE_WELL;
    publish(room, "cs.LG", "2611.00003", false);
    run(room, "2026-11-26T06:00:00Z");
    assert_int_equal(on(room, "2026-11-24").state, BATCH_ANNOUNCED);
    assert_int_equal(on(room, "2026-11-24").new_count, 1);
    assert_int_equal(on(room, "2026-11-25").state, BATCH_FAILED);
    assert_newest(room, "2026-11-26", BATCH_ANNOUNCED);
}

static void test_a_new_version_is_seen_as_one(void **state)
{
    struct newsroom *room = *state;
    struct fake_item item = {.id = "2611.00001", .announce = ANNOUNCE_NEW};

    fake_source_publish(&room->source, "cs.LG", &item, 1, false);
    start(room, "2026-11-23T05:00:00Z");
    for (unsigned version = 2; version <= 3; version++) {
        char day[] = "2026-11-24T05:00:00Z";
        day[9] = (char)('2' + version);
        run(room, day);
        item.announce = ANNOUNCE_REPLACE;
        item.version = version;
        fake_source_publish(&room->source, "cs.LG", &item, 1, false);
    }
    run(room, "2026-11-25T20:00:00Z");
    struct batch batch = newest(room, "cs.LG");
    assert_int_equal(batch.state, BATCH_ANNOUNCED);
    assert_int_equal(batch.replaced_count, 1);
}

static void test_a_restart_asks_no_more_than_is_due(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T06:00:00Z");
    for (int i = 0; i < 3; i++) {
        collect_close(room->collect);
        start(room, "2026-11-24T06:10:00Z");
        run(room, "2026-11-24T06:20:00Z");
    }
    assert_int_equal(room->source.asked, 1);
}

/* The turn is in the store: nobody else would be let near the source. */
static void test_an_end_before_an_answer_is_kept_holds_nobody_up(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T06:00:00Z");
    collect_step(room->collect, room->time.ms);
    fake_source_answer(&room->source);
    assert_int_equal(room->source.asked, 1);
    collect_close(room->collect);

    start(room, "2026-11-24T06:00:10Z");
    run(room, "2026-11-24T06:00:20Z");
    assert_int_equal(room->source.asked, 2);
}

static void test_a_clock_put_back_a_year_still_looks(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2027-11-24T05:00:00Z");
    run(room, "2027-11-24T06:00:00Z");
    publish(room, "cs.LG", "2611.00002", false);
    room->time.ms = utc("2026-11-24T07:00:00Z");
    collect_step(room->collect, room->time.ms);
    fake_source_answer(&room->source);
    run(room, "2026-11-24T07:05:00Z");
    assert_int_equal(room->source.asked, 2);
}

/* --- what is recorded --- */

static void test_a_failure_is_recorded_with_its_complaint(void **state)
{
    struct newsroom *room = *state;

    room->source.mode = FAKE_SOURCE_DOWN;
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T07:00:00Z");
    struct batch batch = newest(room, "cs.LG");
    assert_int_equal(batch.state, BATCH_FAILED);
    assert_string_equal(batch.complaint, "the feed's server is down");
    assert_string_equal(collect_failure(room->collect, 0),
            "the feed's server is down");
    /* With back-off: eight times in two hours at most. */
    assert_in_range(room->source.asked, 5, 10);
    room->source.mode = FAKE_SOURCE_WELL;
    publish(room, "cs.LG", "2611.00001", false);
    run(room, "2026-11-24T08:00:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_string_equal(collect_failure(room->collect, 0), "");
}

static void test_a_failure_does_not_undo_an_announcement(void **state)
{
    struct newsroom *room = *state;

    publish(room, "cs.LG", "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T06:00:00Z");
    room->source.mode = FAKE_SOURCE_DOWN;
    run(room, "2026-11-24T12:00:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_string_equal(newest(room, "cs.LG").complaint, "");
}

static void test_papers_of_a_feed_cut_short_are_kept(void **state)
{
    struct newsroom *room = *state;
    struct paper *paper;

    publish(room, "cs.LG", "2611.00001", false);
    publish(room, "cs.LG", "2611.00002", true);
    room->source.mode = FAKE_SOURCE_CUT;
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T05:00:30Z");
    assert_newest(room, "2026-11-24", BATCH_FAILED);
    assert_true(store_paper_get(room->fixture.store, "2611.00001",
            &room->fixture.arena, &paper, NULL));
    assert_non_null(paper);
    room->source.mode = FAKE_SOURCE_WELL;
    run(room, "2026-11-24T05:05:00Z");
    assert_newest(room, "2026-11-24", BATCH_ANNOUNCED);
    assert_int_equal(newest(room, "cs.LG").new_count, 2);
}

static void test_no_validator_is_kept_of_what_was_not(void **state)
{
    struct newsroom *room = *state;
    char *value;

    publish(room, "cs.LG", "2611.00001", false);
    publish(room, "cs.LG", "2611.00002", true);
    room->source.mode = FAKE_SOURCE_CUT;
    start(room, "2026-11-24T05:00:00Z");
    run(room, "2026-11-24T05:00:30Z");
    assert_true(store_value_get(room->fixture.store, "validator/fake/cs.LG",
            &room->fixture.arena, &value, NULL));
    assert_null(value);
    room->source.mode = FAKE_SOURCE_WELL;
    run(room, "2026-11-24T12:00:00Z");
    assert_true(store_value_get(room->fixture.store, "validator/fake/cs.LG",
            &room->fixture.arena, &value, NULL));
    assert_string_equal(value, "\"cs.LG-2\"");
    assert_true(room->source.unchanged > 0);
}

/* --- one at a time --- */

static void test_categories_go_one_at_a_time(void **state)
{
    struct newsroom *room = *state;

    room->categories.count = 3;
    for (size_t i = 0; i < 3; i++)
        publish(room, codes[i], "2611.00001", false);
    start(room, "2026-11-24T05:00:00Z");
    collect_step(room->collect, room->time.ms);
    assert_true(collect_busy(room->collect));
    assert_true(collect_behind(room->collect, room->time.ms));
    assert_true(collect_next_due_ms(room->collect) == INT64_MAX);
    fake_source_answer(&room->source);
    run(room, "2026-11-24T05:00:10Z");
    assert_int_equal(room->source.asked, 3);
    assert_int_equal(room->source.least_gap_ms, FAKE_SOURCE_GAP_MS);
    assert_false(room->source.overlapped);
    assert_false(collect_behind(room->collect, room->time.ms));
}

static void test_by_hand_each_category_is_looked_at_once(void **state)
{
    struct newsroom *room = *state;

    room->categories.count = 2;
    publish(room, "cs.LG", "2611.00001", false);
    publish(room, "cs.CV", "2611.00001", false);
    start(room, "2026-11-28T12:00:00Z");
    run(room, "2026-11-28T12:01:00Z");
    size_t asked = room->source.asked;
    collect_all_now(room->collect, room->time.ms);
    assert_false(collect_finished(room->collect));
    run(room, "2026-11-28T12:02:00Z");
    assert_true(collect_finished(room->collect));
    assert_int_equal(room->source.asked, asked + 2);
    assert_int_equal(collect_counts(room->collect).added, 1);
}

static void test_without_a_source_nothing_is_ever_due(void **state)
{
    struct newsroom *room = *state;

    room->collect = collect_open(room->fixture.store, NULL, &room->chance,
            &room->categories, NULL);
    assert_non_null(room->collect);
    assert_true(collect_next_due_ms(room->collect) == INT64_MAX);
    collect_step(room->collect, 1000);
    assert_true(collect_finished(room->collect));
    assert_false(collect_behind(room->collect, 1000));
}

#define room_test(f)                                                           \
    cmocka_unit_test_setup_teardown(f, open_newsroom, close_newsroom)

int main(void)
{
    const struct CMUnitTest tests[] = {
            room_test(test_it_polls_from_midnight_until_ids_come),
            room_test(test_after_that_it_looks_rarely),
            room_test(test_a_holiday_is_looked_at_less_and_may_announce),
            room_test(test_a_complete_friday_gives_a_free_weekend),
            room_test(test_at_the_weekend_a_new_category_is_looked_for),
            room_test(test_a_late_paper_is_none_of_todays),
            room_test(test_the_evening_brings_the_next_days),
            room_test(test_a_late_paper_of_the_evening_is_todays),
            room_test(test_an_unknown_feed_in_the_evening_is_todays),
            room_test(test_yesterdays_papers_under_todays_date_are_stale),
            room_test(test_a_day_that_ended_without_has_none),
            room_test(test_of_a_feed_never_read_whole_the_part_counts),
            room_test(test_a_new_version_is_seen_as_one),
            room_test(test_a_restart_asks_no_more_than_is_due),
            room_test(test_an_end_before_an_answer_is_kept_holds_nobody_up),
            room_test(test_a_clock_put_back_a_year_still_looks),
            room_test(test_a_failure_is_recorded_with_its_complaint),
            room_test(test_a_failure_does_not_undo_an_announcement),
            room_test(test_papers_of_a_feed_cut_short_are_kept),
            room_test(test_no_validator_is_kept_of_what_was_not),
            room_test(test_categories_go_one_at_a_time),
            room_test(test_by_hand_each_category_is_looked_at_once),
            room_test(test_without_a_source_nothing_is_ever_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
