#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config.h"
#include "bot/config/config_channel.h"
#include "bot/config/config_general.h"
#include "bot/config/config_server.h"
#include "bot/config/config_writer.h"
#include "store/registry.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Tests run from the root of the repository. */
static const char example[] = "config.example.ini";

static const struct config_kinds kinds = {.accounts = registry_accounts,
        .sources = registry_sources,
        .writers = registry_writers,
        .store_knows = store_registry_knows};

static const char *environment(const char *name)
{
    if (text_same(name, "TEAM_WEBHOOK"))
        return "https://hooks.slack.com/services/T0/B0/x";
    if (text_same(name, "SLACK_TOKEN"))
        return "xoxb-of-a-test";
    return text_same(name, "MATRIX_TOKEN") ? "a-token-of-a-test" : NULL;
}

static void test_the_example_is_without_a_mistake(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct config config;
    struct config_complaint_list complaints;
    bool good = config_read(example, &kinds, environment, &arena, &config,
            &complaints);
    for (size_t i = 0; i < complaints.count; i++)
        print_message("%s:%d: %s\n", example, complaints.items[i].line,
                complaints.items[i].text);
    assert_true(good);
    assert_int_equal(config.channels.count, 4);
    assert_int_equal(config.source_count, 1);
    arena_finish(&arena);
}

/* "KEY =" at the beginning of a line, commented out or not. */
static bool explains(const char *text, const char *key, struct arena *arena)
{
    return strstr(text, arena_format(arena, "\n%s = ", key)) != NULL ||
            strstr(text, arena_format(arena, "\n; %s = ", key)) != NULL;
}

static int missing_keys(const char *text, const struct config_key *keys,
        struct arena *arena)
{
    int missing = 0;
    for (; keys->key != NULL; keys++) {
        const char *filed = arena_format(arena, "%s_file", keys->key);
        if (!explains(text, keys->key, arena)) {
            print_message("%s does not explain %s\n", example, keys->key);
            missing++;
        }
        if (keys->lines && !explains(text, filed, arena)) {
            print_message("%s does not explain %s\n", example, filed);
            missing++;
        }
    }
    return missing;
}

static int missing_settings(const char *text, const struct setting_spec *specs,
        struct arena *arena)
{
    int missing = 0;
    for (; specs->key != NULL; specs++) {
        const char *filed = arena_format(arena, "%s_file", specs->key);
        if (!explains(text, specs->key, arena) ||
                ((specs->secret || specs->lines) &&
                        !explains(text, filed, arena))) {
            print_message("%s does not explain %s\n", example, specs->key);
            missing++;
        }
    }
    return missing;
}

static void test_the_example_explains_every_key_there_is(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *text = paper_file_text(&arena, example);
    int missing = missing_keys(text, config_general_bot_keys, &arena) +
            missing_keys(text, config_general_store_keys, &arena) +
            missing_keys(text, config_general_alerts_keys, &arena) +
            missing_keys(text, config_server_keys, &arena) +
            missing_keys(text, config_writer_keys, &arena) +
            missing_keys(text, config_channel_keys, &arena);
    for (size_t i = 0; registry_accounts[i] != NULL; i++) {
        assert_non_null(strstr(text,
                arena_format(&arena, "\ntype = %s\n",
                        registry_accounts[i]->kind)));
        missing += missing_settings(text, registry_accounts[i]->keys, &arena);
    }
    for (size_t i = 0; registry_sources[i] != NULL; i++)
        missing += missing_settings(text, registry_sources[i]->keys, &arena);
    for (size_t i = 0; registry_writers[i] != NULL; i++)
        missing += missing_settings(text, registry_writers[i]->keys, &arena);
    assert_int_equal(missing, 0);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_example_is_without_a_mistake),
            cmocka_unit_test(test_the_example_explains_every_key_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
