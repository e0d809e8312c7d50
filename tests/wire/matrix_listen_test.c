/*
 * How a Matrix account listens: polls, places, gaps, pauses.
 */
#include "bot/base/text.h"
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define V3 HOMESERVER_V3
#define SYNC V3 "/sync?"
#define ROOM "!abc:example.org"
#define ROOM_V3 V3 "/rooms/%21abc%3Aexample.org"
#define NOTHING "{\"next_batch\":\"s1\"}"

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    homeserver_answer(&home, "GET", V3 "/profile/", 0, 200,
            "{\"displayname\":\"Paperboy\"}");
    homeserver_answer(&home, "POST", ROOM_V3 "/receipt/", 0, 200, "{}");
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static void sync_once(struct homeserver *home, const char *body)
{
    homeserver_answer(home, "GET", SYNC, 1, 200, body);
}

/* As a poll does while nothing happens. */
static void sync_hangs(struct homeserver *home)
{
    const struct http_script script = {.method = "GET",
            .path = SYNC,
            .act = SERVER_SILENCE};

    http_server_script(home->server, &script);
}

static int64_t now_ms(const struct homeserver *home)
{
    return clock_now_ms(home->transport->clock);
}

/* One event of ana's, with the fields that come before "content". */
static const char *message(struct homeserver *home, const char *id,
        const char *body)
{
    return arena_format(&home->arena,
            "{\"type\":\"m.room.message\",\"event_id\":\"%s\","
            "\"sender\":\"@ana:example.org\",\"origin_server_ts\":%lld,"
            "\"content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"}}",
            id, (long long)now_ms(home), body);
}

static const char *joined(struct homeserver *home, const char *place,
        const char *timeline, const char *events)
{
    return arena_format(&home->arena,
            "{\"next_batch\":\"%s\",\"rooms\":{\"join\":{\"" ROOM
            "\":{\"timeline\":{%s\"events\":[%s]}}}}}",
            place, timeline, events);
}

static const char *target_of(struct homeserver *home, const char *path,
        size_t n)
{
    return http_server_record(home->server,
            homeserver_index(home, "GET", path, n))
            ->target;
}

/* --- polls --- */

static void test_a_poll_asks_for_what_is_needed_and_no_more(void **state)
{
    struct homeserver *home = *state;

    sync_once(home, NOTHING);
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "GET", SYNC, 2);
    const char *target = target_of(home, SYNC, 0);
    assert_non_null(strstr(target, "timeout=30000"));
    assert_non_null(strstr(target, "set_presence=offline"));
    assert_non_null(strstr(target, "since=s0"));
    assert_non_null(strstr(target, "lazy_load_members%22%3Atrue"));
    assert_non_null(strstr(target,
            "presence%22%3A%7B%22not_types%22%3A%5B%22%2A%22%5D"));
    assert_non_null(strstr(target,
            "ephemeral%22%3A%7B%22not_types%22%3A%5B%22%2A%22%5D"));
    assert_null(strstr(target, "full_state"));
    assert_non_null(strstr(target_of(home, SYNC, 1), "since=s1"));
}

static void test_the_first_answer_is_a_place_and_nothing_else(void **state)
{
    struct homeserver *home = *state;

    sync_once(home,
            joined(home, "s1", "\"limited\":true,\"prev_batch\":\"p\",",
                    message(home, "$old", "!paper today")));
    sync_once(home,
            joined(home, "s2", "", message(home, "$new", "!paper today")));
    sync_hangs(home);
    homeserver_listen(home, "");
    homeserver_wait_heard(home, 1);
    assert_null(strstr(target_of(home, SYNC, 0), "since"));
    assert_string_equal(home->heard[0].event.id, "$new");
    assert_int_equal(home->heard[0].batch, 2);
    assert_string_equal(home->checkpoint, "s2");
    assert_int_equal(homeserver_asked(home, "GET", ROOM_V3 "/messages"), 0);
}

static void test_events_and_place_are_handed_on_together(void **state)
{
    struct homeserver *home = *state;

    sync_once(home,
            joined(home, "s1", "",
                    arena_format(&home->arena, "%s,%s",
                            message(home, "$1", "!paper today"),
                            message(home, "$2", "hello"))));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 1);
    const struct event *event = &home->heard[0].event;
    assert_int_equal(home->batches, 1);
    assert_int_equal(event->kind, EVENT_COMMAND);
    assert_string_equal(event->id, "$1");
    assert_string_equal(event->room, ROOM);
    assert_string_equal(event->person, "@ana:example.org");
    assert_string_equal(event->text, "today");
    assert_string_equal(event->reply, "$1");
    assert_true(event->sent_ms > 0);
    assert_string_equal(home->checkpoint, "s1");
    assert_int_equal(home->heard_count, 1);
}

static void test_what_was_not_taken_is_handed_on_again(void **state)
{
    struct homeserver *home = *state;

    home->deaf = 1;
    sync_once(home,
            joined(home, "s1", "", message(home, "$1", "!paper today")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_pass(home, 600);
    assert_int_equal(home->batches, 0);
    assert_int_equal(homeserver_asked(home, "GET", SYNC), 1);
    homeserver_wait_heard(home, 1);
    assert_string_equal(home->checkpoint, "s1");
    homeserver_wait_asked(home, "GET", SYNC, 2);
    assert_int_equal(home->heard_count, 1);
}

static void test_a_place_alone_is_not_told_at_every_poll(void **state)
{
    struct homeserver *home = *state;

    sync_once(home, NOTHING);
    sync_once(home, "{\"next_batch\":\"s2\"}");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "GET", SYNC, 3);
    assert_int_equal(home->batches, 1);
    assert_non_null(strstr(target_of(home, SYNC, 2), "since=s2"));
}

static void test_a_homeserver_that_answers_at_once_is_not_run_down(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", SYNC, 0, 200, NOTHING);
    homeserver_listen(home, "s0");
    homeserver_pass(home, 4000);
    size_t asked = homeserver_asked(home, "GET", SYNC);
    printf("# PRINT %zu polls in 4 s of a homeserver that answers at once with "
           "nothing\n",
            asked);
    /* At 0, 1 and 3 s; 7, 15, 31 s would follow. */
    assert_in_range(asked, 2, 3);
}

static void test_chatter_is_read_once_a_second(void **state)
{
    struct homeserver *home = *state;

    for (int i = 1; i < 40; i++)
        sync_once(home,
                joined(home, arena_format(&home->arena, "s%d", i), "",
                        message(home, "$x", "hello")));
    homeserver_listen(home, "s0");
    homeserver_pass(home, 2500);
    assert_in_range(homeserver_asked(home, "GET", SYNC), 2, 3);
}

static void test_garbage_is_asked_for_less_and_less(void **state)
{
    struct homeserver *home = *state;
    static const char *const garbage[] = {"", "[]", "{}", "{\"next_batch\":7}",
            "{\"next_batch\":\"\"}", "not JSON",
            "{\"next_batch\":\"\\u0000\"}"};

    for (size_t round = 0; round < 20; round++)
        sync_once(home, garbage[round % (sizeof garbage / sizeof *garbage)]);
    homeserver_listen(home, "s0");
    homeserver_pass(home, 5000);
    /* At 0, at 1 to 2 s, at 3 to 6 s. */
    assert_in_range(homeserver_asked(home, "GET", SYNC), 2, 3);
    assert_int_equal(home->batches, 0);
}

static void test_a_wait_that_is_asked_for_is_kept(void **state)
{
    struct homeserver *home = *state;
    const struct http_script limit = {.method = "GET",
            .path = SYNC,
            .times = 1,
            .status = 429,
            .headers = "Retry-After: 3\r\n",
            .body = "{\"errcode\":\"M_LIMIT_EXCEEDED\"}"};

    http_server_script(home->server, &limit);
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_pass(home, 2900);
    assert_int_equal(homeserver_asked(home, "GET", SYNC), 1);
    homeserver_wait_asked(home, "GET", SYNC, 2);
}

static void test_too_much_of_an_answer_is_asked_for_smaller(void **state)
{
    struct homeserver *home = *state;
    const size_t size = 9000000; /* more than is taken */
    char *huge = malloc(size);
    const struct http_script script = {.method = "GET",
            .path = SYNC,
            .times = 1,
            .body = huge,
            .body_bytes = size};

    memset(huge, ' ', size);
    http_server_script(home->server, &script);
    free(huge);
    sync_once(home, NOTHING);
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_batches(home, 1);
    assert_non_null(strstr(target_of(home, SYNC, 0), "limit%22%3A50"));
    assert_non_null(strstr(target_of(home, SYNC, 1), "limit%22%3A10"));
    assert_null(strstr(target_of(home, SYNC, 1), "m.room.power_levels%22%5D"));
}

static void test_a_dead_login_is_asked_no_more(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", SYNC, 0, 401,
            "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"x\"}");
    homeserver_listen(home, "s0");
    homeserver_pass(home, 3000);
    assert_int_equal(homeserver_asked(home, "GET", SYNC), 1);
}

static void test_a_start_that_fails_is_tried_again(void **state)
{
    struct homeserver *home = *state;

    http_server_forget(home->server);
    homeserver_answer(home, "GET", "/_matrix/client/versions", 1, 503, "");
    homeserver_answer(home, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.1\"]}");
    homeserver_answer(home, "GET", V3 "/account/whoami", 0, 200,
            "{\"user_id\":\"@bot:example.org\"}");
    sync_once(home, NOTHING);
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_batches(home, 1);
    assert_int_equal(homeserver_asked(home, "GET", "/_matrix/client/versions"),
            2);
}

static void test_a_poll_does_not_hold_up_what_is_sent(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "PUT", ROOM_V3 "/send/", 0, 200,
            "{\"event_id\":\"$sent\"}");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "GET", SYNC, 1);
    assert_false(homeserver_send(home, ROOM, "key").failed);
    assert_int_not_equal(http_server_record(home->server,
                                 homeserver_index(home, "GET", SYNC, 0))
                                 ->connection,
            http_server_record(home->server,
                    homeserver_index(home, "PUT", ROOM_V3, 0))
                    ->connection);
}

/* --- gaps --- */

static void page(struct homeserver *home, const char *from, const char *end,
        const char *events)
{
    char path[100];

    snprintf(path, sizeof path, "%s/messages?dir=b&from=%s&", ROOM_V3, from);
    homeserver_answer(home, "GET", path, 0, 200,
            arena_format(&home->arena,
                    "{\"start\":\"%s\"%s%s%s,\"chunk\":[%s]}", from,
                    end != NULL ? ",\"end\":\"" : "", end != NULL ? end : "",
                    end != NULL ? "\"" : "", events));
}

static void test_a_gap_is_read_and_comes_first(void **state)
{
    struct homeserver *home = *state;

    sync_once(home,
            joined(home, "s1", "\"limited\":true,\"prev_batch\":\"p1\",",
                    message(home, "$5", "!paper 5")));
    page(home, "p1", "p2",
            arena_format(&home->arena, "%s,%s", message(home, "$4", "!paper 4"),
                    message(home, "$3", "!paper 3")));
    page(home, "p2", NULL,
            arena_format(&home->arena, "%s,%s", message(home, "$2", "hello"),
                    message(home, "$1", "!paper 1")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 4);
    static const char *const texts[] = {"1", "3", "4", "5"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(home->heard[i].event.text, texts[i]);
        assert_int_equal(home->heard[i].batch, 1);
    }
    assert_int_equal(home->heard_count, 4);
    assert_non_null(strstr(target_of(home, ROOM_V3 "/messages", 0), "to=s0&"));
    assert_non_null(strstr(target_of(home, ROOM_V3 "/messages", 0),
            "m.room.message"));
}

static void test_a_gap_without_an_end_is_left(void **state)
{
    struct homeserver *home = *state;

    sync_once(home,
            joined(home, "s1", "\"limited\":true,\"prev_batch\":\"p1\",",
                    message(home, "$5", "!paper 5")));
    for (int i = 1; i < 40; i++)
        page(home, arena_format(&home->arena, "p%d", i),
                arena_format(&home->arena, "p%d", i + 1), "");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 1);
    assert_int_equal(homeserver_asked(home, "GET", ROOM_V3 "/messages"), 20);
}

static void test_a_gap_that_cannot_be_read_holds_up_nothing(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", ROOM_V3 "/messages", 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    sync_once(home,
            joined(home, "s1", "\"limited\":true,\"prev_batch\":\"p1\",",
                    message(home, "$5", "!paper 5")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 1);
    assert_int_equal(homeserver_asked(home, "GET", ROOM_V3 "/messages"), 1);
}

static void test_a_gap_is_tried_again_after_a_failure(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", ROOM_V3 "/messages", 1, 502, "");
    page(home, "p1", NULL, message(home, "$4", "!paper 4"));
    sync_once(home,
            joined(home, "s1", "\"limited\":true,\"prev_batch\":\"p1\",",
                    message(home, "$5", "!paper 5")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 2);
    assert_string_equal(home->heard[0].event.text, "4");
}

static void test_before_we_came_nothing_is_for_us(void **state)
{
    struct homeserver *home = *state;

    sync_once(home,
            "{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"" ROOM
            "\":{\"state\":{\"events\":[{\"type\":\"m.room.create\","
            "\"event_id\":\"$c\",\"sender\":\"@ana:example.org\","
            "\"state_key\":\"\",\"content\":{}}]},\"timeline\":{"
            "\"limited\":true,\"prev_batch\":\"p1\",\"events\":[]}}}}}");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "GET", SYNC, 2);
    assert_int_equal(homeserver_asked(home, "GET", ROOM_V3 "/messages"), 0);
}

/* --- the end --- */

static void test_closing_calls_off_whatever_is_under_way(void **state)
{
    struct homeserver *home = *state;

    for (int turns = 0; turns < 8; turns++) {
        homeserver_answer(home, "GET", SYNC, 2, 200,
                joined(home, arena_format(&home->arena, "s%d", turns),
                        "\"limited\":true,\"prev_batch\":\"p1\",",
                        message(home, "$5", "!paper 5")));
        homeserver_listen(home, "s");
        homeserver_pass(home, INT64_C(4) * turns);
        homeserver_token_account(home); /* closes the former */
    }
    homeserver_pass(home, 20);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_poll_asks_for_what_is_needed_and_no_more),
            wire_test(test_the_first_answer_is_a_place_and_nothing_else),
            wire_test(test_events_and_place_are_handed_on_together),
            wire_test(test_what_was_not_taken_is_handed_on_again),
            wire_test(test_a_place_alone_is_not_told_at_every_poll),
            wire_test(test_a_homeserver_that_answers_at_once_is_not_run_down),
            wire_test(test_chatter_is_read_once_a_second),
            wire_test(test_garbage_is_asked_for_less_and_less),
            wire_test(test_a_wait_that_is_asked_for_is_kept),
            wire_test(test_too_much_of_an_answer_is_asked_for_smaller),
            wire_test(test_a_dead_login_is_asked_no_more),
            wire_test(test_a_start_that_fails_is_tried_again),
            wire_test(test_a_poll_does_not_hold_up_what_is_sent),
            wire_test(test_a_gap_is_read_and_comes_first),
            wire_test(test_a_gap_without_an_end_is_left),
            wire_test(test_a_gap_that_cannot_be_read_holds_up_nothing),
            wire_test(test_a_gap_is_tried_again_after_a_failure),
            wire_test(test_before_we_came_nothing_is_for_us),
            wire_test(test_closing_calls_off_whatever_is_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
