/*
 * One row to one Matrix room: which room that is, getting in, what is sent and
 * what the homeserver says to it.
 */
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROOM "!abc:example.org"
#define ROOM_V3 HOMESERVER_V3 "/rooms/%21abc%3Aexample.org"
#define ROOM_PATH ROOM_V3 "/send/m.room.message/"
#define ALIAS "#ml:example.org"
#define ALIAS_PATH HOMESERVER_V3 "/directory/room/%23ml%3Aexample.org"
#define JOIN_PATH HOMESERVER_V3 "/join/"

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static void script_room(struct homeserver *home)
{
    homeserver_answer(home, "PUT", ROOM_PATH, 0, 200,
            "{\"event_id\":\"$event\"}");
}

/* Which request put the n-th event, from 0. */
static size_t put_at(const struct homeserver *home, size_t n)
{
    return homeserver_index(home, "PUT", ROOM_PATH, n);
}

/* --- rooms --- */

static void test_an_alias_is_resolved_once(void **state)
{
    struct homeserver *home = *state;
    script_room(home);
    homeserver_answer(home, "GET", ALIAS_PATH, 0, 200,
            "{\"room_id\":\"" ROOM "\",\"servers\":[\"example.org\"]}");
    assert_false(homeserver_send(home, ALIAS, "key-1").failed);
    assert_false(homeserver_send(home, ALIAS, "key-2").failed);
    assert_int_equal(homeserver_asked(home, "GET", ALIAS_PATH), 1);
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH "key-1"), 1);
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH "key-2"), 1);
}

static void test_an_alias_nobody_knows_stops(void **state)
{
    struct homeserver *home = *state;
    homeserver_answer(home, "GET", ALIAS_PATH, 0, 404,
            "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"Room alias not found\"}");
    struct sent sent = homeserver_send(home, ALIAS, "key-1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, ALIAS));
    assert_non_null(strstr(sent.err.text, "no room has this alias"));
}

static void test_a_room_that_is_none_stops_without_asking(void **state)
{
    struct homeserver *home = *state;
    static const char *const bad[] = {"", "ml", "@user:example.org",
            "https://matrix.to/#/#ml:example.org"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(homeserver_send(home, bad[i], "key").err.kind,
                ERROR_STOP);
    assert_int_equal(http_server_count(home->server), 0);
}

static void test_not_in_the_room_it_joins_and_sends_again(void **state)
{
    struct homeserver *home = *state;
    homeserver_answer(home, "GET", ALIAS_PATH, 0, 200,
            "{\"room_id\":\"" ROOM "\"}");
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"not in room\"}");
    homeserver_answer(home, "POST", HOMESERVER_V3 "/join/", 0, 200,
            "{\"room_id\":\"" ROOM "\"}");
    script_room(home);
    struct sent sent = homeserver_send(home, ALIAS, "key-1");
    assert_false(sent.failed);
    size_t joining =
            homeserver_index(home, "POST", JOIN_PATH "%23ml%3Aexample.org", 0);
    assert_true(put_at(home, 0) < joining && joining < put_at(home, 1));
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH "key-1"), 2);
    assert_string_equal(http_server_record(home->server, joining)->body, "{}");
}

static void test_not_invited_it_stops_and_says_so(void **state)
{
    struct homeserver *home = *state;
    homeserver_answer(home, "PUT", ROOM_PATH, 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"not in room\"}");
    homeserver_answer(home, "POST", HOMESERVER_V3 "/join/", 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"not invited\"}");
    struct sent sent = homeserver_send(home, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "invite it"));
    assert_non_null(strstr(sent.err.text, "@bot:example.org"));
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 1);
    assert_int_equal(homeserver_asked(home, "POST", JOIN_PATH), 1);
}

static void test_without_the_power_to_speak_it_stops(void **state)
{
    struct homeserver *home = *state;
    homeserver_answer(home, "PUT", ROOM_PATH, 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"power level\"}");
    homeserver_answer(home, "POST", HOMESERVER_V3 "/join/", 0, 200,
            "{\"room_id\":\"" ROOM "\"}");
    struct sent sent = homeserver_send(home, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "may not speak there"));
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 2);
}

static void test_a_join_may_have_to_wait(void **state)
{
    struct homeserver *home = *state;
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    homeserver_answer(home, "POST", HOMESERVER_V3 "/join/", 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":9000}");
    struct sent sent = homeserver_send(home, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 9000);
    assert_false(sent.maybe_taken);
    assert_true(sent.room_waits);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":9000}");
    assert_false(homeserver_send(home, ROOM, "key-2").room_waits);
}

/* --- sending --- */

static void test_a_repetition_has_the_same_path_and_body(void **state)
{
    struct homeserver *home = *state;
    const struct http_script lost = {.method = "PUT",
            .path = ROOM_PATH,
            .times = 1,
            .act = SERVER_TRUNCATE,
            .body = "{\"event_id\":\"$event\"}"};
    http_server_script(home->server, &lost);
    script_room(home);
    struct sent sent = homeserver_send(home, ROOM, "team.2026-01-05_0");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_true(sent.maybe_taken);
    sent = homeserver_send(home, ROOM, "team.2026-01-05_0");
    assert_string_equal(sent.id, "$event");
    assert_int_equal(homeserver_asked(home, "PUT",
                             ROOM_PATH "team.2026-01-05_0"),
            2);
    assert_string_equal(http_server_record(home->server, put_at(home, 0))->body,
            http_server_record(home->server, put_at(home, 1))->body);
}

static void test_a_limit_names_its_wait_in_either_place(void **state)
{
    struct homeserver *home = *state;
    const struct http_script header = {.method = "PUT",
            .path = ROOM_PATH,
            .times = 1,
            .status = 429,
            .headers = "Retry-After: 4\r\n",
            .body = "{\"errcode\":\"M_LIMIT_EXCEEDED\","
                    "\"retry_after_ms\":2000}"};
    http_server_script(home->server, &header);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2000}");
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":-1}");
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 429, "slow down");
    static const int64_t waits[] = {4000, 2000, 0, 0};
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        struct sent sent = homeserver_send(home, ROOM, "key-1");
        assert_int_equal(sent.err.kind, ERROR_RETRY);
        assert_int_equal(sent.err.retry_after_ms, waits[i]);
        assert_false(sent.maybe_taken);
    }
}

static void test_each_refusal_has_its_reaction(void **state)
{
    struct homeserver *home = *state;
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
        bool maybe_taken;
    } cases[] = {
            {413, "{\"errcode\":\"M_TOO_LARGE\"}", ERROR_REJECTED, false},
            {400, "{\"errcode\":\"M_BAD_JSON\"}", ERROR_REJECTED, false},
            {400, "{\"errcode\":\"M_NOT_JSON\"}", ERROR_REJECTED, false},
            {404, "{\"errcode\":\"M_NOT_FOUND\"}", ERROR_STOP, false},
            {401, "{\"errcode\":\"M_MISSING_TOKEN\"}", ERROR_STOP, false},
            {403, "{\"errcode\":\"M_USER_DEACTIVATED\"}", ERROR_STOP, false},
            {403, "{\"errcode\":\"M_CONSENT_NOT_GIVEN\"}", ERROR_STOP, false},
            {400, "{\"errcode\":\"M_UNKNOWN\"}", ERROR_REJECTED, false},
            {413, "too large", ERROR_REJECTED, false},
            {403, "<html>", ERROR_STOP, false},
            {404, "", ERROR_STOP, false},
            {307, "", ERROR_STOP, false},
            {500, "{\"errcode\":\"M_UNKNOWN\"}", ERROR_RETRY, true},
            {502, "{\"errcode\":\"M_NOT_FOUND\"}", ERROR_RETRY, true},
            {504, "<html>", ERROR_RETRY, true},
            {200, "{}", ERROR_RETRY, true},
            {200, "", ERROR_RETRY, true},
            {200, "{\"event_id\":7}", ERROR_RETRY, true},
            {200, "{\"event_id\":\"no sigil\"}", ERROR_RETRY, true},
            {400, "{\"errcode\":[1],\"error\":{}}", ERROR_REJECTED, false},
            {400, "{\"errcode\":\"strange\\ncode\"}", ERROR_REJECTED, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        homeserver_answer(home, "PUT", ROOM_PATH, 1, cases[i].status,
                cases[i].body);
        struct sent sent = homeserver_send(home, ROOM, "key-1");
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
        assert_int_equal(sent.maybe_taken, cases[i].maybe_taken);
        assert_non_null(strstr(sent.err.text, "matrix: " ROOM));
    }
}

static void test_a_hostile_homeserver_costs_no_more_than_a_retry(void **state)
{
    struct homeserver *home = *state;
    static char huge[300000], deep[50000];
    const struct http_script scripts[] = {
            {.method = "PUT",
                    .path = ROOM_PATH,
                    .times = 1,
                    .body = huge,
                    .body_bytes = sizeof huge},
            {.method = "PUT",
                    .path = ROOM_PATH,
                    .times = 1,
                    .status = 503,
                    .body = huge,
                    .body_bytes = sizeof huge},
            {.method = "PUT",
                    .path = ROOM_PATH,
                    .times = 1,
                    .body = deep,
                    .body_bytes = sizeof deep},
            {.method = "PUT",
                    .path = ROOM_PATH,
                    .times = 1,
                    .body = "{\"event_id\":\"$\xff\xfe\"}"},
            /* for ever: curl itself tries a second time, which a PUT may */
            {.method = "PUT", .path = ROOM_PATH, .act = SERVER_HANG_UP},
    };
    memset(huge, ' ', sizeof huge);
    memset(deep, '[', sizeof deep);
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        http_server_script(home->server, &scripts[i]);
        struct sent sent = homeserver_send(home, ROOM, "key-1");
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, ERROR_RETRY);
        assert_true(sent.maybe_taken);
    }
}

static void test_a_key_cannot_leave_its_place_in_the_path(void **state)
{
    struct homeserver *home = *state;
    homeserver_send(home, "!a/b?c#d:example.org", "../x y%");
    assert_int_equal(homeserver_asked(home, "PUT",
                             HOMESERVER_V3
                             "/rooms/%21a%2Fb%3Fc%23d%3Aexample.org/send/"
                             "m.room.message/..%2Fx%20y%25"),
            1);
}

static void test_verifying_does_not_disturb_what_is_under_way(void **state)
{
    struct homeserver *home = *state;
    const struct http_script slow = {.method = "GET",
            .path = ALIAS_PATH,
            .delay_ms = 20,
            .body = "{\"room_id\":\"" ROOM "\"}"};
    struct outbox_row row = sent_row(ALIAS, "key-1", "{}");
    struct sent sent;

    assert_false(homeserver_verify(home).failed);
    http_server_forget(home->server);
    http_server_script(home->server, &slow);
    homeserver_answer(home, "GET", HOMESERVER_V3 "/account/whoami", 1, 503, "");
    homeserver_answer(home, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.1\"]}");
    script_room(home);
    sent_begin(&sent, home->account, &row);
    assert_true(homeserver_verify(home).failed);
    sent_wait(&sent, home->transport->loop);
    assert_false(sent.failed);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_an_alias_is_resolved_once),
            wire_test(test_an_alias_nobody_knows_stops),
            wire_test(test_a_room_that_is_none_stops_without_asking),
            wire_test(test_not_in_the_room_it_joins_and_sends_again),
            wire_test(test_not_invited_it_stops_and_says_so),
            wire_test(test_without_the_power_to_speak_it_stops),
            wire_test(test_a_join_may_have_to_wait),
            wire_test(test_a_repetition_has_the_same_path_and_body),
            wire_test(test_a_limit_names_its_wait_in_either_place),
            wire_test(test_each_refusal_has_its_reaction),
            wire_test(test_a_hostile_homeserver_costs_no_more_than_a_retry),
            wire_test(test_a_key_cannot_leave_its_place_in_the_path),
            wire_test(test_verifying_does_not_disturb_what_is_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
