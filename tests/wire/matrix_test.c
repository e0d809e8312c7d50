#include "adapters/channels/channels.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/sent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define V3 "/_matrix/client/v3"
#define TOKEN "syt_secretsecret"
#define ROOM "!abc:example.org"
#define ROOM_PATH V3 "/rooms/%21abc%3Aexample.org/send/m.room.message/"
#define ENCRYPTION_PATH                                                        \
    V3 "/rooms/%21abc%3Aexample.org/state/m.room.encryption/"
#define ALIAS "#ml:example.org"
#define ALIAS_PATH V3 "/directory/room/%23ml%3Aexample.org"
#define WHOAMI "{\"user_id\":\"@bot:example.org\",\"device_id\":\"DEV\"}"
#define VERSIONS "{\"versions\":[\"r0.6.1\",\"v1.1\"]}"

struct world {
    struct transport *transport;
    struct http_server *server;
    struct account *account;
};

static struct account *open_matrix(struct world *world, const char *homeserver,
        const char *user, struct error *err)
{
    const struct setting items[] = {{"homeserver", homeserver},
            {"token", TOKEN}, {"user", user}};
    const struct settings settings = {.name = "home",
            .items = items,
            .count = user != NULL ? 3 : 2,
            .contact = ""};

    return matrix_kind.open(&settings, world->transport, NULL, err);
}

static int set_up(void **state)
{
    static struct world world;

    world.transport = transport_open(NULL);
    world.server = http_server_open(world.transport->loop);
    world.account =
            open_matrix(&world, http_server_url(world.server), NULL, NULL);
    *state = &world;
    return world.account != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    /* The token goes into one header and nowhere else. */
    for (size_t i = 0; i < http_server_count(world->server); i++)
        assert_null(strstr(http_server_record(world->server, i)->target,
                "secret"));
    world->account->ops->close(world->account);
    http_server_close(world->server);
    transport_close(world->transport);
    return 0;
}

static void answer(struct world *world, const char *method, const char *path,
        unsigned times, int status, const char *body)
{
    http_server_answer(world->server, method, path, times, status, body);
}

/* A homeserver in good order, once what a test has scripted before is used. */
static void script_start(struct world *world)
{
    answer(world, "GET", "/_matrix/client/versions", 0, 200, VERSIONS);
    answer(world, "GET", V3 "/account/whoami", 0, 200, WHOAMI);
}

static void script_room(struct world *world)
{
    answer(world, "PUT", ROOM_PATH, 0, 200, "{\"event_id\":\"$event\"}");
}

static struct sent send_to(struct world *world, const char *room,
        const char *key)
{
    struct outbox_row row = sent_row(room, key, "{\"msgtype\":\"m.text\"}");
    struct sent sent;

    sent_begin(&sent, world->account, &row);
    sent_wait(&sent, world->transport->loop);
    if (sent.failed)
        assert_null(strstr(sent.err.text, "secret"));
    return sent;
}

static struct sent verify(struct world *world)
{
    struct sent sent;

    sent_begin_verify(&sent, world->account);
    sent_wait(&sent, world->transport->loop);
    if (sent.failed)
        assert_null(strstr(sent.err.text, "secret"));
    return sent;
}

static void assert_asked(struct world *world, size_t index, const char *method,
        const char *target)
{
    assert_true(index < http_server_count(world->server));
    const struct http_record *record = http_server_record(world->server, index);
    assert_string_equal(record->method, method);
    assert_string_equal(record->target, target);
}

/* --- starting --- */

static void test_the_first_send_starts_the_account(void **state)
{
    struct world *world = *state;

    script_start(world);
    script_room(world);
    struct sent sent = send_to(world, ROOM, "key-1");
    assert_false(sent.failed);
    assert_string_equal(sent.id, "$event");
    assert_asked(world, 0, "GET", "/.well-known/matrix/client");
    assert_asked(world, 1, "GET", "/_matrix/client/versions");
    assert_asked(world, 2, "GET", V3 "/account/whoami");
    assert_asked(world, 3, "GET", ENCRYPTION_PATH);
    assert_asked(world, 4, "PUT", ROOM_PATH "key-1");
    assert_string_equal(http_server_header(world->server, 0, "Authorization"),
            "");
    assert_string_equal(http_server_header(world->server, 1, "Authorization"),
            "");
    for (size_t i = 2; i < 5; i++)
        assert_string_equal(http_server_header(world->server, i,
                                    "Authorization"),
                "Bearer " TOKEN);
    assert_string_equal(http_server_record(world->server, 4)->body,
            "{\"msgtype\":\"m.text\",\"org.paperboy.key\":\"key-1\"}");
    send_to(world, ROOM, "key-2");
    assert_int_equal(http_server_count(world->server), 7); /* started once */
}

static void test_discovery_leads_to_the_homeserver(void **state)
{
    struct world *world = *state;
    struct http_server *other = http_server_open(world->transport->loop);
    char body[200];

    snprintf(body, sizeof body,
            "{\"m.homeserver\":{\"base_url\":\"%s/base/\"},"
            "\"m.identity_server\":{}}",
            http_server_url(other));
    answer(world, "GET", "/.well-known/matrix/client", 0, 200, body);
    http_server_answer(other, "GET", "/base/_matrix/client/versions", 0, 200,
            VERSIONS);
    http_server_answer(other, "GET", "/base" V3 "/account/whoami", 0, 200,
            WHOAMI);
    http_server_answer(other, "PUT", "/base" ROOM_PATH, 0, 200,
            "{\"event_id\":\"$there\"}");
    struct sent sent = send_to(world, ROOM, "key-1");
    assert_string_equal(sent.id, "$there");
    assert_int_equal(http_server_count(world->server), 1);
    http_server_close(other);
}

static void test_a_page_where_discovery_would_be_says_nothing(void **state)
{
    struct world *world = *state;

    answer(world, "GET", "/.well-known/matrix/client", 0, 200,
            "\n<html>Welcome</html>");
    script_start(world);
    script_room(world);
    assert_false(send_to(world, ROOM, "key-1").failed);
}

static void test_a_discovery_without_a_homeserver_says_nothing(void **state)
{
    struct world *world = *state;

    answer(world, "GET", "/.well-known/matrix/client", 0, 200, "{}");
    script_start(world);
    script_room(world);
    assert_false(send_to(world, ROOM, "key-1").failed);
}

static void test_a_refused_discovery_says_nothing(void **state)
{
    struct world *world = *state;

    answer(world, "GET", "/.well-known/matrix/client", 0, 403, "");
    script_start(world);
    script_room(world);
    assert_false(send_to(world, ROOM, "key-1").failed);
}

static void test_discovery_gone_wrong_fails_the_start(void **state)
{
    struct world *world = *state;
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
    } cases[] = {
            {200, "{", ERROR_RETRY},
            {200, "{\"m.homeserver\":[]}", ERROR_RETRY},
            {200, "{\"m.homeserver\":{\"base_url\":7}}", ERROR_RETRY},
            {200, "{\"m.homeserver\":{\"base_url\":\"nonsense\"}}", ERROR_STOP},
            {200, "{\"m.homeserver\":{\"base_url\":\"http://example.org\"}}",
                    ERROR_STOP},
            {500, "", ERROR_RETRY},
            {429, "{\"errcode\":\"M_LIMIT_EXCEEDED\"}", ERROR_RETRY},
    };

    script_start(world);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        answer(world, "GET", "/.well-known/matrix/client", 1, cases[i].status,
                cases[i].body);
        struct sent sent = send_to(world, ROOM, "key-1");
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
        assert_non_null(strstr(sent.err.text, ".well-known"));
        assert_false(sent.maybe_taken);
    }
    script_room(world);
    assert_false(send_to(world, ROOM, "key-1").failed); /* tried again */
}

static void test_versions_must_hold_one_of_ours(void **state)
{
    struct world *world = *state;
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
    } cases[] = {
            {200, "{\"versions\":[\"r0.5.0\"]}", ERROR_STOP},
            {200, "{\"versions\":[]}", ERROR_STOP},
            {200, "{\"versions\":[7]}", ERROR_RETRY},
            {200, "{\"versions\":{}}", ERROR_RETRY},
            {200, "[]", ERROR_RETRY},
            {200, "not JSON", ERROR_RETRY},
            {404, "", ERROR_STOP},
            {502, "", ERROR_RETRY},
            {301, "", ERROR_STOP},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        answer(world, "GET", "/_matrix/client/versions", 1, cases[i].status,
                cases[i].body);
        struct sent sent = verify(world);
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
    }
}

static void test_a_dead_token_stops_with_a_remedy(void **state)
{
    struct world *world = *state;

    answer(world, "GET", V3 "/account/whoami", 0, 401,
            "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"no " TOKEN
            " here\",\"soft_logout\":false}");
    script_start(world);
    struct sent sent = send_to(world, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "log in again"));
    assert_non_null(strstr(sent.err.text, "M_UNKNOWN_TOKEN"));
    sent = verify(world);
    assert_int_equal(sent.err.kind, ERROR_STOP);
}

static void test_a_token_that_dies_later_stops_the_account(void **state)
{
    struct world *world = *state;

    answer(world, "PUT", ROOM_PATH, 1, 401,
            "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"x\"}");
    script_start(world);
    script_room(world);
    struct sent sent = send_to(world, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    for (int i = 0; i < 3; i++) {
        sent = send_to(world, ROOM, "key-1");
        assert_int_equal(sent.err.kind, ERROR_STOP);
        assert_non_null(strstr(sent.err.text, "set token"));
    }
    /* What is not said with the token may be asked: where the server is. */
    for (size_t i = 5; i < http_server_count(world->server); i++)
        assert_string_equal(http_server_header(world->server, i,
                                    "Authorization"),
                "");
}

static void test_whoami_is_not_believed_blindly(void **state)
{
    struct world *world = *state;
    static const char *const bad[] = {"{}", "{\"user_id\":\"bot\"}",
            "{\"user_id\":[\"@a:b\"]}",
            "{\"user_id\":\"@a:b\",\"device_id\":1}", "[]", "", "nul\\u0000"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        answer(world, "GET", V3 "/account/whoami", 1, 200, bad[i]);
    script_start(world);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(verify(world).err.kind, ERROR_RETRY);
    assert_false(verify(world).failed);
}

static void test_the_token_must_be_the_users(void **state)
{
    struct world *world = *state;

    script_start(world);
    world->account->ops->close(world->account);
    world->account = open_matrix(world, http_server_url(world->server),
            "@other:example.org", NULL);
    struct sent sent = verify(world);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "@bot:example.org"));
    assert_non_null(strstr(sent.err.text, "@other:example.org"));
}

static void test_sends_wait_for_one_start_together(void **state)
{
    struct world *world = *state;
    struct outbox_row row = sent_row(ROOM, "key", "{}");
    struct sent sends[3], verified;

    script_start(world);
    script_room(world);
    for (int i = 0; i < 3; i++)
        sent_begin(&sends[i], world->account, &row);
    sent_begin_verify(&verified, world->account);
    for (int i = 0; i < 3; i++) {
        sent_wait(&sends[i], world->transport->loop);
        assert_false(sends[i].failed);
    }
    sent_wait(&verified, world->transport->loop);
    assert_false(verified.failed);
    assert_int_equal(http_server_count(world->server), 3 + 2 * 3);
}

static void test_one_called_off_does_not_stop_the_start(void **state)
{
    struct world *world = *state;
    struct outbox_row row = sent_row(ROOM, "key", "{}");
    struct sent gone, stays;

    script_start(world);
    script_room(world);
    struct request *request = sent_begin(&gone, world->account, &row);
    sent_begin(&stays, world->account, &row);
    request_cancel(request);
    sent_wait(&stays, world->transport->loop);
    assert_false(stays.failed);
    assert_int_equal(gone.times, 0);
}

struct again {
    struct world *world;
    struct outbox_row row;
    struct sent second;
};

static void send_again(void *cookie, const struct account_receipt *receipt,
        const struct error *err)
{
    struct again *again = cookie;

    (void)receipt;
    assert_non_null(err);
    sent_begin(&again->second, again->world->account, &again->row);
}

static void test_who_is_told_of_a_failed_start_may_try_again(void **state)
{
    struct world *world = *state;
    struct again again = {.world = world, .row = sent_row(ROOM, "k", "{}")};

    answer(world, "GET", "/_matrix/client/versions", 1, 503, "");
    script_start(world);
    script_room(world);
    world->account->ops->send(world->account, &again.row, send_again, &again);
    sent_wait(&again.second, world->transport->loop);
    assert_false(again.second.failed);
}

/* --- settings --- */

static void test_settings_that_cannot_work_are_refused(void **state)
{
    struct world *world = *state;
    static const char *const bad[] = {"", "http://example.org",
            "ftp://example.org", "https://", "https://a b",
            "https://example.org/?x=y"};
    static const char *const good[] = {"example.org", "https://example.org",
            "https://example.org:8448/base/", "http://localhost:8008",
            "http://[::1]:8008"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_null(open_matrix(world, bad[i], NULL, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, "homeserver"));
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct account *account = open_matrix(world, good[i], NULL, NULL);
        assert_non_null(account);
        account->ops->close(account);
    }
    assert_null(open_matrix(world, "example.org", "the bot", NULL));
    const struct setting_spec *token = &matrix_kind.keys[1];
    assert_true(token->secret);
    assert_non_null(token->flaw("two words"));
    assert_non_null(token->flaw("line\r\nX-Header: y"));
    assert_null(token->flaw(TOKEN));
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_the_first_send_starts_the_account),
            wire_test(test_discovery_leads_to_the_homeserver),
            wire_test(test_a_page_where_discovery_would_be_says_nothing),
            wire_test(test_a_discovery_without_a_homeserver_says_nothing),
            wire_test(test_a_refused_discovery_says_nothing),
            wire_test(test_discovery_gone_wrong_fails_the_start),
            wire_test(test_versions_must_hold_one_of_ours),
            wire_test(test_a_dead_token_stops_with_a_remedy),
            wire_test(test_a_token_that_dies_later_stops_the_account),
            wire_test(test_whoami_is_not_believed_blindly),
            wire_test(test_the_token_must_be_the_users),
            wire_test(test_sends_wait_for_one_start_together),
            wire_test(test_one_called_off_does_not_stop_the_start),
            wire_test(test_who_is_told_of_a_failed_start_may_try_again),
            wire_test(test_settings_that_cannot_work_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
