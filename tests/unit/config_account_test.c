/*
 * Two kinds of account of one name: which of them a section means.
 */
#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config.h"
#include "store/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct config_kinds kinds = {.accounts = registry_accounts,
        .sources = registry_sources,
        .writers = registry_writers,
        .store_knows = store_registry_knows};

static const char *no_environment(const char *name)
{
    (void)name;
    return NULL;
}

static bool read_text(const char *text, struct arena *arena,
        struct config *config, struct config_complaint_list *complaints)
{
    char path[] = "/tmp/paperboy-account-XXXXXX";
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    bool good = config_read(path, &kinds, no_environment, arena, config,
            complaints);
    unlink(path);
    return good;
}

static void test_a_webhook_is_a_channel_and_a_token_has_channels(void **state)
{
    struct arena arena = {0};
    struct config config;
    struct config_complaint_list complaints;

    (void)state;
    assert_true(read_text("[account lab]\ntype = slack\ntoken = xoxb-1\n"
                          "[channel a]\naccount = lab\nroom = C0123456789\n"
                          "[channel b]\ntype = slack\n"
                          "webhook = https://hooks.slack.com/services/x\n",
            &arena, &config, &complaints));
    assert_int_equal(config.account_count, 2);
    assert_false(config.accounts[0].kind->one_channel);
    assert_true(config.accounts[1].kind->one_channel);
    assert_string_equal(config.channels.items[0].home, "lab");
    assert_string_equal(config.channels.items[1].home, "slack");
    arena_finish(&arena);
}

#define HTTP_ACCOUNT                                                           \
    "[account lab]\ntype = slack\ntoken = xoxb-1\n"                            \
    "signing_secret = 0123456789abcdef0123456789abcdef\n"
#define HTTP_CHANNEL "[channel a]\naccount = lab\nroom = C0123456789\n"

static void
test_what_waits_for_requests_needs_a_server_that_listens(void **state)
{
    struct arena arena = {0};
    struct config config;
    struct config_complaint_list complaints;

    (void)state;
    assert_false(read_text(HTTP_ACCOUNT HTTP_CHANNEL, &arena, &config,
            &complaints));
    assert_int_equal(complaints.count, 1);
    assert_int_equal(complaints.items[0].line, 4);
    assert_non_null(strstr(complaints.items[0].text, "signing_secret"));
    assert_non_null(strstr(complaints.items[0].text,
            "add a section [server] with listen"));
    assert_true(read_text(HTTP_ACCOUNT HTTP_CHANNEL
            "[server]\nlisten = 127.0.0.1:8080\n",
            &arena, &config, &complaints));
    arena_finish(&arena);
}

static void test_an_account_may_be_a_webhook_all_the_same(void **state)
{
    struct arena arena = {0};
    struct config config;
    struct config_complaint_list complaints;

    (void)state;
    assert_true(read_text("[account hook]\ntype = slack\n"
                          "webhook = https://hooks.slack.com/services/x\n"
                          "[channel a]\naccount = hook\n",
            &arena, &config, &complaints));
    assert_true(config.accounts[0].kind->one_channel);
    arena_finish(&arena);
}

static void test_what_is_in_the_wrong_section_is_told(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
            {"[channel a]\ntype = slack\ntoken = xoxb-1\n",
                    "give it a section [account NAME]"},
            {"[account a]\ntype = slack\n", "token: is missing"},
            {"[channel a]\ntype = slack\n", "webhook: is missing"},
            {"[account a]\ntype = slak\n",
                    "there is no type \"slak\"; did you mean slack?"},
            {"[account a]\ntype = xyz\n", "one of: console matrix slack\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena arena = {0};
        struct config config;
        struct config_complaint_list complaints;
        assert_false(read_text(cases[i].text, &arena, &config, &complaints));
        assert_true(complaints.count > 0);
        const char *said =
                arena_format(&arena, "%s\n", complaints.items[0].text);
        if (strstr(said, cases[i].said) == NULL)
            print_error("%s: %s", cases[i].said, said);
        assert_non_null(strstr(said, cases[i].said));
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_a_webhook_is_a_channel_and_a_token_has_channels),
            cmocka_unit_test(
                    test_what_waits_for_requests_needs_a_server_that_listens),
            cmocka_unit_test(test_an_account_may_be_a_webhook_all_the_same),
            cmocka_unit_test(test_what_is_in_the_wrong_section_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
