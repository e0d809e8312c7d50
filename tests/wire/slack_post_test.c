/*
 * What the bot of a Slack app posts, and what it makes of the answers.
 */
#include "adapters/channels/channels.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/sent.h"
#include "tests/support/slack_bot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define POST "/chat.postMessage"
#define ROOM SLACK_BOT_ROOM
#define POSTED                                                                 \
    "{\"ok\":true,\"channel\":\"" ROOM "\",\"ts\":\"1700000000.000200\"}"

static struct sent post(struct slack_bot *bot)
{
    struct outbox_row row =
            sent_row(ROOM, "key-1", "{\"text\":\"论文\",\"blocks\":[]}");

    return slack_bot_send(bot, &row);
}

static void test_a_message_goes_to_its_channel_with_its_key(void **state)
{
    struct slack_bot *bot = *state;

    http_server_answer(bot->server, "POST", POST, 0, 200, POSTED);
    struct sent sent = post(bot);
    assert_false(sent.failed);
    assert_string_equal(sent.id, ROOM "/1700000000.000200");
    assert_string_equal(http_server_record(bot->server, 0)->target, POST);
    assert_string_equal(http_server_header(bot->server, 0, "Authorization"),
            "Bearer xoxb-secret");
    assert_string_equal(http_server_header(bot->server, 0, "Content-Type"),
            "application/json; charset=utf-8");
    assert_string_equal(slack_bot_body(bot, 0),
            "{\"text\":\"论文\",\"blocks\":[],\"channel\":\"" ROOM "\","
            "\"metadata\":{\"event_type\":\"paperboy_message\","
            "\"event_payload\":{\"key\":\"key-1\"}}}");
}

static void test_what_belongs_to_a_thread_goes_there(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = sent_row(ROOM, "key-2", "{\"text\":\"x\"}");

    http_server_answer(bot->server, "POST", POST, 0, 200, POSTED);
    row.reply_to = 7;
    row.target = ROOM "/1700000000.000100";
    assert_false(slack_bot_send(bot, &row).failed);
    assert_non_null(strstr(slack_bot_body(bot, 0),
            "\"thread_ts\":\"1700000000.000100\""));
    row.target = "";
    assert_int_equal(slack_bot_send(bot, &row).err.kind, ERROR_REJECTED);
    assert_int_equal(http_server_count(bot->server), 1);
}

static void test_an_edit_changes_what_was_posted(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = sent_row(ROOM, "key-3", "{\"text\":\"new\"}");

    http_server_answer(bot->server, "POST", "/chat.update", 0, 200, POSTED);
    row.verb = OUTBOX_EDIT;
    row.reply_to = 7;
    row.target = "C99/1700000000.000100";
    assert_false(slack_bot_send(bot, &row).failed);
    assert_string_equal(slack_bot_body(bot, 0),
            "{\"text\":\"new\",\"channel\":\"C99\",\"ts\":\"1700000000."
            "000100\"}");
    row.target = "";
    assert_int_equal(slack_bot_send(bot, &row).err.kind, ERROR_REJECTED);
}

static void test_a_public_channel_is_joined(void **state)
{
    struct slack_bot *bot = *state;

    http_server_answer(bot->server, "POST", POST, 1, 200,
            "{\"ok\":false,\"error\":\"not_in_channel\"}");
    http_server_answer(bot->server, "POST", "/conversations.join", 1, 200,
            "{\"ok\":true}");
    http_server_answer(bot->server, "POST", POST, 1, 200, POSTED);
    assert_false(post(bot).failed);
    assert_int_equal(http_server_count(bot->server), 3);
    assert_string_equal(slack_bot_body(bot, 1), "channel=" ROOM);
    assert_string_equal(slack_bot_body(bot, 0), slack_bot_body(bot, 2));
}

static void test_where_it_may_not_join_it_asks_to_be_invited(void **state)
{
    struct slack_bot *bot = *state;

    http_server_answer(bot->server, "POST", POST, 0, 200,
            "{\"ok\":false,\"error\":\"not_in_channel\"}");
    http_server_answer(bot->server, "POST", "/conversations.join", 0, 200,
            "{\"ok\":false,\"error\":\"missing_scope\","
            "\"needed\":\"channels:join\"}");
    struct sent sent = post(bot);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "/invite"));
    assert_non_null(strstr(sent.err.text, "channels:join"));
    assert_int_equal(http_server_count(bot->server), 2);
}

static void test_each_word_has_its_reaction_and_a_remedy(void **state)
{
    struct slack_bot *bot = *state;
    static const struct {
        const char *word;
        enum error_kind kind;
        const char *remedy;
        bool maybe_taken;
    } cases[] = {
            {"invalid_auth", ERROR_STOP, "xoxb-", false},
            {"token_revoked", ERROR_STOP, "install the app", false},
            {"account_inactive", ERROR_STOP, "install it again", false},
            {"missing_scope", ERROR_STOP, "OAuth & Permissions", false},
            {"channel_not_found", ERROR_STOP, "/invite", false},
            {"is_archived", ERROR_STOP, "unarchive", false},
            {"restricted_action", ERROR_STOP, "administrator", false},
            {"ratelimited", ERROR_RETRY, "at once", false},
            {"msg_too_long", ERROR_REJECTED, "too long", false},
            {"msg_blocks_too_long", ERROR_REJECTED, "too long", false},
            {"invalid_blocks", ERROR_REJECTED, "layout", false},
            {"no_text", ERROR_REJECTED, "text", false},
            {"metadata_too_large", ERROR_REJECTED, "too large", false},
            {"internal_error", ERROR_RETRY, "fault", true},
            {"service_unavailable", ERROR_RETRY, "out of order", false},
            {"never_heard_of", ERROR_REJECTED, "never_heard_of", false},
            {"Not a word <b>", ERROR_RETRY, "something else", true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char answer[128];
        snprintf(answer, sizeof answer, "{\"ok\":false,\"error\":\"%s\"}",
                cases[i].word);
        http_server_answer(bot->server, "POST", POST, 1, 200, answer);
        struct sent sent = post(bot);
        assert_true(sent.failed);
        assert_int_equal(sent.err.kind, cases[i].kind);
        assert_int_equal(sent.maybe_taken, cases[i].maybe_taken);
        assert_non_null(strstr(sent.err.text, cases[i].remedy));
        assert_non_null(strstr(sent.err.text, "slack: " ROOM));
    }
}

static void test_the_wait_that_slack_names_is_kept(void **state)
{
    struct slack_bot *bot = *state;
    const struct http_script busy = {.path = POST,
            .status = 429,
            .headers = "Retry-After: 30\r\n",
            .body = "{\"ok\":false,\"error\":\"ratelimited\"}"};

    http_server_script(bot->server, &busy);
    struct sent sent = post(bot);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 30000);
    assert_false(sent.maybe_taken);
}

static void test_a_lost_answer_leaves_it_uncertain(void **state)
{
    struct slack_bot *bot = *state;
    const struct http_script lost = {.path = POST, .act = SERVER_HANG_UP};

    http_server_script(bot->server, &lost);
    struct sent sent = post(bot);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_true(sent.maybe_taken);
}

static void test_verifying_says_who_the_token_is(void **state)
{
    struct slack_bot *bot = *state;
    struct sent sent;

    http_server_answer(bot->server, "POST", "/auth.test", 1, 200,
            "{\"ok\":true,\"user\":\"paperboy\",\"user_id\":\"U01\","
            "\"bot_id\":\"B01\",\"team\":\"Lab\",\"team_id\":\"T01\"}");
    assert_string_equal(bot->account->ops->who(bot->account), "");
    sent_begin_verify(&sent, bot->account);
    sent_wait(&sent, bot->transport->loop);
    assert_false(sent.failed);
    assert_string_equal(bot->account->ops->who(bot->account),
            "paperboy in Lab (U01)");
    http_server_answer(bot->server, "POST", "/auth.test", 1, 200,
            "{\"ok\":true,\"user\":\"ana\",\"user_id\":\"U02\",\"team\":"
            "\"Lab\"}");
    sent_begin_verify(&sent, bot->account);
    sent_wait(&sent, bot->transport->loop);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "not a bot's"));
}

static void test_verifying_names_the_scopes_that_lack(void **state)
{
    struct slack_bot *bot = *state;
    struct sent sent;
    const struct http_script scoped = {.path = "/auth.test",
            .headers = "x-oauth-scopes: chat:write, channels:join,im:write,"
                       "channels:history,groups:history_other\r\n",
            .body = "{\"ok\":true,\"user\":\"paperboy\",\"user_id\":\"U01\","
                    "\"bot_id\":\"B01\",\"team\":\"Lab\",\"team_id\":\"T01\"}"};

    http_server_script(bot->server, &scoped);
    sent_begin_verify(&sent, bot->account);
    sent_wait(&sent, bot->transport->loop);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_non_null(strstr(sent.err.text, "add groups:history, im:history "));
    assert_string_equal(bot->account->ops->who(bot->account),
            "paperboy in Lab (U01)");
}

static void test_a_token_of_another_kind_is_refused(void **state)
{
    struct slack_bot *bot = *state;
    static const char *const bad[] = {"", "xoxp-1", "xapp-1", "xoxb-a b",
            "xoxb-1\n"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_null(slack_bot_open(bot, bad[i], &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, "xoxb-..."));
    }
    assert_null(slack_kind.room_flaw(ROOM));
    assert_non_null(slack_kind.room_flaw("#general"));
    assert_non_null(slack_kind.room_flaw("D0123456789"));
}

#define wire_test(name)                                                        \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_message_goes_to_its_channel_with_its_key),
            wire_test(test_what_belongs_to_a_thread_goes_there),
            wire_test(test_an_edit_changes_what_was_posted),
            wire_test(test_a_public_channel_is_joined),
            wire_test(test_where_it_may_not_join_it_asks_to_be_invited),
            wire_test(test_each_word_has_its_reaction_and_a_remedy),
            wire_test(test_the_wait_that_slack_names_is_kept),
            wire_test(test_a_lost_answer_leaves_it_uncertain),
            wire_test(test_verifying_says_who_the_token_is),
            wire_test(test_verifying_names_the_scopes_that_lack),
            wire_test(test_a_token_of_another_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
