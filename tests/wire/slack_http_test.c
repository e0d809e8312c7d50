/* Slack's requests over HTTP, from the socket to the ears and back. */
#include "adapters/channels/channels.h"
#include "adapters/channels/slack.h"
#include "adapters/channels/slack_signature.h"
#include "adapters/server.h"
#include "bot/base/text.h"
#include "tests/support/http_asker.h"
#include "tests/support/loop_wait.h"
#include "tests/support/slack_ears.h"

#include <inttypes.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SECRET "0123456789abcdef0123456789abcdef"
#define FORM "application/x-www-form-urlencoded"
#define COMMAND                                                                \
    "token=x&team_id=T1&channel_id=C1&channel_name=ml&user_id=U1&command="     \
    "%2Fpaper&text=today+LG&trigger_id=1.2.a&response_url="                    \
    "https%3A%2F%2Fhooks.slack.com%2Factions%2FT1%2F1%2Fa"
#define MENTION                                                                \
    "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"authorizations\":["   \
    "{\"user_id\":\"UBOT\",\"is_bot\":true}],\"event\":{\"type\":"             \
    "\"app_mention\",\"user\":\"U1\",\"channel\":\"C1\",\"text\":\"<@UBOT> "   \
    "top\",\"ts\":\"1790000000.000100\"}}"

/* Time goes on by itself only where a test says so. */
struct ticking {
    int64_t now_ms, tick_ms;
};

static int64_t tick(void *state)
{
    struct ticking *ticking = state;

    return ticking->now_ms += ticking->tick_ms;
}

struct world {
    struct transport *transport;
    struct http_server *api;
    struct server *server;
    struct account *account;
    struct ticking ticking;
    struct clock clock;
    struct slack_ears ears;
};

/* What is asked; what is NULL or 0 is as Slack has it. */
struct asked {
    const char *method, *path, *type, *body, *secret;
    int64_t late_s;
};

/* --- a world --- */

static struct account *open_slack(struct world *world)
{
    const struct setting items[] = {{"token", "xoxb-secret"},
            {"signing_secret", SECRET},
            {"api_url", http_server_address(world->api, "/api")}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 3,
            .contact = ""};

    return slack_kind.open(&settings, world->transport, NULL, NULL);
}

static int set_up(void **state)
{
    static struct world world;
    static const struct serving_wish wish = {.listen = {"127.0.0.1:0"},
            .listen_count = 1,
            .certificate = "",
            .key = ""};

    world = (struct world){.ticking = {.now_ms = INT64_C(1790000000) * 1000}};
    world.clock = (struct clock){tick, &world.ticking};
    world.transport = transport_open(NULL);
    world.transport->clock = &world.clock;
    world.api = http_server_open(world.transport->loop);
    http_server_answer(world.api, "POST", "/api/auth.test", 0, 200,
            "{\"ok\":true,\"user_id\":\"UBOT\",\"bot_id\":\"B1\","
            "\"team_id\":\"T1\",\"user\":\"paperboy\",\"team\":\"Lab\"}");
    world.server = server_open(world.transport->sockets, &wish, NULL, NULL);
    world.transport->server = world.server;
    world.account = open_slack(&world);
    const struct account_ears ears = slack_ears_of(&world.ears);
    world.account->ops->listen(world.account, &ears, "");
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    if (world->account != NULL)
        world->account->ops->close(world->account);
    slack_ears_finish(&world->ears);
    server_close(world->server);
    world->transport->server = NULL;
    http_server_close(world->api);
    transport_close(world->transport);
    return 0;
}

static void begin(struct world *world, const struct asked *asked,
        struct http_heard *heard)
{
    struct arena arena = {0};
    const char *body = asked->body != NULL ? asked->body : "";
    const struct slack_signature signature =
            {.timestamp = arena_format(&arena, "%" PRId64,
                     world->ticking.now_ms / 1000 - asked->late_s),
                    .body = body,
                    .body_bytes = strlen(body)};
    const char *const headers[] = {arena_format(&arena, "Content-Type: %s",
                                           asked->type != NULL ? asked->type
                                                               : FORM),
            arena_format(&arena, "X-Slack-Request-Timestamp: %s",
                    signature.timestamp),
            arena_format(&arena, "X-Slack-Signature: %s",
                    slack_signature_make(&signature,
                            asked->secret != NULL ? asked->secret : SECRET,
                            &arena)),
            NULL};
    const struct http_request request = {.method = asked->method != NULL
                    ? asked->method
                    : "POST",
            .url = arena_format(&arena, "http://%s%s",
                    server_address(world->server, 0),
                    asked->path != NULL ? asked->path : "/slack/lab/commands"),
            .headers = headers,
            .body = asked->body,
            .body_bytes = strlen(body),
            .deadline_ms = 20000};

    *heard = (struct http_heard){0};
    http_send(world->transport->http, &request, http_asker_hear, heard);
    arena_finish(&arena);
}

static struct http_heard ask(struct world *world, const struct asked *asked)
{
    struct http_heard heard;

    begin(world, asked, &heard);
    assert_true(loop_wait(world->transport->loop, &heard.over));
    return heard;
}

/* --- claims --- */

static void
test_a_signed_command_is_kept_and_answered_with_nothing(void **state)
{
    struct world *world = *state;
    const struct http_heard heard =
            ask(world, &(struct asked){.body = COMMAND});

    assert_int_equal(heard.status, 200);
    assert_int_equal(heard.body_bytes, 0);
    assert_int_equal(world->ears.count, 1);
    slack_ears_expect(&world->ears, 0, EVENT_COMMAND, "today LG");
    assert_string_equal(world->ears.events[0].reply,
            "url U1 1790000000000 https://hooks.slack.com/actions/T1/1/a");
}

static void test_events_and_presses_come_by_their_paths(void **state)
{
    struct world *world = *state;
    static const char press[] =
            "payload=%7B%22type%22%3A%22block_actions%22%2C%22user%22%3A%7B%22"
            "id%22%3A%22U1%22%7D%2C%22channel%22%3A%7B%22id%22%3A%22C1%22%7D%2C"
            "%22trigger_id%22%3A%22t.1%22%2C%22response_url%22%3A%22https%3A%2F"
            "%2Fhooks.slack.com%2Fa%22%2C%22actions%22%3A%5B%7B%22action_id%22"
            "%3A%22paper%22%2C%22selected_option%22%3A%7B%22value%22%3A%22save"
            "%3A2210.11693%22%7D%7D%5D%7D";

    assert_int_equal(ask(world,
                             &(struct asked){.path = "/slack/lab/events",
                                     .type = "application/json",
                                     .body = MENTION})
                             .status,
            200);
    assert_int_equal(ask(world,
                             &(struct asked){.path = "/slack/lab/actions",
                                     .body = press})
                             .status,
            200);
    slack_ears_expect(&world->ears, 0, EVENT_COMMAND, "top");
    slack_ears_expect(&world->ears, 1, EVENT_COMMAND, "save 2210.11693");
}

static void test_what_is_told_again_is_acknowledged_and_kept_once(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 3; i++)
        assert_int_equal(ask(world, &(struct asked){.body = COMMAND}).status,
                200);
    assert_int_equal(world->ears.count, 1);
    assert_int_equal(world->ears.again, 2);
}

static void test_who_is_not_slack_is_refused_with_a_reason(void **state)
{
    struct world *world = *state;
    struct http_heard heard =
            ask(world, &(struct asked){.body = COMMAND, .secret = "another"});

    assert_int_equal(heard.status, 401);
    assert_non_null(strstr(heard.body, "does not fit"));
    heard = ask(world, &(struct asked){.body = COMMAND, .late_s = 301});
    assert_int_equal(heard.status, 401);
    assert_non_null(strstr(heard.body, "signed 301 s ago"));
    heard = ask(world, &(struct asked){.method = "GET"});
    assert_int_equal(heard.status, 405);
    assert_int_equal(world->ears.asked, 0);
    assert_int_equal(((struct slack *)world->account)->in.counts.forged, 2);
}

static void test_the_address_is_verified(void **state)
{
    struct world *world = *state;
    const struct http_heard heard = ask(world,
            &(struct asked){.path = "/slack/lab/events",
                    .type = "application/json; charset=utf-8",
                    .body = "{\"type\":\"url_verification\","
                            "\"challenge\":\"3eZbrw1a\"}"});

    assert_int_equal(heard.status, 200);
    assert_string_equal(heard.body, "3eZbrw1a");
    assert_int_equal(ask(world, &(struct asked){.body = "ssl_check=1&token=x"})
                             .status,
            200);
    assert_int_equal(world->ears.asked, 0);
}

static void test_what_is_no_request_of_slacks_is_refused(void **state)
{
    struct world *world = *state;
    static const struct asked cases[] = {
            {.type = "application/json", .body = "{"},
            {.type = "application/json", .body = "[]"},
            {.type = "text/plain", .body = COMMAND},
            {.body = "text=%zz"},
            {.body = "payload=%7B"},
            {.body = "text=today"},
            {.body = ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct http_heard heard = ask(world, &cases[i]);
        assert_int_equal(heard.status, 400);
        assert_true(heard.body_bytes > 0);
    }
    assert_int_equal(world->ears.asked, 0);
}

static void test_a_busy_store_is_asked_again(void **state)
{
    struct world *world = *state;

    world->ears.busy = 2;
    assert_int_equal(ask(world, &(struct asked){.body = COMMAND}).status, 200);
    assert_int_equal(world->ears.asked, 3);
    assert_int_equal(world->ears.count, 1);
}

static void test_what_is_not_kept_in_time_is_not_acknowledged(void **state)
{
    struct world *world = *state;

    world->ears.busy = UINT_MAX;
    world->ticking.tick_ms = 500;
    const struct http_heard heard =
            ask(world, &(struct asked){.body = COMMAND});
    assert_int_equal(heard.status, 503);
    assert_int_equal(heard.retry_after_ms, 1000);
    assert_true(world->ears.asked >= 2);
    assert_int_equal(world->ears.count, 0);
    world->ears.busy = 0;
    world->ticking.tick_ms = 0;
    assert_int_equal(ask(world, &(struct asked){.body = COMMAND}).status, 200);
    assert_int_equal(world->ears.count, 1);
}

static bool is_waiting(void *ctx)
{
    return ((const struct world *)ctx)->ears.asked > 0;
}

static void test_who_waits_when_the_account_closes_is_told(void **state)
{
    struct world *world = *state;
    struct http_heard heard;

    world->ears.busy = UINT_MAX;
    begin(world, &(struct asked){.body = COMMAND}, &heard);
    assert_true(loop_wait_until(world->transport->loop, is_waiting, world,
            10000));
    world->account->ops->close(world->account);
    world->account = NULL;
    assert_true(loop_wait(world->transport->loop, &heard.over));
    assert_int_equal(heard.status, 503);
    assert_string_equal(heard.body, "the store is busy");
    assert_int_equal(ask(world, &(struct asked){.body = COMMAND}).status, 404);
}

static bool is_known(void *ctx)
{
    const struct world *world = ctx;

    return ((const struct slack *)world->account)->session.known;
}

static void test_another_workspace_is_not_heard(void **state)
{
    struct world *world = *state;

    assert_true(loop_wait_until(world->transport->loop, is_known, world,
            10000));
    const struct http_heard heard =
            ask(world, &(struct asked){.body = "team_id=T2&trigger_id=1.2.a"});
    assert_int_equal(heard.status, 403);
    assert_int_equal(world->ears.asked, 0);
}

static double counted(struct world *world, const char *outcome)
{
    struct arena arena = {0};
    struct measure_list list = {0};
    double value = -1;

    world->account->ops->measures(world->account, &arena, &list);
    for (size_t i = 0; i < list.count; i++)
        if (text_same(list.items[i].labels[1].value, outcome))
            value = list.items[i].value;
    arena_finish(&arena);
    return value;
}

static void test_what_becomes_of_it_is_counted(void **state)
{
    struct world *world = *state;

    ask(world, &(struct asked){.body = COMMAND});
    ask(world, &(struct asked){.body = COMMAND});
    ask(world, &(struct asked){.body = COMMAND, .late_s = 400});
    ask(world, &(struct asked){.body = "text=today"});
    assert_true(counted(world, "kept") == 2);
    assert_true(counted(world, "forged") == 1);
    assert_true(counted(world, "malformed") == 1);
    assert_true(counted(world, "busy") == 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_signed_command_is_kept_and_answered_with_nothing),
            TEST(test_events_and_presses_come_by_their_paths),
            TEST(test_what_is_told_again_is_acknowledged_and_kept_once),
            TEST(test_who_is_not_slack_is_refused_with_a_reason),
            TEST(test_the_address_is_verified),
            TEST(test_what_is_no_request_of_slacks_is_refused),
            TEST(test_a_busy_store_is_asked_again),
            TEST(test_what_is_not_kept_in_time_is_not_acknowledged),
            TEST(test_who_waits_when_the_account_closes_is_told),
            TEST(test_another_workspace_is_not_heard),
            TEST(test_what_becomes_of_it_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
