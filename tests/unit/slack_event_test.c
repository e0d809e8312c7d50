#include "adapters/channels/slack_event.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define AUTHORIZED                                                             \
    "\"authorizations\":[{\"team_id\":\"T1\",\"user_id\":\"UBOT\","            \
    "\"is_bot\":true}]"
#define CALLBACK(event)                                                        \
    "{\"type\":\"event_callback\",\"team_id\":\"T1\",\"event_id\":\"Ev1\","    \
    "\"event_time\":1790000000," AUTHORIZED ",\"event\":" event "}"
#define MENTION(more)                                                          \
    CALLBACK("{\"type\":\"app_mention\",\"user\":\"U1\",\"channel\":\"C1\","   \
             "\"text\":\"<@UBOT> today LG\",\"ts\":\"1790000000.000100\"" more \
             "}")
#define REACTION(kind, name, user)                                             \
    CALLBACK("{\"type\":\"" kind "\",\"user\":\"" user                         \
             "\",\"reaction\":\"" name                                         \
             "\",\"item\":{\"type\":\"message\",\"channel\":\"C1\",\"ts\":"    \
             "\"1790000000.000100\"}}")
#define MEMBER(kind, user)                                                     \
    CALLBACK("{\"type\":\"" kind "\",\"user\":\"" user                         \
             "\",\"channel\":\"C1\",\"inviter\":\"U1\"}")
#define URL "https://hooks.slack.com/actions/T1/1/a"
#define ANSWERED "url U1 1790000001000 " URL
#define PRESS(action)                                                          \
    "{\"type\":\"block_actions\",\"team\":{\"id\":\"T1\"},\"user\":{\"id\":"   \
    "\"U1\"},\"channel\":{\"id\":\"C1\",\"name\":\"ml\"},\"trigger_id\":"      \
    "\"1.2.a\",\"response_url\":\"" URL "\",\"actions\":[" action "]}"

static const int64_t now_ms = INT64_C(1790000001) * 1000;

struct reading {
    struct json json;
    struct arena arena;
    struct slack_heard heard;
    struct error err;
    bool ok;
};

static struct reading reading;

static int tear_down(void **state)
{
    (void)state;
    json_close(&reading.json);
    arena_finish(&reading.arena);
    return 0;
}

static void read_as(enum slack_event_form form, const char *payload,
        const char *team)
{
    const struct slack_event_self self = {.team_id = team, .user_id = ""};

    tear_down(NULL);
    reading = (struct reading){0};
    assert_true(json_parse(&reading.json, payload, strlen(payload),
            SLACK_EVENT_BYTES_MAX, NULL));
    reading.ok = slack_event_read(form, &reading.json, &self, now_ms,
            &reading.arena, &reading.heard, &reading.err);
}

static const struct event *only(enum slack_event_form form, const char *payload)
{
    read_as(form, payload, "T1");
    if (!reading.ok)
        fail_msg("%s", reading.err.text);
    if (reading.heard.count != 1)
        fail_msg("%zu events: %s", reading.heard.count, reading.heard.why);
    return &reading.heard.events[0];
}

/* The command behind the word that there is such a room. */
static const struct event *asked(enum slack_event_form form,
        const char *payload)
{
    read_as(form, payload, "T1");
    if (!reading.ok)
        fail_msg("%s", reading.err.text);
    if (reading.heard.count != 2)
        fail_msg("%zu events: %s", reading.heard.count, reading.heard.why);
    assert_int_equal(reading.heard.events[0].kind, EVENT_OPENED);
    assert_string_equal(reading.heard.events[0].room,
            reading.heard.events[1].room);
    assert_string_not_equal(reading.heard.events[0].id,
            reading.heard.events[1].id);
    return &reading.heard.events[1];
}

static void nothing(enum slack_event_form form, const char *payload,
        const char *why)
{
    read_as(form, payload, "T1");
    if (!reading.ok)
        fail_msg("%s", reading.err.text);
    assert_int_equal(reading.heard.count, 0);
    if (strstr(reading.heard.why, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", reading.heard.why, why);
}

/* --- slash commands --- */

#define SLASH(text)                                                            \
    "token=x&team_id=T1&channel_id=C1&channel_name=ml&user_id=U1&command="     \
    "%2Fpaper&text=" text                                                      \
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Factions%2FT1%2F1%2Fa&"      \
    "trigger_id=1.2.a"

static void test_a_slash_command_is_answered_over_its_url(void **state)
{
    struct arena arena = {0};
    struct http_form form;
    struct json json;
    const char *body = SLASH("%E4%BB%8A%E5%A4%A9+%26lt%3BLG%26gt%3B");

    (void)state;
    assert_true(http_form_parse(body, strlen(body), &arena, &form, NULL));
    assert_true(slack_event_from_form(&form, &json, NULL));
    char *printed = cJSON_PrintUnformatted(json.root);
    const struct event *event = asked(SLACK_EVENT_SLASH_COMMANDS, printed);
    assert_string_equal(event->id, "1.2.a");
    assert_int_equal(event->kind, EVENT_COMMAND);
    assert_string_equal(event->room, "C1");
    assert_string_equal(event->person, "U1");
    assert_string_equal(event->text, "今天 <LG>");
    assert_string_equal(event->reply, ANSWERED);
    assert_int_equal(event->sent_ms, now_ms);
    assert_string_equal(reading.heard.events[0].text, "#ml");
    assert_string_equal(reading.heard.events[0].id, "opened/C1/20717");
    cJSON_free(printed);
    json_close(&json);
    arena_finish(&arena);
}

/* --- mentions --- */

static void test_a_mention_is_answered_in_its_thread(void **state)
{
    (void)state;
    const struct event *event = only(SLACK_EVENT_EVENTS_API, MENTION(""));
    assert_int_equal(event->kind, EVENT_COMMAND);
    assert_string_equal(event->id, "Ev1");
    assert_string_equal(event->text, "today LG");
    assert_string_equal(event->room, "C1");
    assert_string_equal(event->person, "U1");
    assert_string_equal(event->reply, "thread 1790000000.000100");
    assert_int_equal(event->sent_ms, INT64_C(1790000000) * 1000);
    event = only(SLACK_EVENT_EVENTS_API,
            MENTION(",\"thread_ts\":\"1780000000.000200\""));
    assert_string_equal(event->reply, "thread 1780000000.000200");
}

static void test_bots_are_not_listened_to(void **state)
{
    (void)state;
    nothing(SLACK_EVENT_EVENTS_API, MENTION(",\"bot_id\":\"B1\""), "no person");
    nothing(SLACK_EVENT_EVENTS_API, MENTION(",\"subtype\":\"bot_message\""),
            "no person");
    nothing(SLACK_EVENT_EVENTS_API,
            CALLBACK("{\"type\":\"app_mention\",\"user\":\"UBOT\",\"channel\":"
                     "\"C1\",\"text\":\"<@UBOT>\",\"ts\":\"1.1\"}"),
            "we wrote it");
    nothing(SLACK_EVENT_EVENTS_API, REACTION("reaction_added", "+1", "UBOT"),
            "we reacted");
}

#define DIRECT(place)                                                          \
    CALLBACK("{\"type\":\"message\",\"channel_type\":\"" place                 \
             "\",\"user\":\"U1\",\"channel\":\"D1\",\"text\":\"today\","       \
             "\"ts\":\"1790000000.000100\"}")

static void test_what_is_said_to_the_bot_alone_is_answered_there(void **state)
{
    (void)state;
    const struct event *event = asked(SLACK_EVENT_EVENTS_API, DIRECT("im"));
    assert_string_equal(event->text, "today");
    assert_string_equal(event->room, "D1");
    assert_string_equal(event->reply, "");
    nothing(SLACK_EVENT_EVENTS_API, DIRECT("channel"), "not said to the bot");
}

/* --- reactions --- */

static void test_reactions_are_told_by_what_they_look_like(void **state)
{
    (void)state;
    const struct event *event = only(SLACK_EVENT_EVENTS_API,
            REACTION("reaction_added", "+1::skin-tone-3", "U1"));
    assert_int_equal(event->kind, EVENT_REACTION);
    assert_string_equal(event->text, "👍");
    assert_string_equal(event->target, "C1/1790000000.000100");
    event = only(SLACK_EVENT_EVENTS_API,
            REACTION("reaction_removed", "nine", "U1"));
    assert_int_equal(event->kind, EVENT_REACTION_GONE);
    assert_string_equal(event->text, "9️⃣");
    nothing(SLACK_EVENT_EVENTS_API, REACTION("reaction_added", "tada", "U1"),
            "means nothing");
    assert_string_equal(slack_event_emoji("star"), "⭐");
    assert_string_equal(slack_event_emoji("thumbsdown"), "👎");
    assert_null(slack_event_emoji(""));
}

/* --- rooms --- */

static void test_the_bots_own_coming_and_going_is_told(void **state)
{
    (void)state;
    const struct event *event = only(SLACK_EVENT_EVENTS_API,
            MEMBER("member_joined_channel", "UBOT"));
    assert_int_equal(event->kind, EVENT_INVITED);
    assert_string_equal(event->person, "U1");
    event = only(SLACK_EVENT_EVENTS_API, MEMBER("member_left_channel", "UBOT"));
    assert_int_equal(event->kind, EVENT_REMOVED);
    nothing(SLACK_EVENT_EVENTS_API, MEMBER("member_joined_channel", "U2"),
            "somebody else");
    event = only(SLACK_EVENT_EVENTS_API,
            CALLBACK("{\"type\":\"channel_deleted\",\"channel\":\"C1\"}"));
    assert_int_equal(event->kind, EVENT_REMOVED);
    event = only(SLACK_EVENT_EVENTS_API,
            CALLBACK("{\"type\":\"channel_id_changed\",\"old_channel_id\":"
                     "\"G1\",\"new_channel_id\":\"C2\"}"));
    assert_int_equal(event->kind, EVENT_MOVED);
    assert_string_equal(event->target, "C2");
}

static void test_the_apps_end_is_grave(void **state)
{
    (void)state;
    nothing(SLACK_EVENT_EVENTS_API, CALLBACK("{\"type\":\"app_uninstalled\"}"),
            "install it again");
    assert_true(reading.heard.grave);
    nothing(SLACK_EVENT_EVENTS_API, "{\"type\":\"app_rate_limited\"}",
            "holds back");
    assert_true(reading.heard.grave);
}

/* --- buttons --- */

#define MENU(value)                                                            \
    PRESS("{\"action_id\":\"paper\",\"selected_option\":{\"value\":\"" value   \
          "\"}}")

static void test_a_menu_asks_what_its_presser_would_have_typed(void **state)
{
    static const struct {
        const char *payload, *text;
    } cases[] = {
            {MENU("save:2210.11693"), "save 2210.11693"},
            {MENU("similar:hep-th/9901001"), "similar hep-th/9901001"},
            {MENU("fewer:2210.11693"), "down 2210.11693"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct event *event =
                asked(SLACK_EVENT_INTERACTIVE, cases[i].payload);
        assert_int_equal(event->kind, EVENT_COMMAND);
        assert_string_equal(event->text, cases[i].text);
        assert_string_equal(event->id, "1.2.a");
        assert_string_equal(event->reply, ANSWERED);
    }
}

static void test_an_answer_is_shared_by_its_key(void **state)
{
    (void)state;
    const struct event *event = only(SLACK_EVENT_INTERACTIVE,
            PRESS("{\"action_id\":\"share\",\"value\":\"k-1.2_a\"}"));
    assert_int_equal(event->kind, EVENT_SHARED);
    assert_string_equal(event->target, "k-1.2_a");
    assert_string_equal(event->reply, "shared U1");
    assert_string_equal(event->person, "U1");
}

static void test_other_buttons_ask_nothing(void **state)
{
    (void)state;
    nothing(SLACK_EVENT_INTERACTIVE, PRESS("{\"action_id\":\"open\"}"),
            "asks nothing");
    nothing(SLACK_EVENT_INTERACTIVE, MENU("save:"), "asks nothing");
    nothing(SLACK_EVENT_INTERACTIVE, MENU("save:1 leave"), "asks nothing");
    nothing(SLACK_EVENT_INTERACTIVE, MENU("drop:2210.11693"), "asks nothing");
    nothing(SLACK_EVENT_INTERACTIVE, "{\"type\":\"view_submission\"}",
            "no press");
}

/* --- the rest --- */

static void test_the_challenge_is_handed_over(void **state)
{
    (void)state;
    nothing(SLACK_EVENT_EVENTS_API,
            "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw\"}", "");
    assert_string_equal(reading.heard.challenge, "3eZbrw");
}

static void test_another_workspace_is_refused(void **state)
{
    (void)state;
    read_as(SLACK_EVENT_EVENTS_API, MENTION(""), "T2");
    assert_false(reading.ok);
    assert_int_equal(reading.err.kind, ERROR_REJECTED);
    assert_non_null(strstr(reading.err.text, "workspace T1"));
    read_as(SLACK_EVENT_EVENTS_API, MENTION(""), "");
    assert_true(reading.ok);
}

static void test_what_is_wrong_is_named_with_its_path(void **state)
{
    static const struct {
        enum slack_event_form form;
        const char *payload, *why;
    } cases[] = {
            {SLACK_EVENT_EVENTS_API, "[]", "$ is an empty list"},
            {SLACK_EVENT_EVENTS_API, "{\"type\":\"\"}", "$.type is"},
            {SLACK_EVENT_EVENTS_API, CALLBACK("7"), "$.event is a number"},
            {SLACK_EVENT_EVENTS_API, CALLBACK("{}"), "$.event.type is missing"},
            {SLACK_EVENT_EVENTS_API,
                    CALLBACK("{\"type\":\"app_mention\",\"user\":\"\"}"),
                    "$.event.user is"},
            {SLACK_EVENT_EVENTS_API, REACTION("reaction_added", "+1", "U 1"),
                    "$.event.user is"},
            {SLACK_EVENT_INTERACTIVE,
                    PRESS("{\"action_id\":\"share\",\"value\":\"a b\"}"),
                    "$.actions[0].value is"},
            {SLACK_EVENT_INTERACTIVE, PRESS("{\"action_id\":\"paper\"}"),
                    "selected_option is missing"},
            {SLACK_EVENT_INTERACTIVE, PRESS(""), "an action would be right"},
            {SLACK_EVENT_INTERACTIVE, PRESS("7"), "$.actions[0]"},
            {SLACK_EVENT_SLASH_COMMANDS,
                    "{\"trigger_id\":\"1.a\",\"channel_id\":\"C1\","
                    "\"user_id\":\"U1\",\"response_url\":\"ftp://a\"}",
                    "$.response_url is"},
            {SLACK_EVENT_SLASH_COMMANDS, "{\"trigger_id\":\"a b\"}",
                    "$.trigger_id is"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_as(cases[i].form, cases[i].payload, "T1");
        assert_false(reading.ok);
        assert_int_equal(reading.err.kind, ERROR_INPUT);
        if (strstr(reading.err.text, cases[i].why) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", reading.err.text,
                    cases[i].why);
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_slash_command_is_answered_over_its_url),
            TEST(test_a_mention_is_answered_in_its_thread),
            TEST(test_bots_are_not_listened_to),
            TEST(test_what_is_said_to_the_bot_alone_is_answered_there),
            TEST(test_reactions_are_told_by_what_they_look_like),
            TEST(test_the_bots_own_coming_and_going_is_told),
            TEST(test_the_apps_end_is_grave),
            TEST(test_a_menu_asks_what_its_presser_would_have_typed),
            TEST(test_an_answer_is_shared_by_its_key),
            TEST(test_other_buttons_ask_nothing),
            TEST(test_the_challenge_is_handed_over),
            TEST(test_another_workspace_is_refused),
            TEST(test_what_is_wrong_is_named_with_its_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
