/* "paperboy slack-manifest": what is pasted at Slack. */
#include "adapters/registry.h"
#include "tests/unit/program_stage.h"

#include <cjson/cJSON.h>

/* A bot that only posts. */
static const char posting[] = "[account lab]\ntype = slack\ntoken = xoxb-1\n";

static int manifest(struct stage *stage, const char *text, const char *option,
        const char *value)
{
    stage->outside.kinds.accounts = registry_accounts;
    stage->outside.kinds.sources = registry_sources;
    write_file(stage, "paperboy.ini", text);
    return option == NULL
            ? call(CONFIGURED(stage, "slack-manifest"), NULL)
            : call(CONFIGURED(stage, "slack-manifest"), option, value, NULL);
}

static bool holds(const struct stage *stage, const char *word)
{
    return strstr(stage->out, word) != NULL;
}

static void test_it_is_json_in_slacks_form(void **state)
{
    static const char *const parts[] = {"display_information", "features",
            "oauth_config", "settings"};
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, "", NULL, NULL), 0);
    cJSON *json = cJSON_Parse(stage->out);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_true(cJSON_IsObject(cJSON_GetObjectItem(json, parts[i])));
    assert_int_equal(cJSON_GetArraySize(json), 4);
    cJSON_Delete(json);
}

static void test_for_a_new_app_it_is_everything_over_socket_mode(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, "", NULL, NULL), 0);
    assert_true(holds(stage, "\"/paper\""));
    assert_true(holds(stage, "\"app_mention\""));
    assert_true(holds(stage, "\"message.im\""));
    assert_true(holds(stage, "\"messages_tab_read_only_enabled\":\tfalse"));
    assert_true(holds(stage, "\"commands\""));
    assert_true(holds(stage, "\"socket_mode_enabled\":\ttrue"));
    assert_false(holds(stage, "url"));
}

static void test_with_an_address_slack_sends_requests_there(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, "", "--url", "https://bot.example.org/"),
            0);
    assert_true(holds(stage,
            "\"https://bot.example.org/slack/slack/commands\""));
    assert_true(holds(stage, "\"https://bot.example.org/slack/slack/events\""));
    assert_true(holds(stage,
            "\"https://bot.example.org/slack/slack/actions\""));
    assert_true(holds(stage, "\"socket_mode_enabled\":\tfalse"));
    assert_int_equal(manifest(stage, "", "--url", "http://bot.example.org"), 1);
    assert_non_null(strstr(stage->err, "https://"));
}

static void test_a_bot_that_only_posts_asks_for_no_more(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, posting, NULL, NULL), 0);
    assert_true(holds(stage, "\"chat:write\""));
    assert_true(holds(stage, "\"channels:history\""));
    assert_false(holds(stage, "\"commands\""));
    assert_false(holds(stage, "bot_events"));
    assert_true(holds(stage, "\"messages_tab_read_only_enabled\":\ttrue"));
    assert_true(holds(stage, "\"socket_mode_enabled\":\tfalse"));
    assert_false(holds(stage, "xoxb"));
    assert_int_equal(manifest(stage, posting, "--url", "https://bot.example"),
            0);
    assert_true(holds(stage, "\"https://bot.example/slack/lab/events\""));
}

static void test_an_account_that_is_not_there_is_told(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, posting, "--account", "lap"), 1);
    assert_non_null(strstr(stage->err, "[account lap]"));
    assert_string_equal(stage->out, "");
    assert_int_equal(manifest(stage, posting, "--account", "lab"), 0);
}

static void test_the_bot_has_the_name_that_is_wanted(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(manifest(stage, "", "--name", "Paper Boy 论文"), 0);
    assert_true(holds(stage, "\"name\":\t\"Paper Boy 论文\""));
    assert_true(holds(stage, "\"display_name\":\t\"paperboy\""));
    assert_int_equal(manifest(stage, "", "--name", "论文"), 0);
    assert_true(holds(stage, "\"display_name\":\t\"paperboy\""));
    assert_int_equal(manifest(stage, "", "--name",
                             "a name of more than thirty-five characters"),
            1);
    assert_non_null(strstr(stage->err, "35"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_it_is_json_in_slacks_form),
            TEST(test_for_a_new_app_it_is_everything_over_socket_mode),
            TEST(test_with_an_address_slack_sends_requests_there),
            TEST(test_a_bot_that_only_posts_asks_for_no_more),
            TEST(test_an_account_that_is_not_there_is_told),
            TEST(test_the_bot_has_the_name_that_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
