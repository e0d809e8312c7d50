/*
 * Answers reach who asked: by the response URL while that works, then as an
 * ephemeral message, and all only when they are shared.
 */
#include "adapters/channels/slack_answer.h"
#include "bot/base/arena.h"
#include "tests/support/slack_bot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROOM SLACK_BOT_ROOM
#define URL "/commands/T0/1/abc"
#define ALONE "/chat.postEphemeral"
#define SHOWN "{\"ok\":true,\"message_ts\":\"8.000800\"}"

static const char payload[] =
        "{\"text\":\"x\",\"blocks\":[{\"type\":\"section\"},"
        "{\"type\":\"actions\",\"block_id\":\"answer-zh\",\"elements\":["
        "{\"type\":\"button\",\"action_id\":\"share\"}]}],"
        "\"unfurl_links\":false,\"unfurl_media\":false}";

/* Given so many minutes ago by the server's own address. */
static struct outbox_row answer_row(struct slack_bot *bot, struct arena *arena,
        int minutes)
{
    int64_t now_ms = clock_now_ms(bot->transport->clock);
    const struct slack_answer answer = {.way = SLACK_ANSWER_URL,
            .person = "U01",
            .given_ms = now_ms - minutes * INT64_C(60000),
            .url = http_server_address(bot->server, URL)};
    struct outbox_row row = sent_row(ROOM, "key-1", payload);

    row.reply = slack_answer_write(&answer, arena);
    return row;
}

static void test_the_response_url_is_answered_with_a_button(void **state)
{
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 1);

    http_server_answer(bot->server, "POST", URL, 1, 200, "ok");
    struct sent sent = slack_bot_send(bot, &row);
    assert_false(sent.failed);
    assert_string_equal(sent.id, "key-1");
    assert_string_equal(http_server_header(bot->server, 0, "Authorization"),
            "");
    assert_string_equal(slack_bot_body(bot, 0),
            "{\"text\":\"x\",\"blocks\":[{\"type\":\"section\"},"
            "{\"type\":\"actions\",\"block_id\":\"answer-zh\",\"elements\":["
            "{\"type\":\"button\",\"action_id\":\"share\",\"value\":\"key-1\"}"
            "]}],\"response_type\":\"ephemeral\",\"replace_original\":false}");
    arena_finish(&arena);
}

static void test_what_is_one_persons_has_no_button(void **state)
{
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 1);

    http_server_answer(bot->server, "POST", URL, 1, 200, "{\"ok\":true}");
    row.person = "U01";
    assert_false(slack_bot_send(bot, &row).failed);
    assert_string_equal(slack_bot_body(bot, 0),
            "{\"text\":\"x\",\"blocks\":[{\"type\":\"section\"}],"
            "\"response_type\":\"ephemeral\",\"replace_original\":false}");
    arena_finish(&arena);
}

static void test_when_the_url_is_used_up_it_is_an_ephemeral(void **state)
{
    static const struct {
        int status;
        const char *body;
    } cases[] = {{404, "{\"ok\":false,\"error\":\"used_url\"}"},
            {404, "expired_url"}, {410, ""}, {200, "no_text"}};
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 1);

    http_server_answer(bot->server, "POST", ALONE, 0, 200, SHOWN);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        http_server_answer(bot->server, "POST", URL, 1, cases[i].status,
                cases[i].body);
        struct sent sent = slack_bot_send(bot, &row);
        assert_false(sent.failed);
        assert_string_equal(sent.id, "key-1");
        assert_string_equal(slack_bot_target(bot, 2 * i + 1), ALONE);
    }
    assert_non_null(strstr(slack_bot_body(bot, 1),
            "\"channel\":\"" ROOM "\",\"user\":\"U01\"}"));
    assert_non_null(strstr(slack_bot_body(bot, 1), "\"value\":\"key-1\""));
    arena_finish(&arena);
}

static void test_after_half_an_hour_the_url_is_left_alone(void **state)
{
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 30);

    http_server_answer(bot->server, "POST", ALONE, 0, 200, SHOWN);
    assert_false(slack_bot_send(bot, &row).failed);
    assert_string_equal(slack_bot_target(bot, 0), ALONE);
    row = answer_row(bot, &arena, -5); /* another clock */
    assert_false(slack_bot_send(bot, &row).failed);
    assert_string_equal(slack_bot_target(bot, 1), ALONE);
    arena_finish(&arena);
}

static void test_no_more_than_five_go_by_the_url(void **state)
{
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 1);

    http_server_answer(bot->server, "POST", URL, 0, 200, "ok");
    http_server_answer(bot->server, "POST", ALONE, 0, 200, SHOWN);
    for (row.part = 0; row.part < 6; row.part++)
        assert_false(slack_bot_send(bot, &row).failed);
    /* one for the word that it takes a while */
    assert_string_equal(slack_bot_target(bot, 3), URL);
    assert_string_equal(slack_bot_target(bot, 4), ALONE);
    arena_finish(&arena);
}

static void test_a_url_that_is_busy_is_tried_again(void **state)
{
    struct slack_bot *bot = *state;
    struct arena arena = {0};
    struct outbox_row row = answer_row(bot, &arena, 1);
    const struct http_script busy = {.path = URL,
            .status = 429,
            .headers = "Retry-After: 3\r\n"};

    http_server_script(bot->server, &busy);
    struct sent sent = slack_bot_send(bot, &row);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 3000);
    assert_null(strstr(sent.err.text, "abc"));
    arena_finish(&arena);
}

static void test_a_shared_answer_names_who_shared_it(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = sent_row(ROOM, "key-2", payload);

    http_server_answer(bot->server, "POST", "/chat.postMessage", 1, 200,
            "{\"ok\":true,\"channel\":\"" ROOM "\",\"ts\":\"9.000900\"}");
    row.reply = "shared U02";
    assert_string_equal(slack_bot_send(bot, &row).id, ROOM "/9.000900");
    assert_non_null(strstr(slack_bot_body(bot, 0), "由 <@U02> 分享"));
    assert_null(strstr(slack_bot_body(bot, 0), "\"share\""));
}

static void test_a_mention_is_answered_in_its_thread(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = sent_row(ROOM, "key-3", payload);

    http_server_answer(bot->server, "POST", "/chat.postMessage", 1, 200,
            "{\"ok\":true,\"channel\":\"" ROOM "\",\"ts\":\"9.000900\"}");
    http_server_answer(bot->server, "POST", ALONE, 1, 200, SHOWN);
    row.reply = "thread 7.000700";
    assert_false(slack_bot_send(bot, &row).failed);
    assert_non_null(strstr(slack_bot_body(bot, 0),
            "\"thread_ts\":\"7.000700\""));
    assert_null(strstr(slack_bot_body(bot, 0), "\"share\""));
    row.person = "U01";
    assert_false(slack_bot_send(bot, &row).failed);
    assert_non_null(strstr(slack_bot_body(bot, 1),
            "\"user\":\"U01\",\"thread_ts\":\"7.000700\""));
}

static void test_to_one_person_it_writes_directly(void **state)
{
    struct slack_bot *bot = *state;
    struct outbox_row row = sent_row(ROOM, "key-4", payload);

    http_server_answer(bot->server, "POST", "/chat.postMessage", 1, 200,
            "{\"ok\":true,\"channel\":\"D01\",\"ts\":\"9.000900\"}");
    row.person = "U01";
    assert_string_equal(slack_bot_send(bot, &row).id, "D01/9.000900");
    assert_non_null(strstr(slack_bot_body(bot, 0), "\"channel\":\"U01\""));
}

#define wire_test(name)                                                        \
    cmocka_unit_test_setup_teardown(name, slack_bot_set_up, slack_bot_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_the_response_url_is_answered_with_a_button),
            wire_test(test_what_is_one_persons_has_no_button),
            wire_test(test_when_the_url_is_used_up_it_is_an_ephemeral),
            wire_test(test_after_half_an_hour_the_url_is_left_alone),
            wire_test(test_no_more_than_five_go_by_the_url),
            wire_test(test_a_url_that_is_busy_is_tried_again),
            wire_test(test_a_shared_answer_names_who_shared_it),
            wire_test(test_a_mention_is_answered_in_its_thread),
            wire_test(test_to_one_person_it_writes_directly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
