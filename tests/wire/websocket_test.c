/* A WebSocket client against a server of this machine: texts both ways, and an
 * end for whatever the other side does. */
#include "adapters/transport.h"
#include "adapters/websocket.h"
#include "tests/support/loop_wait.h"
#include "tests/support/websocket_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEPS_MAX_MS = 10 * 1000
};

struct world {
    struct transport *transport;
    struct websocket_server *server;
    struct websocket *websocket; /* NULL once it is gone */
    struct websocket_wish wish;
    bool returned; /* websocket_open has */
    bool opened, closed, close_on_text;
    size_t wanted; /* bytes of texts */
    char texts[1 << 16];
    struct error err;
};

/* --- ears --- */

static void on_opened(void *ctx)
{
    struct world *world = ctx;

    assert_true(world->returned);
    world->opened = true;
}

static void on_text(void *ctx, const char *text, size_t bytes)
{
    struct world *world = ctx;
    size_t length = strlen(world->texts);

    assert_false(world->closed);
    assert_int_equal(strlen(text), bytes);
    snprintf(world->texts + length, sizeof world->texts - length, "%s|", text);
    if (world->close_on_text) {
        websocket_close(world->websocket);
        world->websocket = NULL;
    }
}

static void on_closed(void *ctx, const struct error *err)
{
    struct world *world = ctx;

    assert_true(world->returned);
    assert_false(world->closed);
    world->closed = true;
    world->err = *err;
    world->websocket = NULL;
}

static const struct websocket_ears ears = {on_opened, on_text, on_closed};

/* --- steps --- */

static void open_url(struct world *world, const char *url)
{
    world->wish.url = url;
    world->websocket = websocket_open(world->transport->sockets, &world->wish,
            &ears, world);
    world->returned = true;
}

static void begin(struct world *world, enum websocket_server_way way)
{
    world->server = websocket_server_open(world->transport->loop, way);
    open_url(world, websocket_server_url(world->server));
}

static void begin_open(struct world *world, enum websocket_server_way way)
{
    begin(world, way);
    if (!loop_wait(world->transport->loop, &world->opened))
        fail_msg("not opened: %s", world->err.text);
}

static void wait_closed(struct world *world, enum error_kind kind,
        const char *why)
{
    assert_true(loop_wait(world->transport->loop, &world->closed));
    assert_int_equal(world->err.kind, kind);
    if (strstr(world->err.text, why) == NULL ||
            strstr(world->err.text, "secret") != NULL)
        fail_msg("told \"%s\"", world->err.text);
}

static bool has_texts(void *ctx)
{
    const struct world *world = ctx;

    return strlen(world->texts) >= world->wanted;
}

static void wait_texts(struct world *world, size_t wanted)
{
    world->wanted = wanted;
    assert_true(loop_wait_until(world->transport->loop, has_texts, world,
            STEPS_MAX_MS));
}

static bool server_has_texts(void *ctx)
{
    const struct world *world = ctx;

    return strlen(websocket_server_texts(world->server)) >= world->wanted;
}

static bool server_is_left(void *ctx)
{
    const struct world *world = ctx;

    return !websocket_server_is_open(world->server);
}

static int set_up(void **state)
{
    static struct world world;
    struct error err = {0};

    memset(&world, 0, sizeof world);
    world.wish = (struct websocket_wish){.message_max = 40000,
            .connect_ms = 5000,
            .ping_ms = 5000,
            .hang_up_ms = 5000};
    world.transport = transport_open(&err);
    assert_non_null(world.transport);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    websocket_close(world->websocket);
    if (world->server != NULL)
        websocket_server_close(world->server);
    transport_close(world->transport);
    return 0;
}

/* --- claims --- */

static void test_texts_go_both_ways(void **state)
{
    struct world *world = *state;

    begin(world, WEBSOCKET_SERVER_OPENS);
    assert_true(websocket_send(world->websocket, "early", 5));
    assert_true(loop_wait(world->transport->loop, &world->opened));
    assert_true(websocket_send(world->websocket, "one", 3));
    assert_true(websocket_send(world->websocket, "二", 3));
    world->wanted = 13;
    assert_true(loop_wait_until(world->transport->loop, server_has_texts, world,
            STEPS_MAX_MS));
    assert_string_equal(websocket_server_texts(world->server), "early|one|二");
    websocket_server_send(world->server, 1, true, "hello", 5);
    websocket_server_send(world->server, 1, true, "你好", 6);
    wait_texts(world, 13);
    assert_string_equal(world->texts, "hello|你好|");
    const char *head = websocket_server_head(world->server);
    assert_non_null(strstr(head, "GET /socket?ticket=secret HTTP/1.1"));
    assert_non_null(strcasestr(head, "\r\nhost: localhost:"));
}

static void test_pieces_are_put_together(void **state)
{
    struct world *world = *state;
    char long_text[30000];

    memset(long_text, 'x', sizeof long_text);
    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 1, false, "be", 2);
    websocket_server_send(world->server, 9, true, "", 0);
    websocket_server_send(world->server, 0, false, "gin", 3);
    websocket_server_send(world->server, 0, true, " end", 4);
    websocket_server_send(world->server, 1, true, long_text, sizeof long_text);
    wait_texts(world, sizeof long_text + 11);
    assert_memory_equal(world->texts, "begin end|xxx", 13);
    assert_int_equal(strlen(world->texts), sizeof long_text + 11);
}

static void test_a_message_over_the_cap_ends_it(void **state)
{
    struct world *world = *state;
    static const char piece[20000];

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 1, false, piece, sizeof piece);
    websocket_server_send(world->server, 0, false, piece, sizeof piece);
    websocket_server_send(world->server, 0, true, piece, sizeof piece);
    wait_closed(world, ERROR_REJECTED, "more than 40000 bytes");
    assert_string_equal(world->texts, "");
}

static void test_what_is_no_text_ends_it(void **state)
{
    struct world *world = *state;

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 2, true, "abc", 3);
    wait_closed(world, ERROR_REJECTED, "no text");
}

static void test_broken_utf8_ends_it(void **state)
{
    struct world *world = *state;

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 1, true, "a\xff", 2);
    assert_true(loop_wait(world->transport->loop, &world->closed));
    assert_string_equal(world->texts, "");
}

static void test_a_silent_peer_is_pinged_and_kept(void **state)
{
    struct world *world = *state;

    world->wish.ping_ms = 40;
    world->wish.hang_up_ms = 400;
    begin_open(world, WEBSOCKET_SERVER_OPENS);
    loop_wait_ms(world->transport->loop, 800);
    assert_false(world->closed);
    assert_true(websocket_server_pings(world->server) >= 4);
}

static void test_a_deaf_peer_is_given_up(void **state)
{
    struct world *world = *state;

    world->wish.ping_ms = 40;
    world->wish.hang_up_ms = 200;
    begin_open(world, WEBSOCKET_SERVER_DEAF);
    wait_closed(world, ERROR_RETRY, "has said nothing for");
    assert_true(websocket_server_pings(world->server) >= 2);
}

static void test_a_peer_that_does_not_shake_hands_is_given_up(void **state)
{
    struct world *world = *state;

    world->wish.connect_ms = 200;
    begin(world, WEBSOCKET_SERVER_SILENT);
    wait_closed(world, ERROR_RETRY, "localhost: no connection within 200 ms");
}

static void test_a_hang_up_is_told_once(void **state)
{
    struct world *world = *state;

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_hang_up(world->server);
    wait_closed(world, ERROR_RETRY, "it has hung up");
    loop_wait_ms(world->transport->loop, 50);
}

static void test_an_orderly_end_is_told_with_its_code(void **state)
{
    struct world *world = *state;

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 8, true, "\x03\xe9", 2);
    wait_closed(world, ERROR_RETRY, "it has hung up (1001)");
}

static void test_a_refusal_says_its_status(void **state)
{
    struct world *world = *state;

    begin(world, WEBSOCKET_SERVER_REFUSES);
    wait_closed(world, ERROR_STOP, "HTTP 401");
}

static void test_a_busy_peer_may_be_tried_again(void **state)
{
    struct world *world = *state;

    begin(world, WEBSOCKET_SERVER_BUSY);
    wait_closed(world, ERROR_RETRY, "HTTP 503");
}

static void test_nobody_there_may_be_tried_again(void **state)
{
    struct world *world = *state;

    open_url(world, "ws://127.0.0.1:1/secret");
    wait_closed(world, ERROR_RETRY, "127.0.0.1: no connection");
}

static void test_a_name_that_is_none_may_be_tried_again(void **state)
{
    struct world *world = *state;

    open_url(world, "wss://nowhere.invalid/secret");
    wait_closed(world, ERROR_RETRY, "nowhere.invalid: its name was not found");
}

static void test_only_what_is_encrypted_leaves_this_machine(void **state)
{
    struct world *world = *state;

    open_url(world, "ws://example.org/secret");
    wait_closed(world, ERROR_REJECTED, "example.org: not encrypted");
}

static void test_what_is_no_address_is_told_too(void **state)
{
    struct world *world = *state;

    open_url(world, "https://example.org/secret");
    wait_closed(world, ERROR_REJECTED, "expected wss://");
}

static void test_closing_sends_what_was_queued_and_says_good_bye(void **state)
{
    struct world *world = *state;

    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_send(world->websocket, "last", 4);
    websocket_send(world->websocket, "words", 5);
    websocket_close(world->websocket);
    world->websocket = NULL;
    assert_true(loop_wait_until(world->transport->loop, server_is_left, world,
            STEPS_MAX_MS));
    assert_string_equal(websocket_server_texts(world->server), "last|words");
    assert_int_equal(websocket_server_closed(world->server), 1000);
    assert_false(world->closed);
}

static void test_it_can_be_closed_from_its_own_ear(void **state)
{
    struct world *world = *state;

    world->close_on_text = true;
    begin_open(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_send(world->server, 1, true, "one", 3);
    websocket_server_send(world->server, 1, true, "two", 3);
    assert_true(loop_wait_until(world->transport->loop, server_is_left, world,
            STEPS_MAX_MS));
    assert_string_equal(world->texts, "one|");
    assert_false(world->closed);
}

static void test_it_can_be_closed_at_once(void **state)
{
    struct world *world = *state;

    begin(world, WEBSOCKET_SERVER_OPENS);
    websocket_close(world->websocket);
    world->websocket = NULL;
    loop_wait_ms(world->transport->loop, 100);
    assert_false(world->opened);
    assert_false(world->closed);
}

static void test_more_than_a_mebibyte_does_not_wait(void **state)
{
    struct world *world = *state;
    static char text[600 * 1024];

    memset(text, 'x', sizeof text);
    begin(world, WEBSOCKET_SERVER_SILENT);
    assert_true(websocket_send(world->websocket, text, sizeof text));
    assert_false(websocket_send(world->websocket, text, sizeof text));
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_texts_go_both_ways),
            wire_test(test_pieces_are_put_together),
            wire_test(test_a_message_over_the_cap_ends_it),
            wire_test(test_what_is_no_text_ends_it),
            wire_test(test_broken_utf8_ends_it),
            wire_test(test_a_silent_peer_is_pinged_and_kept),
            wire_test(test_a_deaf_peer_is_given_up),
            wire_test(test_a_peer_that_does_not_shake_hands_is_given_up),
            wire_test(test_a_hang_up_is_told_once),
            wire_test(test_an_orderly_end_is_told_with_its_code),
            wire_test(test_a_refusal_says_its_status),
            wire_test(test_a_busy_peer_may_be_tried_again),
            wire_test(test_nobody_there_may_be_tried_again),
            wire_test(test_a_name_that_is_none_may_be_tried_again),
            wire_test(test_only_what_is_encrypted_leaves_this_machine),
            wire_test(test_what_is_no_address_is_told_too),
            wire_test(test_closing_sends_what_was_queued_and_says_good_bye),
            wire_test(test_it_can_be_closed_from_its_own_ear),
            wire_test(test_it_can_be_closed_at_once),
            wire_test(test_more_than_a_mebibyte_does_not_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
