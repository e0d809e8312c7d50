/* What "paperboy check" is told of a Slack account and its channels, and leaving
 * one. */
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

/* --- channels --- */

typedef struct request *room_fn(struct account *account, const char *room,
        account_verified_fn *done, void *cookie);

static struct verdict ask_of_room(struct slack_bot *bot, room_fn *ask,
        const char *target, const char *answer)
{
    struct verdict verdict = {0};

    http_server_answer(bot->server, "POST", target, 1, 200, answer);
    ask(bot->account, SLACK_BOT_ROOM, on_verified, &verdict);
    assert_true(loop_wait(bot->transport->loop, &verdict.over));
    assert_string_equal(slack_bot_target(bot, 0), target);
    assert_string_equal(slack_bot_body(bot, 0), "channel=" SLACK_BOT_ROOM);
    return verdict;
}

static struct verdict look(struct slack_bot *bot, const char *answer)
{
    return ask_of_room(bot, bot->account->ops->look, "/conversations.info",
            answer);
}

static struct verdict leave(struct slack_bot *bot, const char *answer)
{
    return ask_of_room(bot, bot->account->ops->leave, "/conversations.leave",
            answer);
}

static void test_a_channel_that_is_there_can_be_posted_to(void **state)
{
    assert_false(look(*state,
            "{\"ok\":true,\"channel\":{\"id\":\"C0123456789\","
            "\"is_archived\":false,\"is_member\":false}}")
                         .failed);
}

static void test_an_archived_channel_is_told(void **state)
{
    const struct verdict verdict =
            look(*state, "{\"ok\":true,\"channel\":{\"is_archived\":true}}");

    assert_int_equal(verdict.err.kind, ERROR_STOP);
    assert_non_null(strstr(verdict.err.text, "unarchive it"));
}

static void test_a_scope_that_lacks_is_not_the_channels_fault(void **state)
{
    const struct verdict verdict = look(*state,
            "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":"
            "\"channels:read\"}");

    assert_int_equal(verdict.err.kind, ERROR_REJECTED);
    assert_non_null(strstr(verdict.err.text, "channels:read"));
}

static void test_who_was_put_out_has_left(void **state)
{
    assert_false(leave(*state, "{\"ok\":false,\"not_in_channel\":true}")
                         .failed);
}

static void test_who_may_not_leave_says_what_would_help(void **state)
{
    const struct verdict verdict =
            leave(*state, "{\"ok\":false,\"error\":\"missing_scope\"}");

    assert_int_equal(verdict.err.kind, ERROR_STOP);
    assert_non_null(strstr(verdict.err.text, "/remove"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_both_tokens_are_tried),
            TEST(test_a_bad_app_token_is_told_from_the_bots),
            TEST(test_a_channel_that_is_there_can_be_posted_to),
            TEST(test_an_archived_channel_is_told),
            TEST(test_a_scope_that_lacks_is_not_the_channels_fault),
            TEST(test_who_was_put_out_has_left),
            TEST(test_who_may_not_leave_says_what_would_help),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
