/*
 * Exactly once: a row whose sending was begun and never known to have ended is
 * looked for in its room before it is sent again.
 */
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROOM "!abc:example.org"
#define ROOM_V3 HOMESERVER_V3 "/rooms/%21abc%3Aexample.org"
#define PUT_PATH ROOM_V3 "/send/m.room.message/"
#define MESSAGES_PATH ROOM_V3 "/messages?dir=b"

#define OWN "\"sender\":\"" HOMESERVER_BOT "\""
#define PAGE(events) "{\"start\":\"t0\",\"end\":\"t1\",\"chunk\":[" events "]}"

enum {
    CREATED_MS = 1000 * 1000 * 1000,
};

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    homeserver_answer(&home, "PUT", PUT_PATH, 0, 200,
            "{\"event_id\":\"$again\"}");
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static void script_page(struct homeserver *home, unsigned times, int status,
        const char *body)
{
    homeserver_answer(home, "GET", MESSAGES_PATH, times, status, body);
}

static struct sent send_attempted(struct homeserver *home, int64_t attempted_ms)
{
    struct outbox_row row = sent_row(ROOM, "key-7", "{\"body\":\"x\"}");
    struct sent sent;

    row.attempted = true;
    row.attempted_ms = attempted_ms;
    row.created_ms = CREATED_MS;
    sent_begin(&sent, home->account, &row);
    sent_wait(&sent, home->transport->loop);
    return sent;
}

static struct sent send_uncertain(struct homeserver *home)
{
    return send_attempted(home, CREATED_MS);
}

static size_t puts_of(const struct homeserver *home)
{
    return homeserver_asked(home, "PUT", PUT_PATH);
}

static void test_a_fresh_row_is_not_looked_for(void **state)
{
    struct homeserver *home = *state;

    homeserver_send(home, ROOM, "key-7");
    assert_int_equal(homeserver_asked(home, "GET", MESSAGES_PATH), 0);
    assert_int_equal(puts_of(home), 1);
}

static void test_what_is_there_is_not_sent_again(void **state)
{
    struct homeserver *home = *state;
    static const char *const pages[] = {
            PAGE("{\"event_id\":\"$other\"," OWN
                 ",\"content\":{\"org.paperboy.key\":\"key-70\"}},"
                 "{\"event_id\":\"$there\"," OWN
                 ",\"content\":{\"org.paperboy.key\":\"key-7\"}}"),
            PAGE("{\"event_id\":\"$there\"," OWN ",\"content\":{},"
                 "\"unsigned\":{\"transaction_id\":\"key-7\"}}"),
    };

    for (size_t i = 0; i < 2; i++) {
        script_page(home, 1, 200, pages[i]);
        struct sent sent = send_uncertain(home);
        assert_false(sent.failed);
        assert_string_equal(sent.id, "$there");
    }
    assert_int_equal(puts_of(home), 0);
}

static void test_only_our_own_words_count(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 1, 200,
            PAGE("{\"event_id\":\"$forged\",\"sender\":\"@eve:example.org\","
                 "\"content\":{\"org.paperboy.key\":\"key-7\"},"
                 "\"unsigned\":{\"transaction_id\":\"key-7\"}},"
                 "{\"event_id\":7," OWN
                 ",\"content\":{\"org.paperboy.key\":\"key-7\"}},"
                 "[],{\"event_id\":\"no sigil\"," OWN
                 ",\"content\":{\"org.paperboy.key\":\"key-7\"}}"));
    script_page(home, 1, 200, "{\"chunk\":[]}");
    assert_string_equal(send_uncertain(home).id, "$again");
    assert_int_equal(homeserver_asked(home, "GET", MESSAGES_PATH), 2);
}

static void test_older_pages_are_read_in_turn(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 1, 200,
            PAGE("{\"event_id\":\"$1\"," OWN ",\"origin_server_ts\":"
                 "1000000001,\"content\":{}}"));
    script_page(home, 1, 200,
            PAGE("{\"event_id\":\"$there\"," OWN
                 ",\"content\":{\"org.paperboy.key\":\"key-7\"}}"));
    assert_string_equal(send_uncertain(home).id, "$there");
    size_t second = homeserver_index(home, "GET", MESSAGES_PATH, 1);
    assert_non_null(strstr(http_server_record(home->server, second)->target,
            "from=t1"));
    assert_int_equal(puts_of(home), 0);
}

static void test_nothing_older_than_the_row_is_looked_through(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 0, 200,
            PAGE("{\"event_id\":\"$1\"," OWN
                 ",\"origin_server_ts\":990000000,\"content\":{}}"));
    assert_string_equal(send_uncertain(home).id, "$again");
    assert_int_equal(homeserver_asked(home, "GET", MESSAGES_PATH), 1);
}

static void test_a_room_without_an_end_is_not_read_for_ever(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 0, 200,
            PAGE("{\"event_id\":\"$1\"," OWN ",\"content\":{}}"));
    assert_string_equal(send_uncertain(home).id, "$again");
    assert_int_equal(homeserver_asked(home, "GET", MESSAGES_PATH), 10);
}

static void test_what_cannot_be_looked_for_now_stays_uncertain(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 1, 502, "");
    script_page(home, 1, 200, "[");
    for (int i = 0; i < 2; i++) {
        struct sent sent = send_uncertain(home);
        assert_int_equal(sent.err.kind, ERROR_RETRY);
        assert_true(sent.maybe_taken);
    }
    assert_int_equal(puts_of(home), 0);
}

static void test_who_may_not_look_sends_again(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 1, 403, "{\"errcode\":\"M_FORBIDDEN\"}");
    assert_string_equal(send_uncertain(home).id, "$again");
}

/* --- what was sent a moment ago may still be on its way --- */

/* Each look at the clock takes a while. */
struct slow_clock {
    int64_t ms;
    unsigned looks;
};

static int64_t look_at(void *state)
{
    struct slow_clock *slow = state;

    slow->looks++;
    return slow->ms += 600;
}

static unsigned looks_until_sent(struct homeserver *home, int64_t ago_ms)
{
    struct slow_clock slow = {.ms = CREATED_MS};
    const struct clock clock = {.now_ms = look_at, .state = &slow};

    home->transport->clock = &clock;
    assert_string_equal(send_attempted(home, CREATED_MS + 600 - ago_ms).id,
            "$again");
    home->transport->clock = &home->passing.clock;
    return slow.looks;
}

static void test_after_a_fresh_attempt_the_look_waits_two_seconds(void **state)
{
    struct homeserver *home = *state;

    script_page(home, 0, 200, "{\"chunk\":[]}");
    /* The first look, and four until two seconds are over. */
    assert_true(looks_until_sent(home, 10) >= 5);
    assert_true(looks_until_sent(home, INT64_C(60) * 1000) >= 5);
    assert_int_equal(looks_until_sent(home, INT64_C(600) * 1000), 1);
    /* It was begun before the clock was put back. */
    assert_int_equal(looks_until_sent(home, INT64_C(-10) * 1000), 1);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_fresh_row_is_not_looked_for),
            wire_test(test_what_is_there_is_not_sent_again),
            wire_test(test_only_our_own_words_count),
            wire_test(test_older_pages_are_read_in_turn),
            wire_test(test_nothing_older_than_the_row_is_looked_through),
            wire_test(test_a_room_without_an_end_is_not_read_for_ever),
            wire_test(test_what_cannot_be_looked_for_now_stays_uncertain),
            wire_test(test_who_may_not_look_sends_again),
            wire_test(test_after_a_fresh_attempt_the_look_waits_two_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
