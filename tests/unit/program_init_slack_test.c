/* "paperboy init" for the bot of a Slack app. */
#include "adapters/registry.h"
#include "tests/support/paper_file.h"
#include "tests/unit/program_stage.h"

static const char *environment_of_init(const char *name)
{
    return text_same(name, "TZ") ? "Europe/Berlin" : NULL;
}

static int init(struct stage *stage, const char *typed)
{
    stage->typed = typed;
    stage->outside.kinds.accounts = registry_accounts;
    stage->outside.kinds.sources = registry_sources;
    stage->outside.environment = environment_of_init;
    return call(CONFIGURED(stage, "init"), NULL);
}

static const char *file_text(struct stage *stage, const char *name)
{
    return paper_file_text(&stage->arena, in_folder(stage, name));
}

static void
test_a_bot_has_its_tokens_in_files_and_its_channel_by_id(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(init(stage,
                             "en\nslack-bot\nlab\nxoxp-1\nxoxb-s3cret\n"
                             "xapp-s3cret\n#general\nC0123456789\n"
                             "LG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_non_null(strstr(stage->out, "paperboy slack-manifest"));
    assert_non_null(strstr(stage->out, "expected a bot token, xoxb-..."));
    assert_non_null(strstr(stage->out, "expected a channel's id, C0123456789"));
    assert_null(strstr(stage->out, "s3cret"));
    assert_string_equal(file_text(stage, "lab.token"), "xoxb-s3cret\n");
    assert_string_equal(file_text(stage, "lab.app_token"), "xapp-s3cret\n");
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "[account slack]\ntype = slack\ntoken_file = lab.token\n"
            "app_token_file = lab.app_token\n\n"
            "[channel lab]\naccount = slack\nroom = C0123456789\n"
            "layout = thread\n"));
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 0);
}

static void test_a_bot_that_only_posts_needs_no_second_token(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(init(stage,
                             "zh\nslack-bot\nlab\nxoxb-1\n\nC0123456789\n"
                             "LG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_non_null(strstr(stage->out, "Socket Mode 的 app-level token"));
    assert_non_null(strstr(stage->out, "应用的 Bot User OAuth Token"));
    assert_non_null(strstr(stage->out, "没有就直接回车"));
    assert_non_null(strstr(stage->out, "房间：频道 ID，例如 C0123456789"));
    assert_null(strstr(file_text(stage, "paperboy.ini"), "app_token"));
}

static void test_a_webhook_is_asked_for_by_its_own_name(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(init(stage,
                             "en\nslack\nteam\n"
                             "https://hooks.slack.com/services/s3cret\n"
                             "LG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "[channel team]\ntype = slack\nwebhook_file = team.webhook\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_bot_has_its_tokens_in_files_and_its_channel_by_id),
            TEST(test_a_bot_that_only_posts_needs_no_second_token),
            TEST(test_a_webhook_is_asked_for_by_its_own_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
