/* Socket Mode over real sockets, one of each case, at shortened times. */
#include "adapters/channels/channels.h"
#include "adapters/channels/slack.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/passing.h"
#include "tests/support/slack_ears.h"
#include "tests/support/websocket_server.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OPEN "/api/apps.connections.open"
#define HELLO "{\"type\":\"hello\",\"num_connections\":1}"
#define ACKNOWLEDGED(id) "{\"envelope_id\":\"" id "\"}"

enum {
    WIRES_MAX = 4,
    LIMIT_MS = 10000,
};

static const struct slack_link_times short_times = {
        .hello_ms = 2000,
        .linger_ms = 300,
        .steady_ms = 60000,
        .crowded_ms = 200,
        .disabled_ms = 200,
        .ping_ms = 100,
        .hang_up_ms = 400,
        .retry = {.first_ms = 20,
                .longest_ms = 200,
                .patience_ms = 10000,
                .attempts_max = UINT_MAX},
};

struct world {
    struct transport *transport;
    struct passing passing;
    struct http_server *api;
    struct websocket_server *wires[WIRES_MAX]; /* one a connection */
    size_t wire_count;
    struct account *account;
    struct slack_ears ears;
};

/* --- a world --- */

/* The next connection will be this one. */
static struct websocket_server *offer(struct world *world,
        enum websocket_server_way way)
{
    struct websocket_server *wire =
            websocket_server_open(world->transport->loop, way);
    char body[256];

    assert_true(world->wire_count < WIRES_MAX);
    world->wires[world->wire_count++] = wire;
    snprintf(body, sizeof body, "{\"ok\":true,\"url\":\"%s\"}",
            websocket_server_url(wire));
    http_server_answer(world->api, "POST", OPEN, 1, 200, body);
    return wire;
}

static struct account *account_with(struct world *world, const char *app_token,
        const char *connections)
{
    const struct setting items[] = {{"token", "xoxb-secret"},
            {"app_token", app_token}, {"connections", connections},
            {"api_url", http_server_address(world->api, "/api")}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 4,
            .contact = ""};
    struct account *account =
            slack_kind.open(&settings, world->transport, NULL, NULL);

    assert_non_null(account);
    ((struct slack *)account)->link_times = &short_times;
    return account;
}

static void listen_with(struct world *world, const char *connections)
{
    const struct account_ears ears = slack_ears_of(&world->ears);

    world->account = account_with(world, "xapp-secret", connections);
    world->account->ops->listen(world->account, &ears, "");
}

/* As when the configuration is read again. */
static void listen_anew(struct world *world, const char *app_token)
{
    const struct account_ears ears = slack_ears_of(&world->ears);
    struct account *next = account_with(world, app_token, "1");

    next->ops->take_over(next, world->account);
    world->account->ops->close(world->account);
    world->account = next;
    next->ops->listen(next, &ears, "");
}

static int set_up(void **state)
{
    static struct world world;

    world = (struct world){.transport = transport_open(NULL)};
    passing_init(&world.passing, world.transport->loop);
    world.transport->clock = &world.passing.clock;
    world.api = http_server_open(world.transport->loop);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    if (world->account != NULL)
        world->account->ops->close(world->account);
    slack_ears_finish(&world->ears);
    for (size_t i = 0; i < world->wire_count; i++)
        websocket_server_close(world->wires[i]);
    http_server_close(world->api);
    transport_close(world->transport);
    return 0;
}

/* --- waiting --- */

static bool is_open(void *ctx)
{
    return websocket_server_is_open(ctx);
}

static bool is_closed(void *ctx)
{
    return !websocket_server_is_open(ctx);
}

static void wait_for(struct world *world, loop_wait_condition_fn *condition,
        void *ctx)
{
    assert_true(loop_wait_until(world->transport->loop, condition, ctx,
            LIMIT_MS));
}

struct saying {
    struct websocket_server *wire;
    const char *text;
};

static bool has_said(void *ctx)
{
    const struct saying *saying = ctx;

    return strstr(websocket_server_texts(saying->wire), saying->text) != NULL;
}

static void wait_for_text(struct world *world, struct websocket_server *wire,
        const char *text)
{
    struct saying saying = {wire, text};

    wait_for(world, has_said, &saying);
}

static void wait_for_events(struct world *world, size_t count)
{
    struct slack_ears_wait wait = {&world->ears, count};

    wait_for(world, slack_ears_has, &wait);
}

/* --- what Slack says --- */

static void say(struct websocket_server *wire, const char *text)
{
    websocket_server_send(wire, 1, true, text, strlen(text));
}

static struct websocket_server *greeted(struct world *world,
        struct websocket_server *wire)
{
    wait_for(world, is_open, wire);
    say(wire, HELLO);
    return wire;
}

static void disconnect(struct websocket_server *wire, const char *reason)
{
    char text[128];

    snprintf(text, sizeof text,
            "{\"type\":\"disconnect\",\"reason\":\"%s\",\"debug_info\":{}}",
            reason);
    say(wire, text);
}

static void command(struct websocket_server *wire, const char *envelope,
        const char *trigger, const char *text)
{
    char frame[1024];

    snprintf(frame, sizeof frame,
            "{\"envelope_id\":\"%s\",\"type\":\"slash_commands\","
            "\"accepts_response_payload\":true,\"payload\":{\"team_id\":\"T1\","
            "\"channel_id\":\"C1\",\"user_id\":\"U1\",\"command\":\"/paper\","
            "\"text\":\"%s\",\"response_url\":\"https://hooks.slack.com/c\","
            "\"trigger_id\":\"%s\"}}",
            envelope, text, trigger);
    say(wire, frame);
}

/* --- claims --- */

static void test_a_command_is_acknowledged_once_it_is_kept(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    world->ears.busy = 1;
    command(wire, "e1", "1.a", "today LG");
    wait_for_text(world, wire, ACKNOWLEDGED("e1"));
    assert_int_equal(world->ears.asked, 2);
    slack_ears_expect(&world->ears, 0, EVENT_COMMAND, "today LG");
    assert_string_equal(http_server_header(world->api, 1, "Authorization"),
            "Bearer xapp-secret");
}

static void test_what_is_not_kept_is_not_acknowledged(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    world->ears.busy = UINT_MAX;
    command(wire, "e1", "1.a", "today");
    passing_ms(&world->passing, 3200);
    assert_true(world->ears.asked > 2);
    world->ears.busy = 0;
    command(wire, "e2", "1.a", "today");
    wait_for_text(world, wire, ACKNOWLEDGED("e2"));
    assert_null(strstr(websocket_server_texts(wire), "e1"));
    assert_int_equal(world->ears.count, 1);
}

static void test_what_comes_again_by_another_envelope_is_kept_once(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    command(wire, "e1", "1.a", "today");
    command(wire, "e2", "1.a", "today");
    wait_for_text(world, wire, ACKNOWLEDGED("e2"));
    assert_int_equal(world->ears.count, 1);
    assert_int_equal(world->ears.again, 1);
}

static void take_over(struct world *world, const char *reason)
{
    struct websocket_server *old = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, old);
    command(old, "e1", "1.a", "first");
    wait_for_events(world, 1);
    struct websocket_server *new = offer(world, WEBSOCKET_SERVER_OPENS);
    disconnect(old, reason);
    wait_for(world, is_open, new);
    assert_true(websocket_server_is_open(old));
    command(old, "e2", "2.a", "before the new one is greeted");
    say(new, HELLO);
    command(new, "e3", "3.a", "down the new one");
    wait_for_text(world, new, ACKNOWLEDGED("e3"));
    assert_true(websocket_server_is_open(old));
    command(old, "e4", "4.a", "late, down the old one");
    wait_for_text(world, old, ACKNOWLEDGED("e2") "|" ACKNOWLEDGED("e4"));
    wait_for(world, is_closed, old);
    assert_true(websocket_server_is_open(new));
    command(new, "e5", "5.a", "last");
    wait_for_text(world, new, ACKNOWLEDGED("e5"));
    assert_int_equal(world->ears.count, 5);
    assert_int_equal(world->ears.again, 0);
}

static void test_a_warning_loses_no_command(void **state)
{
    take_over(*state, "warning");
}

static void test_a_refresh_loses_no_command(void **state)
{
    take_over(*state, "refresh_requested");
}

static void test_a_half_open_connection_is_given_up(void **state)
{
    struct world *world = *state;
    struct websocket_server *deaf = offer(world, WEBSOCKET_SERVER_DEAF);
    struct websocket_server *next = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, deaf);
    command(deaf, "e1", "1.a", "today");
    wait_for_events(world, 1);
    greeted(world, next);
    assert_true(websocket_server_pings(deaf) > 0);
    command(next, "e2", "1.a", "today");
    wait_for_text(world, next, ACKNOWLEDGED("e2"));
    assert_int_equal(world->ears.count, 1);
}

static void test_a_connection_that_breaks_is_opened_anew(void **state)
{
    struct world *world = *state;
    struct websocket_server *broken = offer(world, WEBSOCKET_SERVER_OPENS);
    struct websocket_server *next = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, broken);
    world->ears.busy = 2;
    command(broken, "e1", "1.a", "today");
    loop_wait_ms(world->transport->loop, 50);
    websocket_server_hang_up(broken);
    greeted(world, next);
    wait_for_events(world, 1);
    command(next, "e2", "1.a", "today");
    wait_for_text(world, next, ACKNOWLEDGED("e2"));
    assert_null(strstr(websocket_server_texts(next), "e1"));
    assert_int_equal(world->ears.count, 1);
    assert_int_equal(world->ears.again, 1);
}

static void refused_then_heard(struct world *world, const char *reason)
{
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);
    struct websocket_server *next = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    wait_for(world, is_open, wire);
    disconnect(wire, reason);
    wait_for(world, is_closed, wire);
    greeted(world, next);
    command(next, "e1", "1.a", "today");
    wait_for_text(world, next, ACKNOWLEDGED("e1"));
}

static void test_too_many_connections_are_sat_out(void **state)
{
    refused_then_heard(*state, "too_many_websockets");
}

static void test_switched_off_it_is_looked_at_again(void **state)
{
    refused_then_heard(*state, "link_disabled");
}

static void test_refusals_of_an_address_are_tried_again(void **state)
{
    struct world *world = *state;

    http_server_answer(world->api, "POST", OPEN, 1, 200,
            "{\"ok\":false,\"error\":\"invalid_auth\"}");
    http_server_answer(world->api, "POST", OPEN, 1, 500, "");
    http_server_answer(world->api, "POST", OPEN, 1, 200, "{\"ok\":true}");
    http_server_answer(world->api, "POST", OPEN, 1, 200,
            "{\"ok\":true,\"url\":\"ftp://elsewhere.example\"}");
    struct websocket_server *busy = offer(world, WEBSOCKET_SERVER_BUSY);
    struct websocket_server *silent = offer(world, WEBSOCKET_SERVER_OPENS);
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    wait_for(world, is_open, silent);
    assert_false(websocket_server_is_open(busy));
    greeted(world, wire);
    command(wire, "e1", "1.a", "today");
    wait_for_text(world, wire, ACKNOWLEDGED("e1"));
}

static void test_several_connections_are_listened_to_at_once(void **state)
{
    struct world *world = *state;
    struct websocket_server *first = offer(world, WEBSOCKET_SERVER_OPENS);
    struct websocket_server *second = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "2");
    greeted(world, first);
    greeted(world, second);
    command(second, "e1", "1.a", "one");
    command(first, "e2", "2.a", "two");
    wait_for_text(world, first, ACKNOWLEDGED("e2"));
    wait_for_text(world, second, ACKNOWLEDGED("e1"));
    websocket_server_hang_up(first);
    command(second, "e3", "3.a", "three");
    wait_for_text(world, second, ACKNOWLEDGED("e3"));
    assert_int_equal(world->ears.count, 3);
}

static void test_frames_that_mean_nothing_do_no_harm(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    say(wire, "{");
    say(wire, "[]");
    say(wire, "{\"type\":\"events_api\",\"envelope_id\":\"e0\"}");
    say(wire, "{\"type\":\"tea_time\",\"envelope_id\":\"e1\"}");
    say(wire, HELLO);
    command(wire, "e2", "1.a", "today");
    wait_for_text(world, wire,
            ACKNOWLEDGED("e0") "|" ACKNOWLEDGED("e1") "|" ACKNOWLEDGED("e2"));
    assert_int_equal(world->ears.count, 1);
}

static void
test_a_configuration_that_is_read_again_takes_the_connection_over(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    world->ears.busy = 1;
    command(wire, "e1", "1.a", "before");
    loop_wait_ms(world->transport->loop, 50);
    listen_anew(world, "xapp-secret");
    wait_for_text(world, wire, ACKNOWLEDGED("e1"));
    command(wire, "e2", "2.a", "after");
    wait_for_text(world, wire, ACKNOWLEDGED("e2"));
    assert_int_equal(world->ears.count, 2);
    struct websocket_server *next = offer(world, WEBSOCKET_SERVER_OPENS);
    websocket_server_hang_up(wire);
    greeted(world, next);
    command(next, "e3", "3.a", "of its own");
    wait_for_text(world, next, ACKNOWLEDGED("e3"));
}

static void test_another_app_s_connection_is_not_taken_over(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);
    struct websocket_server *next = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    listen_anew(world, "xapp-other");
    greeted(world, next);
    wait_for(world, is_closed, wire);
    command(next, "e1", "1.a", "today");
    wait_for_text(world, next, ACKNOWLEDGED("e1"));
}

static void test_closing_says_good_bye(void **state)
{
    struct world *world = *state;
    struct websocket_server *wire = offer(world, WEBSOCKET_SERVER_OPENS);

    listen_with(world, "1");
    greeted(world, wire);
    world->ears.busy = UINT_MAX;
    command(wire, "e1", "1.a", "today");
    loop_wait_ms(world->transport->loop, 50);
    world->account->ops->close(world->account);
    world->account = NULL;
    wait_for(world, is_closed, wire);
    assert_int_equal(world->ears.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_command_is_acknowledged_once_it_is_kept),
            TEST(test_what_is_not_kept_is_not_acknowledged),
            TEST(test_what_comes_again_by_another_envelope_is_kept_once),
            TEST(test_a_warning_loses_no_command),
            TEST(test_a_refresh_loses_no_command),
            TEST(test_a_half_open_connection_is_given_up),
            TEST(test_a_connection_that_breaks_is_opened_anew),
            TEST(test_too_many_connections_are_sat_out),
            TEST(test_switched_off_it_is_looked_at_again),
            TEST(test_refusals_of_an_address_are_tried_again),
            TEST(test_several_connections_are_listened_to_at_once),
            TEST(test_frames_that_mean_nothing_do_no_harm),
            TEST(test_a_configuration_that_is_read_again_takes_the_connection_over),
            TEST(test_another_app_s_connection_is_not_taken_over),
            TEST(test_closing_says_good_bye),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
