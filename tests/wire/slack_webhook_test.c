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

#define PATH "/services/T00/B00/secretsecret"

struct world {
    struct transport *transport;
    struct http_server *server;
    struct account *account;
};

static struct account *open_slack(struct transport *transport,
        const char *webhook, struct error *err)
{
    const struct setting items[] = {{"webhook", webhook}};
    const struct settings settings = {.name = "team",
            .items = items,
            .count = 1,
            .contact = ""};

    return slack_webhook_kind.open(&settings, transport, NULL, err);
}

static int set_up(void **state)
{
    static struct world world;

    world.transport = transport_open(NULL);
    world.server = http_server_open(world.transport->loop);
    world.account = open_slack(world.transport,
            http_server_address(world.server, PATH), NULL);
    *state = &world;
    return world.account != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    world->account->ops->close(world->account);
    http_server_close(world->server);
    transport_close(world->transport);
    return 0;
}

static struct sent post(struct world *world, const char *payload)
{
    struct outbox_row row = sent_row("webhook", "key-1", payload);
    struct sent sent;

    sent_begin(&sent, world->account, &row);
    sent_wait(&sent, world->transport->loop);
    if (sent.failed)
        assert_null(strstr(sent.err.text, "secret"));
    return sent;
}

static void test_the_payload_is_posted_byte_for_byte(void **state)
{
    struct world *world = *state;
    const char *payload = "{\"text\":\"论文 \\u2026\",\"blocks\":[]}";

    http_server_answer(world->server, "POST", PATH, 0, 200, "ok");
    struct sent sent = post(world, payload);
    assert_false(sent.failed);
    assert_string_equal(sent.id, "");
    const struct http_record *record = http_server_record(world->server, 0);
    assert_string_equal(record->body, payload);
    assert_string_equal(record->target, PATH);
    assert_string_equal(http_server_header(world->server, 0, "Content-Type"),
            "application/json");
}

static void test_each_word_of_refusal_has_its_reaction(void **state)
{
    struct world *world = *state;
    static const struct {
        int status;
        const char *word;
        enum error_kind kind;
    } cases[] = {
            {400, "invalid_payload", ERROR_REJECTED},
            {400, "no_text", ERROR_REJECTED},
            {400, "invalid_blocks", ERROR_REJECTED},
            {400, "too_many_attachments", ERROR_REJECTED},
            {404, "no_service", ERROR_STOP},
            {404, "no_service_id", ERROR_STOP},
            {404, "no_active_hooks", ERROR_STOP},
            {404, "no_team", ERROR_STOP},
            {403, "team_disabled", ERROR_STOP},
            {404, "channel_not_found", ERROR_STOP},
            {410, "channel_is_archived", ERROR_STOP},
            {403, "action_prohibited", ERROR_STOP},
            {403, "posting_to_general_channel_denied", ERROR_STOP},
            {403, "invalid_token", ERROR_STOP},
            {429, "rate_limited", ERROR_RETRY},
            /* statuses vary: the word decides */
            {200, "invalid_blocks", ERROR_REJECTED},
            {500, "channel_is_archived", ERROR_STOP},
            {400, "no_service\n", ERROR_STOP},
            {200, "rate_limited", ERROR_RETRY},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        http_server_answer(world->server, "POST", PATH, 1, cases[i].status,
                cases[i].word);
        struct sent sent = post(world, "{}");
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
        assert_non_null(strstr(sent.err.text, "slack: "));
    }
}

static void test_without_a_known_word_the_status_decides(void **state)
{
    struct world *world = *state;
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
        bool maybe_taken;
    } cases[] = {
            {404, "<html>no " PATH " here</html>", ERROR_STOP, false},
            {403, "", ERROR_STOP, false},
            {410, "gone_for_good", ERROR_STOP, false},
            {302, "", ERROR_STOP, false},
            {400, "strange_word", ERROR_REJECTED, false},
            {413, "", ERROR_REJECTED, false},
            {408, "", ERROR_RETRY, false},
            {429, "", ERROR_RETRY, false},
            {500, "", ERROR_RETRY, true},
            {502, PATH, ERROR_RETRY, true},
            {503, "busy", ERROR_RETRY, false},
            {200, "okay then", ERROR_RETRY, true},
            {200, "", ERROR_RETRY, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        http_server_answer(world->server, "POST", PATH, 1, cases[i].status,
                cases[i].body);
        struct sent sent = post(world, "{}");
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
        assert_int_equal(sent.maybe_taken, cases[i].maybe_taken);
        if (cases[i].status == 200)
            assert_string_equal(sent.err.text,
                    "slack: something else than Slack answered: HTTP 200");
    }
}

static void test_the_wait_that_slack_names_is_passed_on(void **state)
{
    struct world *world = *state;
    const struct http_script script = {.path = PATH,
            .status = 429,
            .headers = "Retry-After: 30\r\n",
            .body = "rate_limited"};

    http_server_script(world->server, &script);
    struct sent sent = post(world, "{}");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 30000);
    assert_false(sent.maybe_taken);
}

static void test_a_lost_answer_leaves_it_uncertain(void **state)
{
    struct world *world = *state;
    static const enum http_server_act acts[] = {SERVER_HANG_UP,
            SERVER_TRUNCATE};

    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        const struct http_script script = {.path = PATH,
                .times = 1,
                .body = "ok",
                .act = acts[i]};
        http_server_script(world->server, &script);
        struct sent sent = post(world, "{}");
        assert_int_equal(sent.err.kind, ERROR_RETRY);
        assert_true(sent.maybe_taken);
    }
    assert_int_equal(http_server_count(world->server), 2); /* never by itself */
}

static void test_a_huge_answer_is_not_read(void **state)
{
    struct world *world = *state;
    static char huge[100000];
    const struct http_script script = {.path = PATH,
            .body = huge,
            .body_bytes = sizeof huge};

    memset(huge, 'o', sizeof huge);
    http_server_script(world->server, &script);
    struct sent sent = post(world, "{}");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_true(sent.maybe_taken);
}

static void test_verifying_posts_nothing(void **state)
{
    struct world *world = *state;
    struct sent sent;

    sent_begin_verify(&sent, world->account);
    sent_wait(&sent, world->transport->loop);
    assert_false(sent.failed);
    assert_int_equal(http_server_count(world->server), 0);
}

static void test_a_webhook_that_is_no_address_is_refused(void **state)
{
    struct world *world = *state;
    static const char *const bad[] = {"", "secret",
            "http://hooks.slack.com/secret", "ftp://hooks.slack.com/secret"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_null(open_slack(world->transport, bad[i], &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, "https://"));
        assert_null(strstr(err.text, "secret"));
        assert_non_null(slack_webhook_kind.keys[0].flaw(bad[i]));
    }
    assert_null(slack_webhook_kind.keys[0]
                        .flaw("https://hooks.slack.com/services/x"));
    assert_true(slack_webhook_kind.keys[0].secret);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_the_payload_is_posted_byte_for_byte),
            wire_test(test_each_word_of_refusal_has_its_reaction),
            wire_test(test_without_a_known_word_the_status_decides),
            wire_test(test_the_wait_that_slack_names_is_passed_on),
            wire_test(test_a_lost_answer_leaves_it_uncertain),
            wire_test(test_a_huge_answer_is_not_read),
            wire_test(test_verifying_posts_nothing),
            wire_test(test_a_webhook_that_is_no_address_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
