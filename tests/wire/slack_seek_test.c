/*
 * A message whose sending never ended is looked for before it is sent again.
 */
#include "tests/support/slack_bot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HISTORY "/conversations.history"
#define REPLIES "/conversations.replies"
#define POST "/chat.postMessage"
#define ROOM SLACK_BOT_ROOM
#define MESSAGE(ts, key)                                                       \
    "{\"ts\":\"" ts "\",\"metadata\":{\"event_type\":\"paperboy_message\","    \
    "\"event_payload\":{\"key\":\"" key "\"}}}"
#define PAGE(messages, next)                                                   \
    "{\"ok\":true,\"messages\":[" messages                                     \
    "],\"response_metadata\":{\"next_cursor\":\"" next "\"}}"
#define POSTED "{\"ok\":true,\"channel\":\"" ROOM "\",\"ts\":\"9.000900\"}"

static struct outbox_row uncertain(void)
{
    struct outbox_row row = sent_row(ROOM, "key-1", "{\"text\":\"x\"}");

    row.attempted = true;
    row.created_ms = INT64_C(1700003600000);
    return row;
}

static void test_what_is_there_is_not_posted_again(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            PAGE(MESSAGE("5.000100", "key-0") "," MESSAGE("4.000100", "key-1"),
                    ""));
    struct sent sent = slack_bot_send(bot, &row);
    assert_false(sent.failed);
    assert_string_equal(sent.id, ROOM "/4.000100");
    assert_int_equal(http_server_count(bot->server), 1);
    assert_string_equal(slack_bot_body(bot, 0),
            "channel=" ROOM
            "&include_all_metadata=true&limit=100&oldest=1700000000");
}

static void test_what_is_not_there_is_posted(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            PAGE("{\"ts\":\"5.000100\",\"text\":\"key-1\"},"
                 "{\"ts\":\"4.1\",\"metadata\":{\"event_type\":\"other\","
                 "\"event_payload\":{\"key\":\"key-1\"}}}",
                    ""));
    http_server_answer(bot->server, "POST", POST, 1, 200, POSTED);
    struct sent sent = slack_bot_send(bot, &row);
    assert_false(sent.failed);
    assert_string_equal(sent.id, ROOM "/9.000900");
}

static void test_a_fresh_row_is_not_looked_for(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    row.attempted = false;
    http_server_answer(bot->server, "POST", POST, 1, 200, POSTED);
    assert_false(slack_bot_send(bot, &row).failed);
    assert_int_equal(http_server_count(bot->server), 1);
}

static void test_older_pages_are_looked_through(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            PAGE(MESSAGE("5.000100", "key-0"), "a=b"));
    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            PAGE(MESSAGE("4.000100", "key-1"), ""));
    assert_string_equal(slack_bot_send(bot, &row).id, ROOM "/4.000100");
    assert_non_null(strstr(slack_bot_body(bot, 1), "&cursor=a%3Db"));
}

static void test_in_a_thread_its_replies_are_looked_through(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    row.reply_to = 7;
    row.target = ROOM "/3.000100";
    http_server_answer(bot->server, "POST", REPLIES, 1, 200,
            PAGE(MESSAGE("4.000100", "key-1"), ""));
    assert_string_equal(slack_bot_send(bot, &row).id, ROOM "/4.000100");
    assert_non_null(strstr(slack_bot_body(bot, 0), "&ts=3.000100"));
}

static void test_where_it_may_not_look_it_does_not_post(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            "{\"ok\":false,\"error\":\"missing_scope\","
            "\"needed\":\"channels:history\"}");
    struct sent sent = slack_bot_send(bot, &row);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    assert_true(sent.maybe_taken);
    assert_non_null(strstr(sent.err.text, "channels:history"));
    assert_int_equal(http_server_count(bot->server), 1);
}

static void test_where_it_is_not_it_has_posted_nothing(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            "{\"ok\":false,\"error\":\"not_in_channel\"}");
    http_server_answer(bot->server, "POST", POST, 1, 200, POSTED);
    assert_false(slack_bot_send(bot, &row).failed);
}

static void test_with_one_person_it_looks_between_the_two(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    row.person = "U01";
    http_server_answer(bot->server, "POST", "/conversations.open", 1, 200,
            "{\"ok\":true,\"channel\":{\"id\":\"D01\"}}");
    http_server_answer(bot->server, "POST", HISTORY, 1, 200,
            PAGE(MESSAGE("4.000100", "key-1"), ""));
    assert_string_equal(slack_bot_send(bot, &row).id, "D01/4.000100");
    assert_string_equal(slack_bot_body(bot, 0), "users=U01");
}

static void test_an_edit_is_made_again_without_looking(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = uncertain();

    row.verb = OUTBOX_EDIT;
    row.reply_to = 7;
    row.target = ROOM "/3.000100";
    http_server_answer(bot->server, "POST", "/chat.update", 1, 200, POSTED);
    assert_false(slack_bot_send(bot, &row).failed);
    assert_int_equal(http_server_count(bot->server), 1);
}

#define wire_test(name)                                                        \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_what_is_there_is_not_posted_again),
            wire_test(test_what_is_not_there_is_posted),
            wire_test(test_a_fresh_row_is_not_looked_for),
            wire_test(test_older_pages_are_looked_through),
            wire_test(test_in_a_thread_its_replies_are_looked_through),
            wire_test(test_where_it_may_not_look_it_does_not_post),
            wire_test(test_where_it_is_not_it_has_posted_nothing),
            wire_test(test_with_one_person_it_looks_between_the_two),
            wire_test(test_an_edit_is_made_again_without_looking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
