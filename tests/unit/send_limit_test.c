/*
 * Two hundred rooms at once, and a server with a limit for the account: as fast
 * as it lets them in, in order, none lost, and without hammering at it.
 */
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
    ROOMS = 200,
    PARTS = 2,
    MESSAGES = ROOMS * PARTS,
    STEPS_MAX = 100000,
    BURST = 10,      /* Synapse's rc_message */
    FILL_MS = 5000,  /* likewise: 0.2 a second */
    LATENCY_MS = 60, /* of an answer */
};

struct crowd {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_account home;
    struct account *accounts[1];
    struct channel channels[ROOMS];
    struct channel_list list;
    struct send *send;
    int64_t begun_ms;
};

static void start(struct crowd *crowd)
{
    crowd->send = send_open(crowd->fixture.store, crowd->accounts, 1,
            &crowd->list, &crowd->clock, &crowd->chance, "the test", NULL);
    assert_non_null(crowd->send);
}

static struct outbox_row row_of(const struct crowd *crowd,
        const struct channel *channel, unsigned part, const char *key)
{
    return (struct outbox_row){.channel_id = channel->id,
            .account = "home",
            .room = channel->room,
            .occasion = "digest/2026-01-05",
            .part = part,
            .delivery_key = key,
            .payload = "hello",
            .payload_bytes = 5,
            .expires_ms = crowd->time.ms + INT64_C(48) * 3600 * 1000,
            .next_try_ms = crowd->time.ms,
            .reply = "",
            .person = "",
            .target = "",
            .receipt = "",
            .complaint = "",
            .created_ms = crowd->time.ms};
}

static void add_row(struct crowd *crowd, const struct channel *channel,
        unsigned part)
{
    char key[64];
    const struct outbox_row row = row_of(crowd, channel, part, key);
    int64_t id;

    snprintf(key, sizeof key, "k-%d-%u", (int)channel->id, part);
    assert_true(store_outbox_add(crowd->fixture.store, &row, &id, NULL));
}

static int gather(void **state)
{
    static struct crowd crowd;

    crowd = (struct crowd){.time = {.ms = 1000000}, .seed = {3}};
    store_fixture_open(&crowd.fixture, "memory");
    crowd.clock = test_clock_of(&crowd.time);
    crowd.chance = chance_seeded(&crowd.seed);
    fake_account_init(&crowd.home, "home", &crowd.clock);
    crowd.accounts[0] = &crowd.home.account;
    for (size_t i = 0; i < ROOMS; i++) {
        struct channel *channel = &crowd.channels[i];
        *channel = (struct channel){.account = "home",
                .room = arena_format(&crowd.fixture.arena, "room-%zu", i),
                .label = "one of many"};
        assert_true(store_channel_put(crowd.fixture.store, "home",
                channel->room, channel->label, 1, &channel->id, NULL));
        for (unsigned part = 0; part < PARTS; part++)
            add_row(&crowd, channel, part);
    }
    crowd.list = (struct channel_list){.items = crowd.channels, .count = ROOMS};
    crowd.home.bucket_burst = BURST;
    crowd.home.bucket_fill_ms = FILL_MS;
    crowd.begun_ms = crowd.time.ms;
    start(&crowd);
    *state = &crowd;
    return 0;
}

static int disperse(void **state)
{
    struct crowd *crowd = *state;

    send_close(crowd->send);
    fake_account_finish(&crowd->home);
    store_fixture_close(&crowd->fixture);
    return 0;
}

/* Each answer takes its time. */
static void run(struct crowd *crowd, size_t messages)
{
    for (int steps = 0; crowd->home.shown_count < messages; steps++) {
        int64_t due_ms = send_next_due_ms(crowd->send);
        assert_true(steps < STEPS_MAX);
        if (!send_busy(crowd->send) && due_ms > crowd->time.ms)
            crowd->time.ms = due_ms;
        send_step(crowd->send, crowd->time.ms);
        crowd->time.ms += send_busy(crowd->send) ? LATENCY_MS : 0;
        fake_account_answer(&crowd->home);
    }
}

/* The server's limit alone allows no less. */
static int64_t floor_ms(size_t messages)
{
    return (int64_t)(messages - BURST) * FILL_MS;
}

static int64_t taken_ms(const struct crowd *crowd)
{
    return crowd->home.shown[crowd->home.shown_count - 1].shown_ms -
            crowd->begun_ms;
}

static void assert_each_once_in_order(const struct crowd *crowd)
{
    unsigned next[ROOMS] = {0};

    assert_int_equal(crowd->home.shown_count, MESSAGES);
    assert_int_equal(crowd->home.repeats, 0);
    for (size_t i = 0; i < MESSAGES; i++) {
        const struct fake_message *message = &crowd->home.shown[i];
        unsigned room = 0;
        assert_int_equal(sscanf(message->room, "room-%u", &room), 1);
        assert_true(room < ROOMS);
        assert_int_equal(message->part, next[room]++);
    }
}

static void test_a_limited_crowd_is_as_fast_as_the_limit(void **state)
{
    struct crowd *crowd = *state;

    run(crowd, MESSAGES);
    print_message("# PRINT %d messages in %.0f s, the limit's own floor is "
                  "%.0f s; %zu refused\n",
            MESSAGES, (double)taken_ms(crowd) / 1000,
            (double)floor_ms(MESSAGES) / 1000, crowd->home.refused_sends);
    assert_each_once_in_order(crowd);
    assert_true(taken_ms(crowd) <= floor_ms(MESSAGES) * 104 / 100);
    /* At first all that are under way at once, then now and then one. */
    assert_true(crowd->home.refused_sends <= MESSAGES / 2);
}

static void test_a_faster_limit_is_found_out(void **state)
{
    struct crowd *crowd = *state;

    run(crowd, MESSAGES / 4);
    crowd->home.bucket_fill_ms = FILL_MS / 10;
    crowd->home.bucket_full_ms = crowd->time.ms;
    int64_t before_ms = crowd->time.ms;
    run(crowd, MESSAGES);
    /* Half of what the former limit would have taken. */
    assert_true(crowd->time.ms - before_ms <=
            (int64_t)FILL_MS * MESSAGES * 3 / 4 / 2);
    assert_each_once_in_order(crowd);
}

static void test_a_restart_in_the_middle_loses_nothing(void **state)
{
    struct crowd *crowd = *state;

    run(crowd, MESSAGES / 2);
    send_close(crowd->send);
    start(crowd);
    run(crowd, MESSAGES);
    assert_each_once_in_order(crowd);
    assert_true(taken_ms(crowd) <= floor_ms(MESSAGES) * 106 / 100);
}

/* Somebody asks while two hundred digests are on their way. */
static void ask(struct crowd *crowd, size_t room, char key[64])
{
    struct outbox_row row = row_of(crowd, &crowd->channels[room], 0, key);
    int64_t id;

    snprintf(key, 64, "a-%zu", room);
    row.occasion = "answer/$asked";
    row.reply = "$asked";
    assert_true(store_outbox_add(crowd->fixture.store, &row, &id, NULL));
}

static int64_t answered_after_ms(struct crowd *crowd, size_t room)
{
    char key[64];
    int64_t asked_ms = crowd->time.ms;
    size_t shown = crowd->home.shown_count;

    ask(crowd, room, key);
    for (size_t at = shown;; at++) {
        run(crowd, at + 1);
        if (strcmp(crowd->home.shown[at].occasion, "answer/$asked") == 0)
            return crowd->home.shown[at].shown_ms - asked_ms;
    }
}

static void test_an_answer_does_not_queue_behind_digests(void **state)
{
    struct crowd *crowd = *state;

    run(crowd, BURST + 1);
    assert_true(answered_after_ms(crowd, 150) <= INT64_C(3) * FILL_MS);
    run(crowd, MESSAGES / 4);
    assert_true(answered_after_ms(crowd, 3) <= INT64_C(2) * FILL_MS);
    run(crowd, MESSAGES + 2);
    assert_int_equal(crowd->home.repeats, 0);
    assert_true(taken_ms(crowd) <= floor_ms((size_t)MESSAGES + 2) * 104 / 100);
}

static void test_without_a_limit_nothing_waits(void **state)
{
    struct crowd *crowd = *state;

    crowd->home.bucket_burst = 0;
    run(crowd, MESSAGES);
    assert_each_once_in_order(crowd);
    assert_true(taken_ms(crowd) <= INT64_C(2) * LATENCY_MS * MESSAGES / 32);
}

#define crowd_test(f) cmocka_unit_test_setup_teardown(f, gather, disperse)

int main(void)
{
    const struct CMUnitTest tests[] = {
            crowd_test(test_a_limited_crowd_is_as_fast_as_the_limit),
            crowd_test(test_a_faster_limit_is_found_out),
            crowd_test(test_a_restart_in_the_middle_loses_nothing),
            crowd_test(test_an_answer_does_not_queue_behind_digests),
            crowd_test(test_without_a_limit_nothing_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
