#include "bot/send.h"

#include "bot/base/chance.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    ROOMS = 300,
    STEPS_MAX = 100000
};

/* A sender between a store and two accounts, "home" with many rooms. */
struct post_office {
    struct store_fixture fixture;
    struct store *store;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_account home;
    struct account *accounts[1];
    struct channel channels[ROOMS];
    struct channel_list list;
    struct send *send;
};

static int open_office(void **state)
{
    static struct post_office office;

    office = (struct post_office){.time = {.ms = 1000000}, .seed = {3}};
    store_fixture_open(&office.fixture, "memory");
    office.store = office.fixture.store;
    office.clock = test_clock_of(&office.time);
    office.chance = chance_seeded(&office.seed);
    fake_account_init(&office.home, "home", &office.clock);
    office.accounts[0] = &office.home.account;
    for (size_t i = 0; i < ROOMS; i++) {
        struct channel *channel = &office.channels[i];
        *channel = (struct channel){.account = "home",
                .room = arena_format(&office.fixture.arena, "room-%zu", i),
                .label = "one of many"};
        assert_true(store_channel_put(office.store, "home", channel->room,
                channel->label, 1, &channel->id, NULL));
    }
    office.list =
            (struct channel_list){.items = office.channels, .count = ROOMS};
    *state = &office;
    return 0;
}

static void start(struct post_office *office)
{
    office->send = send_open(office->store, office->accounts, 1, &office->list,
            &office->clock, &office->chance, "the test", NULL);
    assert_non_null(office->send);
}

static int close_office(void **state)
{
    struct post_office *office = *state;

    send_close(office->send);
    fake_account_finish(&office->home);
    store_fixture_close(&office->fixture);
    return 0;
}

static int64_t add_row(struct post_office *office, int64_t channel_id,
        const char *account, const char *occasion, unsigned part,
        int64_t expires_ms)
{
    char key[64];
    const struct outbox_row row = {.channel_id = channel_id,
            .account = account,
            .room = "room",
            .occasion = occasion,
            .part = part,
            .delivery_key = key,
            .payload = "hello",
            .payload_bytes = 5,
            .expires_ms = expires_ms,
            .next_try_ms = office->time.ms,
            .receipt = "",
            .complaint = "",
            .created_ms = office->time.ms};
    int64_t id;

    snprintf(key, sizeof key, "k-%d-%.20s-%u", (int)channel_id, occasion, part);
    assert_true(store_outbox_add(office->store, &row, &id, NULL));
    return id;
}

/* Everything is answered at once, until nothing is due before the time. */
static void run(struct post_office *office, int64_t until_ms)
{
    for (int steps = 0;; steps++) {
        int64_t due_ms = send_next_due_ms(office->send);
        if (due_ms > until_ms)
            break;
        assert_true(steps < STEPS_MAX);
        if (due_ms > office->time.ms)
            office->time.ms = due_ms;
        send_step(office->send, office->time.ms);
        fake_account_answer(&office->home);
    }
    office->time.ms = until_ms;
}

static struct outbox_row row_of(struct post_office *office, int64_t id)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(office->store, 0, "", &office->fixture.arena,
            &rows, NULL));
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].id == id)
            return rows.items[i];
    fail_msg("there is no row %d", (int)id);
    return (struct outbox_row){0};
}

static void test_a_row_waits_for_a_channel_that_is_not_there(void **state)
{
    struct post_office *office = *state;
    int64_t channel_id = office->channels[ROOMS - 1].id;
    int64_t late_ms = office->time.ms + 3600000;
    int64_t endless = add_row(office, channel_id, "home", "a", 0, 0);
    int64_t row = add_row(office, channel_id, "home", "b", 0, 2 * late_ms);
    int64_t late = add_row(office, channel_id, "home", "c", 0, late_ms);

    office->list.count = ROOMS - 1;
    start(office);
    run(office, late_ms + 600000);
    assert_int_equal(office->home.asked, 0);
    assert_int_equal(row_of(office, endless).state, OUTBOX_PARKED);
    assert_int_equal(row_of(office, row).state, OUTBOX_DUE);
    assert_int_equal(row_of(office, late).state, OUTBOX_EXPIRED);
    assert_string_equal(row_of(office, late).complaint,
            "its channel is not in the configuration");
    /* Whoever took it out puts it back. */
    send_close(office->send);
    office->list.count = ROOMS;
    start(office);
    run(office, late_ms + 1200000);
    assert_int_equal(row_of(office, row).state, OUTBOX_SENT);
}

static void test_a_row_goes_by_the_channels_account_of_today(void **state)
{
    struct post_office *office = *state;
    int64_t id = add_row(office, office->channels[0].id, "old name", "a", 0, 0);

    start(office);
    run(office, office->time.ms);
    assert_int_equal(row_of(office, id).state, OUTBOX_SENT);
}

static void test_more_rooms_than_may_be_under_way_are_all_served(void **state)
{
    struct post_office *office = *state;

    for (size_t i = 0; i < ROOMS; i++)
        add_row(office, office->channels[i].id, "home", "a", 0, 0);
    start(office);
    send_step(office->send, office->time.ms);
    assert_true(office->home.asked < ROOMS);
    assert_true(send_busy(office->send));
    assert_true(send_next_due_ms(office->send) == INT64_MAX);
    fake_account_answer(&office->home);
    run(office, office->time.ms);
    assert_int_equal(office->home.shown_count, ROOMS);
    assert_false(send_busy(office->send));
}

static void test_a_crowd_keeps_the_accounts_pace(void **state)
{
    struct post_office *office = *state;
    int64_t begun_ms = office->time.ms;

    office->home.ops.account_gap_ms = 5000;
    for (size_t i = 0; i < ROOMS; i++)
        add_row(office, office->channels[i].id, "home", "a", 0, 0);
    start(office);
    run(office, begun_ms + INT64_C(5000) * ROOMS);
    assert_int_equal(office->home.shown_count, ROOMS);
    assert_true(office->home.least_gap_ms >= 5000);
    assert_true(office->home.last_asked_ms <=
            begun_ms + INT64_C(5000) * (ROOMS - 1));
}

static void test_a_crowd_is_given_turns_once(void **state)
{
    struct post_office *office = *state;
    struct outbox_list rows;

    office->home.ops.account_gap_ms = 5000;
    for (size_t i = 0; i < 10; i++)
        add_row(office, office->channels[i].id, "home", "a", 0, 0);
    start(office);
    send_step(office->send, office->time.ms);
    assert_true(store_outbox_list(office->store, 0, "", &office->fixture.arena,
            &rows, NULL));
    for (size_t i = 1; i < 10; i++)
        assert_int_equal(rows.items[i].next_try_ms,
                office->time.ms + 5000 * (int64_t)i);
}

static void test_the_pace_survives_a_restart(void **state)
{
    struct post_office *office = *state;

    office->home.ops.room_gap_ms = 1000;
    add_row(office, office->channels[0].id, "home", "a", 0, 0);
    add_row(office, office->channels[0].id, "home", "a", 1, 0);
    start(office);
    send_step(office->send, office->time.ms);
    fake_account_answer(&office->home);
    send_close(office->send);
    office->time.ms += 100;
    start(office);
    run(office, office->time.ms + 5000);
    assert_int_equal(office->home.shown_count, 2);
    assert_true(office->home.least_gap_ms >= 1000);
}

static void test_two_occasions_of_a_room_go_one_at_a_time(void **state)
{
    struct post_office *office = *state;

    add_row(office, office->channels[0].id, "home", "a", 0, 0);
    add_row(office, office->channels[0].id, "home", "b", 0, 0);
    start(office);
    send_step(office->send, office->time.ms);
    assert_int_equal(office->home.asked, 1);
    run(office, office->time.ms + 5000);
    assert_int_equal(office->home.shown_count, 2);
}

static void test_a_row_without_an_end_is_given_up_in_time(void **state)
{
    struct post_office *office = *state;
    int64_t id = add_row(office, office->channels[0].id, "home", "a", 0, 0);

    office->home.fail_next = SIZE_MAX;
    start(office);
    run(office, office->time.ms + INT64_C(24) * 3600 * 1000);
    assert_int_equal(office->home.asked, 12);
    assert_int_equal(row_of(office, id).state, OUTBOX_PARKED);
    assert_string_equal(row_of(office, id).complaint, "the product said no");
}

static void test_a_wait_beyond_patience_parks_the_row(void **state)
{
    struct post_office *office = *state;
    int64_t id =
            add_row(office, office->channels[0].id, "home", "a", 0, INT64_MAX);

    office->home.fail_next = 1;
    office->home.fail_wait_ms = INT64_C(7) * 3600 * 1000;
    start(office);
    run(office, office->time.ms + 1000);
    assert_int_equal(row_of(office, id).state, OUTBOX_PARKED);
}

static void test_an_expired_row_is_not_sent(void **state)
{
    struct post_office *office = *state;
    int64_t id = add_row(office, office->channels[0].id, "home", "a", 0,
            office->time.ms);

    start(office);
    run(office, office->time.ms);
    assert_int_equal(office->home.asked, 0);
    assert_int_equal(row_of(office, id).state, OUTBOX_EXPIRED);
}

static void
test_what_is_closed_in_the_middle_is_due_after_its_lease(void **state)
{
    struct post_office *office = *state;
    int64_t id = add_row(office, office->channels[0].id, "home", "a", 0, 0);
    int64_t next_ms;

    start(office);
    send_step(office->send, office->time.ms);
    send_close(office->send);
    assert_true(row_of(office, id).attempted);
    assert_int_equal(row_of(office, id).state, OUTBOX_DUE);
    assert_true(store_outbox_next_ms(office->store, &next_ms, NULL));
    assert_true(next_ms > office->time.ms);
    /* A new daemon knows that nobody holds it. */
    assert_true(store_outbox_release(office->store, NULL, NULL));
    start(office);
    run(office, office->time.ms);
    assert_int_equal(office->home.shown_count, 1);
}

static void test_winding_down_claims_nothing_more(void **state)
{
    struct post_office *office = *state;

    add_row(office, office->channels[0].id, "home", "a", 0, 0);
    start(office);
    send_wind_down(office->send);
    send_step(office->send, office->time.ms);
    assert_int_equal(office->home.asked, 0);
    assert_true(send_next_due_ms(office->send) == INT64_MAX);
}

#define office_test(f)                                                         \
    cmocka_unit_test_setup_teardown(f, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
            office_test(test_a_row_waits_for_a_channel_that_is_not_there),
            office_test(test_a_row_goes_by_the_channels_account_of_today),
            office_test(test_more_rooms_than_may_be_under_way_are_all_served),
            office_test(test_a_crowd_keeps_the_accounts_pace),
            office_test(test_a_crowd_is_given_turns_once),
            office_test(test_the_pace_survives_a_restart),
            office_test(test_two_occasions_of_a_room_go_one_at_a_time),
            office_test(test_a_row_without_an_end_is_given_up_in_time),
            office_test(test_a_wait_beyond_patience_parks_the_row),
            office_test(test_an_expired_row_is_not_sent),
            office_test(
                    test_what_is_closed_in_the_middle_is_due_after_its_lease),
            office_test(test_winding_down_claims_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
