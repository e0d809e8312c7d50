#include "adapters/channels/channels.h"
#include "adapters/channels/slack.h"
#include "tests/support/loop_wait.h"
#include "tests/support/slack_bot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct verdict {
    bool over, allowed, failed;
    struct error err;
};

static void on_verdict(void *cookie, bool allowed, const struct error *err)
{
    struct verdict *verdict = cookie;

    verdict->over = true;
    verdict->allowed = allowed;
    verdict->failed = err != NULL;
    if (err != NULL)
        verdict->err = *err;
}

static struct verdict ask(struct slack_bot *bot, const char *room)
{
    const struct channel channel = {.room = room};
    struct verdict verdict = {0};

    slack_role_permission(bot->account, &channel, "U 1", on_verdict, &verdict);
    assert_false(verdict.over);
    assert_true(loop_wait(bot->transport->loop, &verdict.over));
    return verdict;
}

static void answer(struct slack_bot *bot, const char *user)
{
    char body[256];

    snprintf(body, sizeof body, "{\"ok\":true,\"user\":%s}", user);
    http_server_answer(bot->server, "POST", "/users.info", 1, 200, body);
}

static void test_owners_and_admins_of_the_workspace_are_in_charge(void **state)
{
    struct slack_bot *bot = *state;
    static const struct {
        const char *user;
        bool allowed;
    } cases[] = {
            {"{\"is_admin\":true,\"is_owner\":false}", true},
            {"{\"is_admin\":true,\"is_owner\":true}", true},
            {"{\"is_owner\":true}", true},
            {"{\"is_admin\":false,\"is_owner\":false}", false},
            {"{}", false},
            {"{\"is_admin\":true,\"is_bot\":true}", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answer(bot, cases[i].user);
        const struct verdict verdict = ask(bot, SLACK_BOT_ROOM);
        assert_false(verdict.failed);
        assert_int_equal(verdict.allowed, cases[i].allowed);
    }
    assert_string_equal(slack_bot_body(bot, 0), "user=U%201");
}

static void test_what_slack_does_not_say_allows_nothing(void **state)
{
    struct slack_bot *bot = *state;

    http_server_answer(bot->server, "POST", "/users.info", 1, 200,
            "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":"
            "\"users:read\"}");
    struct verdict verdict = ask(bot, SLACK_BOT_ROOM);
    assert_true(verdict.failed);
    assert_false(verdict.allowed);
    assert_non_null(strstr(verdict.err.text, "users:read"));
    answer(bot, "{\"is_admin\":\"yes\"}");
    verdict = ask(bot, SLACK_BOT_ROOM);
    assert_true(verdict.failed);
    assert_false(verdict.allowed);
}

static void test_everybody_is_in_charge_of_his_own_conversation(void **state)
{
    struct slack_bot *bot = *state;
    const struct verdict verdict = ask(bot, "D0123456789");

    assert_true(verdict.allowed);
    assert_int_equal(http_server_count(bot->server), 0);
}

static const struct account_ops *ops_with(struct slack_bot *bot,
        const char *key, const char *value)
{
    const struct setting items[] = {{"token", SLACK_BOT_TOKEN}, {key, value}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 2,
            .contact = ""};
    struct account *account =
            slack_kind.open(&settings, bot->transport, NULL, NULL);

    if (account == NULL)
        return NULL;
    const struct account_ops *ops = account->ops;
    account->ops->close(account);
    return ops;
}

static void test_it_listens_where_it_can_be_told_something(void **state)
{
    struct slack_bot *bot = *state;

    assert_false(bot->account->ops->abilities & ACCOUNT_LISTENS);
    assert_null(bot->account->ops->command_form);
    const struct account_ops *ops = ops_with(bot, "app_token", "xapp-1");
    assert_true(ops->abilities & ACCOUNT_LISTENS);
    assert_string_equal(ops->command_form, "/paper");
    ops = ops_with(bot, "signing_secret", "0123456789abcdef0123456789abcdef");
    assert_true(ops->abilities & ACCOUNT_LISTENS);
    assert_null(ops_with(bot, "app_token", "xoxb-1"));
    assert_null(ops_with(bot, "signing_secret", "xoxb-1"));
    assert_null(ops_with(bot, "connections", "6"));
    assert_null(ops_with(bot, "connections", "11"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_owners_and_admins_of_the_workspace_are_in_charge),
            TEST(test_what_slack_does_not_say_allows_nothing),
            TEST(test_everybody_is_in_charge_of_his_own_conversation),
            TEST(test_it_listens_where_it_can_be_told_something),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
