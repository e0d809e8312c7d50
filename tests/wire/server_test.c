/* An HTTP server on loopback: what is handed over, what is answered, and that
 * whoever is slow, long or wrong is answered so and hung up on. */
#include "tests/support/loop_wait.h"
#include "tests/support/serving.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "Host: here\r\n"

static void assert_said(const char *heard, const char *begin, const char *end)
{
    size_t length = strlen(heard), tail = strlen(end);

    if (strncmp(heard, begin, strlen(begin)) != 0 || length < tail ||
            strcmp(heard + length - tail, end) != 0)
        fail_msg("heard \"%s\"", heard);
}

static void expect(struct serving *serving, const char *request,
        const char *status)
{
    char begin[64];
    char *heard = serving_ask(serving, request, "\r\n\r\n");

    snprintf(begin, sizeof begin, "HTTP/1.1 %s", status);
    assert_said(heard, begin, "");
    free(heard);
}

static int set_up(void **state)
{
    static struct serving serving;

    serving_init(&serving);
    serving_open(&serving);
    *state = &serving;
    return 0;
}

static int tear_down(void **state)
{
    serving_close(*state);
    return 0;
}

/* --- what is handed over --- */

static void test_a_request_is_handed_over_as_it_came(void **state)
{
    struct serving *serving = *state;
    char *heard = serving_ask(serving,
            "POST /taken?a=b HTTP/1.1\r\n" HEAD
            "X-Slack-Signature: v0=00ff\r\nUser-Agent: tester\r\n"
            "Content-Length: 9\r\n\r\na=%20\r\n+b",
            "taken");

    assert_said(heard, "HTTP/1.1 200 OK\r\n", "\r\n\r\ntaken");
    assert_string_equal(serving->method, "POST");
    assert_string_equal(serving->path, "/taken");
    assert_string_equal(serving->query, "a=b");
    assert_string_equal(serving->signature, "v0=00ff");
    assert_string_equal(serving->agent, "tester");
    assert_string_equal(serving->peer, "127.0.0.1");
    assert_true(serving->local);
    assert_int_equal(serving->body_bytes, 9);
    assert_memory_equal(serving->body, "a=%20\r\n+b", 10);
    free(heard);
}

static void test_an_empty_body_is_a_body(void **state)
{
    struct serving *serving = *state;

    expect(serving, "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 0\r\n\r\n",
            "200");
    expect(serving, "POST /taken HTTP/1.1\r\n" HEAD "\r\n", "200");
    assert_int_equal(serving->times, 2);
    assert_int_equal(serving->body_bytes, 0);
}

static void test_a_connection_serves_one_request_after_another(void **state)
{
    struct serving *serving = *state;
    struct raw_client *client = serving_client(serving);

    for (int i = 0; i < 5; i++) {
        raw_client_forget(client);
        raw_client_say(client,
                "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 2\r\n\r\nab");
        assert_true(raw_client_wait_for(client, "taken"));
        assert_int_equal(serving->body_bytes, 2);
    }
    assert_int_equal(serving->times, 5);
    assert_int_equal(server_counted(serving->server)->accepted, 1);
    raw_client_close(client);
    assert_true(serving_wait_empty(serving));
}

static void test_requests_in_one_piece_are_answered_in_turn(void **state)
{
    struct serving *serving = *state;
    struct raw_client *client = serving_client(serving);

    raw_client_say(client,
            "GET /taken HTTP/1.1\r\n" HEAD "\r\n"
            "GET /nothing HTTP/1.1\r\n" HEAD "\r\n"
            "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 3\r\n\r\nabc"
            "GET /other HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n");
    assert_true(raw_client_wait_hung_up(client));
    const char *first = strstr(raw_client_heard(client), "HTTP/1.1 200");
    assert_non_null(first);
    const char *second = strstr(first + 1, "HTTP/1.1 404");
    assert_non_null(second);
    const char *third = strstr(second + 1, "HTTP/1.1 200");
    assert_non_null(third);
    assert_non_null(strstr(third + 1, "HTTP/1.1 404"));
    assert_int_equal(serving->times, 2);
    raw_client_close(client);
}

static void test_an_answer_may_come_later(void **state)
{
    struct serving *serving = *state;
    struct raw_client *client = serving_client(serving);

    serving->later = true;
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    loop_wait_ms(serving->transport->loop, 50);
    assert_int_equal(serving->times, 1);
    assert_string_equal(raw_client_heard(client), "");
    assert_int_equal(server_counted(serving->server)->waiting, 1);
    serving_answer_held(serving);
    assert_true(raw_client_wait_for(client, "late"));
    assert_int_equal(server_counted(serving->server)->waiting, 0);
    raw_client_close(client);
}

static void test_whoever_left_is_answered_into_the_air(void **state)
{
    struct serving *serving = *state;
    struct raw_client *client = serving_client(serving);

    serving->later = true;
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    loop_wait_ms(serving->transport->loop, 50);
    assert_int_equal(serving->held_count, 1);
    raw_client_close(client);
    assert_true(serving_wait_empty(serving));
    serving_answer_held(serving);
    assert_int_equal(server_counted(serving->server)->waiting, 0);
}

static void test_a_handler_that_says_nothing_is_answered_for(void **state)
{
    struct serving *serving = *state;

    serving->later = true;
    expect(serving, "GET /taken HTTP/1.1\r\n" HEAD "\r\n", "503");
    assert_int_equal(serving->held_count, 1);
    serving_answer_held(serving);
}

static void on_newer(void *ctx, struct server_exchange *exchange)
{
    (void)ctx;
    server_answer_text(exchange, 202, "newer");
}

static void
test_of_two_routes_the_newer_serves_until_it_is_withdrawn(void **state)
{
    struct serving *serving = *state;
    static const char ask[] = "GET /taken HTTP/1.1\r\n" HEAD "\r\n";

    struct server_route *route =
            server_serve(serving->server, "/taken", on_newer, NULL);
    expect(serving, ask, "202");
    server_withdraw(route);
    expect(serving, ask, "200");
    expect(serving, "GET /other HTTP/1.1\r\n" HEAD "\r\n", "404");
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_request_is_handed_over_as_it_came),
            wire_test(test_an_empty_body_is_a_body),
            wire_test(test_a_connection_serves_one_request_after_another),
            wire_test(test_requests_in_one_piece_are_answered_in_turn),
            wire_test(test_an_answer_may_come_later),
            wire_test(test_whoever_left_is_answered_into_the_air),
            wire_test(test_a_handler_that_says_nothing_is_answered_for),
            wire_test(
                    test_of_two_routes_the_newer_serves_until_it_is_withdrawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
