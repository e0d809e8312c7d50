/* Whatever a peer does, it takes no more than the limits say: it is told so and
 * hung up on, and others are served meanwhile. */
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

enum {
    LORIS_COUNT = 40
};

static int set_up(void **state)
{
    static struct serving serving;

    serving_init(&serving);
    *state = &serving;
    return 0;
}

static int tear_down(void **state)
{
    serving_close(*state);
    return 0;
}

/* What came until the hang-up begins with that status and says it closes. */
static void expect_end(struct serving *serving, struct raw_client *client,
        const char *status)
{
    char begin[32];

    snprintf(begin, sizeof begin, "HTTP/1.1 %s ", status);
    assert_true(raw_client_wait_hung_up(client));
    const char *heard = raw_client_heard(client);
    if (strncmp(heard, begin, strlen(begin)) != 0 ||
            strstr(heard, "\r\nConnection: close\r\n") == NULL)
        fail_msg("heard \"%s\"", heard);
    raw_client_close(client);
    assert_true(serving_wait_empty(serving));
}

static void refuses(struct serving *serving, const char *request,
        const char *status)
{
    struct raw_client *client = serving_client(serving);

    raw_client_say(client, request);
    expect_end(serving, client, status);
}

static void still_serves(struct serving *serving)
{
    char *heard = serving_ask(serving, "GET /taken HTTP/1.1\r\n" HEAD "\r\n",
            "taken");

    assert_memory_equal(heard, "HTTP/1.1 200", 12);
    free(heard);
}

/* --- sizes --- */

static void test_headers_over_the_limit_are_431(void **state)
{
    struct serving *serving = *state;
    char value[994], line[1001];

    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    snprintf(line, sizeof line, "X-A: %s\r\n", value);
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD);
    for (int i = 0; i < 20; i++)
        raw_client_send(client, line, sizeof line - 1);
    expect_end(serving, client, "431");
    assert_int_equal(serving->times, 0);
}

static void test_a_body_over_the_limit_is_413_before_it_comes(void **state)
{
    struct serving *serving = *state;

    serving->limits.body_bytes = 1000;
    serving_open(serving);
    refuses(serving,
            "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 1001\r\n\r\n",
            "413");
    assert_int_equal(serving->times, 0);
    still_serves(serving);
}

static void test_a_body_at_the_limit_is_taken(void **state)
{
    struct serving *serving = *state;
    static char body[200000];

    serving_open(serving);
    memset(body, 'b', sizeof body);
    struct raw_client *client = serving_client(serving);
    raw_client_say(client,
            "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 200000\r\n\r\n");
    assert_true(raw_client_send(client, body, sizeof body));
    assert_true(raw_client_wait_for(client, "taken"));
    assert_int_equal(serving->body_bytes, sizeof body);
    assert_memory_equal(serving->body, body, sizeof body);
    raw_client_close(client);
}

static void test_bodies_of_all_together_have_a_limit(void **state)
{
    struct serving *serving = *state;
    static char part[20000];

    serving->limits.input_bytes = 100000;
    serving->limits.body_ms = 5000;
    serving_open(serving);
    struct raw_client *clients[10];
    for (int i = 0; i < 10; i++) {
        clients[i] = serving_client(serving);
        raw_client_say(clients[i],
                "POST /taken HTTP/1.1\r\n" HEAD
                "Content-Length: 50000\r\n\r\n");
        raw_client_send(clients[i], part, sizeof part);
        loop_wait_ms(serving->transport->loop, 5);
    }
    assert_true(raw_client_wait_hung_up(clients[9]));
    assert_memory_equal(raw_client_heard(clients[9]), "HTTP/1.1 503", 12);
    assert_int_equal(serving->times, 0);
    for (int i = 0; i < 10; i++)
        raw_client_close(clients[i]);
}

/* --- times --- */

static void test_headers_that_do_not_end_are_408(void **state)
{
    struct serving *serving = *state;

    serving_open(serving);
    refuses(serving, "GET /taken HTTP/1.1\r\nHo", "408");
    assert_int_equal(server_counted(serving->server)->late, 1);
}

static void test_a_byte_now_and_then_buys_no_time(void **state)
{
    struct serving *serving = *state;

    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    for (int i = 0; i < 40 && !raw_client_is_hung_up(client); i++) {
        raw_client_say(client, i == 0 ? "GET /taken HTTP/1.1\r\nX: " : "x");
        loop_wait_ms(serving->transport->loop, 25);
    }
    assert_true(raw_client_is_hung_up(client));
    raw_client_close(client);
}

static void test_a_body_that_does_not_come_is_408(void **state)
{
    struct serving *serving = *state;

    serving_open(serving);
    refuses(serving,
            "POST /taken HTTP/1.1\r\n" HEAD "Content-Length: 5\r\n\r\nabc",
            "408");
    assert_int_equal(serving->times, 0);
}

static void test_an_idle_connection_is_closed_without_a_word(void **state)
{
    struct serving *serving = *state;

    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_for(client, "taken"));
    raw_client_forget(client);
    assert_true(raw_client_wait_hung_up(client));
    assert_string_equal(raw_client_heard(client), "");
    raw_client_close(client);
}

/* --- numbers --- */

static void test_a_slow_loris_gives_up_its_places_to_whoever_asks(void **state)
{
    struct serving *serving = *state;
    struct raw_client *loris[LORIS_COUNT];

    serving->limits.header_ms = 10000;
    serving->limits.connections = 16;
    serving->limits.peer_connections = 8;
    serving_open(serving);
    for (int i = 0; i < LORIS_COUNT; i++) {
        loris[i] = serving_client(serving);
        raw_client_say(loris[i], "GET /taken HTTP/1.1\r\nX: ");
        loop_wait_ms(serving->transport->loop, 2);
        if (i % 4 == 0)
            still_serves(serving);
    }
    const struct server_counts *counts = server_counted(serving->server);
    assert_true(counts->connections <= 8);
    assert_true(counts->shed >= LORIS_COUNT - 8);
    assert_int_equal(serving->times, LORIS_COUNT / 4);
    for (int i = 0; i < LORIS_COUNT; i++)
        raw_client_close(loris[i]);
}

static void
test_whoever_has_said_nothing_yet_outlasts_a_slow_loris(void **state)
{
    struct serving *serving = *state;
    struct raw_client *loris[LORIS_COUNT];

    serving->limits.header_ms = 10000;
    serving->limits.peer_connections = 4;
    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    loop_wait_ms(serving->transport->loop, 10);
    for (int i = 0; i < LORIS_COUNT; i++) {
        loris[i] = serving_client(serving);
        raw_client_say(loris[i], "GET /taken HTTP/1.1\r\nX: ");
        loop_wait_ms(serving->transport->loop, 2);
    }
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_for(client, "taken"));
    raw_client_close(client);
    for (int i = 0; i < LORIS_COUNT; i++)
        raw_client_close(loris[i]);
}

/* All of its places are taken by connections that are as young as the one that
 * asks, and more come before the server has had time to read. */
static void test_what_was_said_is_read_whoever_else_comes_at_once(void **state)
{
    struct serving *serving = *state;
    struct raw_client *others[LORIS_COUNT];

    serving->limits.header_ms = 10000;
    serving->limits.connections = 256;
    serving->limits.peer_connections = 4;
    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    loop_wait_ms(serving->transport->loop, 10);
    for (int i = 0; i < LORIS_COUNT; i++)
        others[i] = serving_client(serving);
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_for(client, "taken"));
    assert_true(server_counted(serving->server)->shed > 0);
    raw_client_close(client);
    for (int i = 0; i < LORIS_COUNT; i++)
        raw_client_close(others[i]);
}

static void test_at_a_full_house_those_pay_who_hold_many_places(void **state)
{
    static const char *const sources[] = {"127.0.0.2", "127.0.0.3",
            "127.0.0.4"};
    struct serving *serving = *state;
    struct raw_client *loris[LORIS_COUNT];

    serving->limits.header_ms = serving->limits.idle_ms = 10000;
    serving->limits.connections = 16;
    serving->limits.peer_connections = 8;
    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_for(client, "taken"));
    raw_client_forget(client);
    for (int i = 0; i < LORIS_COUNT; i++) {
        loris[i] = serving_client_from(serving, sources[i % 3]);
        loop_wait_ms(serving->transport->loop, 2);
    }
    assert_int_equal(server_counted(serving->server)->connections, 16);
    assert_false(raw_client_is_hung_up(client));
    raw_client_say(client, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_for(client, "taken"));
    raw_client_close(client);
    for (int i = 0; i < LORIS_COUNT; i++)
        raw_client_close(loris[i]);
}

static void test_whoever_waits_for_an_answer_keeps_its_place(void **state)
{
    struct serving *serving = *state;

    serving->later = true;
    serving->limits.answer_ms = 10000;
    serving->limits.peer_connections = 2;
    serving_open(serving);
    struct raw_client *first = serving_client(serving);
    struct raw_client *second = serving_client(serving);
    raw_client_say(first, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    raw_client_say(second, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    loop_wait_ms(serving->transport->loop, 50);
    assert_int_equal(serving->held_count, 2);
    struct raw_client *third = serving_client(serving);
    assert_true(raw_client_wait_hung_up(third));
    assert_memory_equal(raw_client_heard(third), "HTTP/1.1 503", 12);
    serving_answer_held(serving);
    serving_answer_held(serving);
    assert_true(raw_client_wait_for(first, "late"));
    assert_true(raw_client_wait_for(second, "late"));
    raw_client_close(first);
    raw_client_close(second);
    raw_client_close(third);
}

static void test_more_requests_than_may_wait_are_503(void **state)
{
    struct serving *serving = *state;

    serving->later = true;
    serving->limits.requests = 1;
    serving->limits.answer_ms = 10000;
    serving_open(serving);
    struct raw_client *first = serving_client(serving);
    raw_client_say(first, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    loop_wait_ms(serving->transport->loop, 50);
    struct raw_client *second = serving_client(serving);
    raw_client_say(second, "GET /taken HTTP/1.1\r\n" HEAD "\r\n");
    assert_true(raw_client_wait_hung_up(second));
    assert_memory_equal(raw_client_heard(second), "HTTP/1.1 503", 12);
    assert_non_null(strstr(raw_client_heard(second), "\r\nRetry-After: 1\r\n"));
    serving_answer_held(serving);
    assert_true(raw_client_wait_for(first, "late"));
    raw_client_close(first);
    raw_client_close(second);
}

static void test_a_peer_that_asks_and_does_not_read_is_hung_up_on(void **state)
{
    struct serving *serving = *state;
    bool kept = true;

    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    raw_client_deafen(client);
    for (int i = 0; i < 500000 && kept; i++)
        kept = raw_client_say(client, "GET /no HTTP/1.1\r\n" HEAD "\r\n");
    assert_false(kept);
    assert_true(serving_wait_empty(serving));
    raw_client_close(client);
    still_serves(serving);
}

/* --- proxies --- */

static void test_behind_a_proxy_it_tells_who_asks(void **state)
{
    struct serving *serving = *state;
    static const char ask[] =
            "GET /taken HTTP/1.1\r\n" HEAD "X-Forwarded-For: 203.0.113.9\r\n"
            "X-Forwarded-For: 1.1.1.1, 192.0.2.7\r\n\r\n";

    serving->wish.proxy = true;
    serving_open(serving);
    free(serving_ask(serving, ask, "taken"));
    assert_string_equal(serving->peer, "192.0.2.7");
    assert_false(serving->local);
}

static void test_without_one_nobody_is_believed(void **state)
{
    struct serving *serving = *state;
    static const char ask[] =
            "GET /taken HTTP/1.1\r\n" HEAD "X-Forwarded-For: 192.0.2.7\r\n\r\n";

    serving_open(serving);
    free(serving_ask(serving, ask, "taken"));
    assert_string_equal(serving->peer, "127.0.0.1");
    assert_false(serving->local);
}

/* --- bodies that are asked for --- */

static void test_a_peer_that_waits_to_be_asked_is_asked(void **state)
{
    struct serving *serving = *state;

    serving_open(serving);
    struct raw_client *client = serving_client(serving);
    raw_client_say(client,
            "POST /taken HTTP/1.1\r\n" HEAD
            "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert_true(raw_client_wait_for(client, "HTTP/1.1 100 Continue\r\n\r\n"));
    raw_client_say(client, "ab");
    assert_true(raw_client_wait_for(client, "taken"));
    assert_string_equal(serving->body, "ab");
    raw_client_close(client);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_headers_over_the_limit_are_431),
            wire_test(test_a_body_over_the_limit_is_413_before_it_comes),
            wire_test(test_a_body_at_the_limit_is_taken),
            wire_test(test_bodies_of_all_together_have_a_limit),
            wire_test(test_headers_that_do_not_end_are_408),
            wire_test(test_a_byte_now_and_then_buys_no_time),
            wire_test(test_a_body_that_does_not_come_is_408),
            wire_test(test_an_idle_connection_is_closed_without_a_word),
            wire_test(test_a_slow_loris_gives_up_its_places_to_whoever_asks),
            wire_test(test_whoever_has_said_nothing_yet_outlasts_a_slow_loris),
            wire_test(test_what_was_said_is_read_whoever_else_comes_at_once),
            wire_test(test_at_a_full_house_those_pay_who_hold_many_places),
            wire_test(test_whoever_waits_for_an_answer_keeps_its_place),
            wire_test(test_more_requests_than_may_wait_are_503),
            wire_test(test_a_peer_that_asks_and_does_not_read_is_hung_up_on),
            wire_test(test_behind_a_proxy_it_tells_who_asks),
            wire_test(test_without_one_nobody_is_believed),
            wire_test(test_a_peer_that_waits_to_be_asked_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
