/* What "paperboy check" is told of a Slack account. */
#include "adapters/channels/channels.h"
#include "tests/support/loop_wait.h"
#include "tests/support/slack_bot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct verdict {
    bool over, failed;
    struct error err;
};

static void on_verified(void *cookie, const struct error *err)
{
    struct verdict *verdict = cookie;

    verdict->over = true;
    verdict->failed = err != NULL;
    if (err != NULL)
        verdict->err = *err;
}

/* Of an account with both tokens, where the app's is answered so. */
static struct verdict check(struct slack_bot *bot, const char *answer)
{
    const struct setting items[] = {{"token", SLACK_BOT_TOKEN},
            {"app_token", "xapp-secret"},
            {"api_url", http_server_address(bot->server, "/")}};
    const struct settings settings = {.name = "lab",
            .items = items,
            .count = 3,
            .contact = ""};
    struct account *account =
            slack_kind.open(&settings, bot->transport, NULL, NULL);
    struct verdict verdict = {0};

    assert_non_null(account);
    http_server_answer(bot->server, "POST", "/auth.test", 1, 200,
            "{\"ok\":true,\"user_id\":\"UBOT\",\"bot_id\":\"B1\","
            "\"team_id\":\"T1\",\"user\":\"paperboy\",\"team\":\"Lab\"}");
    http_server_answer(bot->server, "POST", "/apps.connections.open", 1, 200,
            answer);
    account->ops->verify(account, on_verified, &verdict);
    assert_true(loop_wait(bot->transport->loop, &verdict.over));
    account->ops->close(account);
    return verdict;
}

static void test_both_tokens_are_tried(void **state)
{
    struct slack_bot *bot = *state;
    const struct verdict verdict =
            check(bot, "{\"ok\":true,\"url\":\"wss://example.org\"}");

    assert_false(verdict.failed);
    assert_int_equal(http_server_count(bot->server), 2);
    assert_string_equal(http_server_header(bot->server, 1, "Authorization"),
            "Bearer xapp-secret");
}

static void test_a_bad_app_token_is_told_from_the_bots(void **state)
{
    struct slack_bot *bot = *state;
    const struct verdict verdict = check(bot,
            "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":"
            "\"connections:write\"}");

    assert_true(verdict.failed);
    assert_int_equal(verdict.err.kind, ERROR_STOP);
    assert_non_null(strstr(verdict.err.text, "app_token"));
    assert_non_null(strstr(verdict.err.text, "connections:write"));
    assert_null(strstr(verdict.err.text, "secret"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_both_tokens_are_tried),
            TEST(test_a_bad_app_token_is_told_from_the_bots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
