/*
 * How a Matrix account is let in, and what it does when it is put out.
 */
#include "adapters/channels/channels.h"
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define V3 HOMESERVER_V3
#define ROOM "!abc:example.org"
#define ROOM_PATH V3 "/rooms/%21abc%3Aexample.org/send/m.room.message/"
#define WHOAMI "{\"user_id\":\"@bot:example.org\",\"device_id\":\"DEV\"}"
#define EXPIRED                                                                \
    "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"expired\","                  \
    "\"soft_logout\":true}"
#define GONE "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"gone\"}"

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static const char *const by_password[] = {"user", "bot", "password",
        "the secret word", NULL};

static void gives(struct homeserver *home, const char *path, unsigned times,
        const char *token, const char *refresh, int64_t life_ms)
{
    char body[400];

    snprintf(body, sizeof body,
            "{\"user_id\":\"@bot:example.org\",\"device_id\":\"DEV\","
            "\"access_token\":\"%s\",\"refresh_token\":\"%s\","
            "\"expires_in_ms\":%lld}",
            token, refresh, (long long)life_ms);
    homeserver_answer(home, "POST", path, times, 200, body);
}

static void is_well(struct homeserver *home)
{
    homeserver_answer(home, "GET", V3 "/account/whoami", 0, 200, WHOAMI);
    homeserver_answer(home, "PUT", ROOM_PATH, 0, 200,
            "{\"event_id\":\"$event\"}");
}

static const char *body_of(struct homeserver *home, const char *path, size_t n)
{
    return http_server_record(home->server,
            homeserver_index(home, "POST", path, n))
            ->body;
}

static const char *bearer_of(struct homeserver *home, const char *method,
        const char *path, size_t n)
{
    return http_server_header(home->server,
            homeserver_index(home, method, path, n), "Authorization");
}

static void test_with_a_password_it_logs_in_once_and_keeps_it(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    const char *body = body_of(home, V3 "/login", 0);
    assert_non_null(strstr(body, "\"type\":\"m.login.password\""));
    assert_non_null(strstr(body,
            "\"identifier\":{\"type\":\"m.id.user\",\"user\":\"bot\"}"));
    assert_non_null(strstr(body, "\"password\":\"the secret word\""));
    assert_non_null(strstr(body, "\"refresh_token\":true"));
    assert_non_null(strstr(body, "\"initial_device_display_name\":"));
    assert_null(strstr(body, "device_id"));
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 0),
            "Bearer secret-1");
    assert_non_null(strstr(remembered_value(&home->remembered, "login"),
            "secret-1"));
    /* The next run goes on with it. */
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k2").failed);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 1);
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 1),
            "Bearer secret-1");
}

static void test_what_another_user_was_given_is_not_taken(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 1, "secret-1", "", 0);
    gives(home, V3 "/login", 1, "secret-2", "", 0);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_verify(home).failed);
    homeserver_account(home,
            (const char *const[]){"user", "@bot:example.org", "password",
                    "another secret", NULL});
    assert_false(homeserver_verify(home).failed);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 2);
    assert_null(strstr(body_of(home, V3 "/login", 1), "device_id"));
}

static void test_an_expired_token_is_renewed_and_asked_with_again(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    gives(home, V3 "/refresh", 0, "secret-2", "refresh-secret-2", 3600000);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_string_equal(body_of(home, V3 "/refresh", 0),
            "{\"refresh_token\":\"refresh-secret-1\"}");
    assert_string_equal(bearer_of(home, "POST", V3 "/refresh", 0), "");
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 1),
            "Bearer secret-2");
    assert_string_equal(http_server_record(home->server,
                                homeserver_index(home, "PUT", ROOM_PATH, 0))
                                ->target,
            http_server_record(home->server,
                    homeserver_index(home, "PUT", ROOM_PATH, 1))
                    ->target);
    assert_non_null(strstr(remembered_value(&home->remembered, "login"),
            "refresh-secret-2"));
}

static void test_a_token_near_its_end_is_renewed_before_it_is_used(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 40);
    gives(home, V3 "/refresh", 0, "secret-2", "", 3600000);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_verify(home).failed);
    homeserver_pass(home, 60);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 0),
            "Bearer secret-2");
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 1);
}

static void test_many_wait_for_one_renewal(void **state)
{
    struct homeserver *home = *state;
    const struct http_script slow = {.method = "POST",
            .path = V3 "/refresh",
            .delay_ms = 40,
            .body = "{\"access_token\":\"secret-2\",\"expires_in_ms\":900000,"
                    "\"refresh_token\":\"refresh-secret-2\"}"};
    struct outbox_row row = sent_row(ROOM, "k", "{}");
    struct sent sends[4];

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    http_server_script(home->server, &slow);
    homeserver_answer(home, "PUT", ROOM_PATH, 3, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_verify(home).failed);
    for (int i = 0; i < 3; i++)
        sent_begin(&sends[i], home->account, &row);
    homeserver_wait_asked(home, "POST", V3 "/refresh", 1);
    sent_begin(&sends[3], home->account, &row);
    for (int i = 0; i < 4; i++) {
        sent_wait(&sends[i], home->transport->loop);
        assert_false(sends[i].failed);
    }
    assert_int_equal(homeserver_asked(home, "POST", V3 "/refresh"), 1);
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 7);
}

static void test_a_new_pair_is_kept_before_it_is_used(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    gives(home, V3 "/refresh", 0, "secret-2", "refresh-secret-2", 3600000);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_verify(home).failed);
    home->remembered.broken = true;
    struct sent sent = homeserver_send(home, ROOM, "k1");
    assert_true(sent.failed);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    sent = homeserver_send(home, ROOM, "k1");
    assert_true(sent.failed);
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 1);
    home->remembered.broken = false;
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/refresh"), 1);
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 1),
            "Bearer secret-2");
}

static void test_what_another_process_renewed_is_taken(void **state)
{
    struct homeserver *home = *state;
    struct remembered *remembered = &home->remembered;
    char other[600];

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, GONE);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_verify(home).failed);
    snprintf(other, sizeof other, "%s", remembered_value(remembered, "login"));
    *strstr(other, "secret-1") = 'S';
    remembered_set(remembered, "login", other);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 1),
            "Bearer Secret-1");
    assert_int_equal(homeserver_asked(home, "POST", V3 "/refresh"), 0);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 1);
}

static void test_after_a_soft_logout_it_is_the_same_device_again(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 1, "secret-1", "refresh-secret-1", 3600000);
    gives(home, V3 "/login", 1, "secret-2", "refresh-secret-2", 3600000);
    homeserver_answer(home, "POST", V3 "/refresh", 0, 401, EXPIRED);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_non_null(strstr(body_of(home, V3 "/login", 1),
            "\"device_id\":\"DEV\""));
    assert_string_equal(bearer_of(home, "PUT", ROOM_PATH, 1),
            "Bearer secret-2");
}

static void test_a_logout_for_good_stops_and_is_asked_no_more(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, GONE);
    is_well(home);
    homeserver_account(home, by_password);
    struct sent sent = homeserver_send(home, ROOM, "k1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    size_t asked = http_server_count(home->server);
    for (int i = 0; i < 3; i++) {
        sent = homeserver_send(home, ROOM, "k1");
        assert_int_equal(sent.err.kind, ERROR_STOP);
        assert_non_null(strstr(sent.err.text, "logged bot out"));
        assert_non_null(strstr(sent.err.text, "start paperboy again"));
        assert_int_equal(homeserver_verify(home).err.kind, ERROR_STOP);
    }
    assert_int_equal(http_server_count(home->server), asked);
    /* A person started it again: it logs in as the same device. */
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 2);
    assert_non_null(strstr(body_of(home, V3 "/login", 1),
            "\"device_id\":\"DEV\""));
}

static void test_a_refresh_token_that_is_gone_stops_too(void **state)
{
    struct homeserver *home = *state;

    gives(home, V3 "/login", 0, "secret-1", "refresh-secret-1", 3600000);
    homeserver_answer(home, "POST", V3 "/refresh", 0, 401, GONE);
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    struct sent sent = homeserver_send(home, ROOM, "k1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "logged bot out"));
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 1);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/refresh"), 1);
}

static void test_a_wrong_password_is_tried_once(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", V3 "/login", 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"the secret word is "
            "wrong\"}");
    is_well(home);
    homeserver_account(home, by_password);
    for (int i = 0; i < 3; i++) {
        struct sent sent = homeserver_send(home, ROOM, "k1");
        assert_int_equal(sent.err.kind, ERROR_STOP);
        assert_non_null(strstr(sent.err.text, "user or password is wrong"));
    }
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 1);
}

static void test_logging_in_may_have_to_wait(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", V3 "/login", 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":7000}");
    homeserver_answer(home, "POST", V3 "/login", 1, 502, "");
    homeserver_answer(home, "POST", V3 "/login", 1, 200, "{}");
    homeserver_answer(home, "POST", V3 "/login", 1, 200,
            "{\"access_token\":\"two\\nlines\"}");
    gives(home, V3 "/login", 0, "secret-1", "", 0);
    is_well(home);
    homeserver_account(home, by_password);
    struct sent sent = homeserver_send(home, ROOM, "k1");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 7000);
    for (int i = 0; i < 3; i++)
        assert_int_equal(homeserver_send(home, ROOM, "k1").err.kind,
                ERROR_RETRY);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
}

static void test_a_server_without_refresh_tokens_will_do(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", V3 "/login", 0, 200,
            "{\"user_id\":\"@bot:example.org\",\"device_id\":\"DEV\","
            "\"access_token\":\"secret-1\"}");
    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home, by_password);
    assert_false(homeserver_send(home, ROOM, "k1").failed);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/login"), 2);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/refresh"), 0);
}

static void test_an_expired_token_of_the_configuration_stops(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "PUT", ROOM_PATH, 1, 401, EXPIRED);
    is_well(home);
    homeserver_account(home,
            (const char *const[]){"token", "syt_secret", NULL});
    assert_int_equal(homeserver_send(home, ROOM, "k1").err.kind, ERROR_STOP);
    struct sent sent = homeserver_send(home, ROOM, "k1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "set token"));
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PATH), 1);
    assert_int_equal(home->remembered.puts, 0);
}

static void test_where_nothing_can_be_kept_nobody_logs_in(void **state)
{
    struct homeserver *home = *state;
    const struct setting items[] = {{"homeserver",
                                            http_server_url(home->server)},
            {"user", "bot"}, {"password", "a secret"}};
    const struct settings settings = {.name = "home",
            .items = items,
            .count = 3,
            .contact = ""};

    homeserver_answer(home, "GET", V3 "/login", 1, 200,
            "{\"flows\":[{\"type\":\"m.login.sso\"},"
            "{\"type\":\"m.login.password\"}]}");
    homeserver_answer(home, "GET", V3 "/login", 1, 200,
            "{\"flows\":[{\"type\":\"m.login.sso\"}]}");
    homeserver_answer(home, "GET", V3 "/login", 0, 200,
            "{\"flows\":[{\"type\":\"m.login.password\"}]}");
    home->account = matrix_kind.open(&settings, home->transport, NULL, NULL);
    assert_false(homeserver_verify(home).failed);
    struct sent sent = homeserver_verify(home);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "set a token"));
    sent = homeserver_send(home, ROOM, "k1");
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "no database yet"));
    assert_int_equal(homeserver_asked(home, "POST", V3), 0);
}

static void test_one_way_in_is_needed_and_not_two(void **state)
{
    struct homeserver *home = *state;
    static const struct {
        const char *token, *user, *password, *says;
    } cases[] = {
            {NULL, NULL, NULL, "token is missing"},
            {"secret", "bot", "secret", "not both"},
            {NULL, NULL, "secret", "user is missing"},
            {NULL, "@bot", "secret", "user id"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct setting items[4] = {
                {"homeserver", http_server_url(home->server)}};
        size_t count = 1;
        struct error err = {0};
        if (cases[i].token != NULL)
            items[count++] = (struct setting){"token", cases[i].token};
        if (cases[i].user != NULL)
            items[count++] = (struct setting){"user", cases[i].user};
        if (cases[i].password != NULL)
            items[count++] = (struct setting){"password", cases[i].password};
        const struct settings settings = {.name = "home",
                .items = items,
                .count = count,
                .contact = ""};
        assert_null(matrix_kind.open(&settings, home->transport, NULL, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, cases[i].says));
    }
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_with_a_password_it_logs_in_once_and_keeps_it),
            wire_test(test_what_another_user_was_given_is_not_taken),
            wire_test(test_an_expired_token_is_renewed_and_asked_with_again),
            wire_test(test_a_token_near_its_end_is_renewed_before_it_is_used),
            wire_test(test_many_wait_for_one_renewal),
            wire_test(test_a_new_pair_is_kept_before_it_is_used),
            wire_test(test_what_another_process_renewed_is_taken),
            wire_test(test_after_a_soft_logout_it_is_the_same_device_again),
            wire_test(test_a_logout_for_good_stops_and_is_asked_no_more),
            wire_test(test_a_refresh_token_that_is_gone_stops_too),
            wire_test(test_a_wrong_password_is_tried_once),
            wire_test(test_logging_in_may_have_to_wait),
            wire_test(test_a_server_without_refresh_tokens_will_do),
            wire_test(test_an_expired_token_of_the_configuration_stops),
            wire_test(test_where_nothing_can_be_kept_nobody_logs_in),
            wire_test(test_one_way_in_is_needed_and_not_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
